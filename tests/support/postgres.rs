//! A private PostgreSQL for this test process: its own folder with its own socket, no port at
//! all, stopped when the process ends, however it ends.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

const MISSING: &str = "PostgreSQL is not installed; `bash tests/all.sh` installs it";

/// The address of a new, empty database in this process's cluster.
pub(crate) fn fresh_database() -> String {
    static CLUSTER: OnceLock<PathBuf> = OnceLock::new();
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let folder = CLUSTER.get_or_init(start);
    let name = format!("t{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let made = psql(folder, &format!("CREATE DATABASE {name}"))
        .status()
        .expect(MISSING);
    assert!(made.success(), "CREATE DATABASE {name}");
    let host = folder.to_str().expect("a plain path").replace('/', "%2F");
    format!("postgres://tester@localhost/{name}?host={host}")
}

fn psql(folder: &Path, statement: &str) -> Command {
    let mut command = Command::new(bin("psql"));
    command
        .args(["-qAt", "-U", "tester", "-d", "postgres", "-c", statement])
        .arg("-h")
        .arg(folder)
        .stdout(Stdio::null());
    command
}

fn bin(program: &str) -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").expect(MISSING);
    versions
        .flatten()
        .map(|version| version.path().join("bin").join(program))
        .filter(|path| path.is_file())
        .max()
        .expect(MISSING)
}

/// PostgreSQL refuses to run as root: as root, the command runs as the user `postgres`.
fn as_server_user(program: &Path) -> Command {
    if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("id -u");
    id.stdout.starts_with(b"0\n")
}

fn start() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("grid-approvals-pg-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    if is_root() {
        let owned = Command::new("chown").arg("postgres").arg(&folder).status();
        assert!(owned.expect("chown").success(), "{MISSING}");
    }
    let data = folder.join("data");
    let made = as_server_user(&bin("initdb"))
        .args(["-U", "tester", "--auth=trust", "-E", "UTF8", "--no-sync"])
        .arg("-D")
        .arg(&data)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .expect("initdb runs");
    assert!(made.success(), "initdb");
    let mut server = as_server_user(&bin("postgres"))
        .args(["-c", "listen_addresses=", "-c", "fsync=off"])
        .args(["-c", "max_connections=400"])
        .arg("-k")
        .arg(&folder)
        .arg("-D")
        .arg(&data)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("postgres starts");
    watch(server.id(), &folder);
    until_it_answers(&mut server, &folder);
    folder
}

fn until_it_answers(server: &mut Child, folder: &Path) {
    let until = Instant::now() + Duration::from_secs(60);
    let answers = || {
        let asked = psql(folder, "SELECT 1").stderr(Stdio::null()).status();
        asked.is_ok_and(|status| status.success())
    };
    while !answers() {
        if let Some(ended) = server.try_wait().expect("the server's state") {
            panic!("PostgreSQL ended at once: {ended}");
        }
        assert!(Instant::now() < until, "PostgreSQL did not come up");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A small shell outlives this process just long enough to stop the server by its own id and to
/// remove its folder; a test that fails or is killed leaves nothing behind. Server and shell are
/// out of the terminal's process group, so that an interrupt ends the tests and not the shell.
#[expect(clippy::zombie_processes, reason = "it outlives this process")]
fn watch(server: u32, folder: &Path) {
    let script = format!(
        "while kill -0 {test} 2>/dev/null; do sleep 0.5; done; \
         pkill -INT -P {server} 2>/dev/null; kill -INT {server} 2>/dev/null; sleep 2; rm -rf '{folder}'",
        test = std::process::id(),
        folder = folder.display()
    );
    Command::new("sh")
        .args(["-c", &script])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("a shell");
}
