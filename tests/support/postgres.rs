//! A private PostgreSQL for this test process: its own folder, its own free port on loopback,
//! stopped when the process ends, however it ends.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

const MISSING: &str = "PostgreSQL is not installed; `bash tests/all.sh` installs it";

struct Cluster {
    port: u16,
}

/// The address of a new, empty database in this process's cluster.
pub(crate) fn fresh_database() -> String {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let port = CLUSTER.get_or_init(start).port;
    let name = format!("t{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let made = Command::new(bin("psql"))
        .args([
            "-qAt",
            "-h",
            "127.0.0.1",
            "-p",
            &port.to_string(),
            "-U",
            "tester",
            "postgres",
            "-c",
        ])
        .arg(format!("CREATE DATABASE {name}"))
        .status()
        .expect(MISSING);
    assert!(made.success(), "CREATE DATABASE {name}");
    format!("postgres://tester@127.0.0.1:{port}/{name}")
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

#[expect(
    clippy::zombie_processes,
    reason = "it serves until this process ends, and `watch` stops it then"
)]
fn start() -> Cluster {
    let folder = std::env::temp_dir().join(format!("grid-approvals-pg-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    if is_root() {
        let owned = Command::new("chown")
            .arg("postgres")
            .arg(&folder)
            .status()
            .expect("chown");
        assert!(owned.success(), "{MISSING}");
    }
    let data = folder.join("data");
    let made = as_server_user(&bin("initdb"))
        .args([
            "-U",
            "tester",
            "--auth=trust",
            "-E",
            "UTF8",
            "--no-sync",
            "-D",
        ])
        .arg(&data)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .expect("initdb runs");
    assert!(made.success(), "initdb");
    let port = TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a free port")
        .port();
    let server = as_server_user(&bin("postgres"))
        .args(["-p", &port.to_string(), "-c", "listen_addresses=127.0.0.1"])
        .args(["-c", "fsync=off", "-c", "max_connections=400"])
        .args(["-c", "unix_socket_directories="])
        .arg("-D")
        .arg(&data)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("postgres starts");
    watch(server.id(), &folder);
    let until = Instant::now() + Duration::from_secs(60);
    while TcpStream::connect(("127.0.0.1", port)).is_err() || !answers(port) {
        assert!(
            Instant::now() < until,
            "PostgreSQL did not come up on port {port}"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    Cluster { port }
}

fn answers(port: u16) -> bool {
    Command::new(bin("psql"))
        .args([
            "-qAt",
            "-h",
            "127.0.0.1",
            "-p",
            &port.to_string(),
            "-U",
            "tester",
            "postgres",
        ])
        .args(["-c", "SELECT 1"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// A small shell outlives this process just long enough to stop the server by its own id and to
/// remove its folder; a test that fails or is killed leaves nothing behind.
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
        .spawn()
        .expect("a shell");
}
