//! The program's doors on the command line, through the built binary.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_grid-approvals"))
}

fn fed(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = program()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    let feeding = std::thread::spawn(move || pipe.write_all(&input));
    let output = child.wait_with_output().expect("the program ends");
    feeding.join().expect("no panic").expect("all input taken");
    output
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn clock_answers_every_line_and_a_bad_one_ends_with_status_1() {
    let golden = include_bytes!("../golden/clock.jsonl");
    let good = fed(&["clock"], golden);
    assert_eq!(good.status.code(), Some(0));
    assert_eq!(
        text(&good.stdout).lines().count(),
        text(golden).lines().count()
    );
    let mut mixed = b"not a scenario\n".to_vec();
    mixed.extend_from_slice(golden);
    let bad = fed(&["clock"], &mixed);
    assert_eq!(bad.status.code(), Some(1));
    let said = text(&bad.stdout);
    assert!(
        said.lines()
            .next()
            .is_some_and(|line| line.contains("\"error\"")),
        "{said}"
    );
    assert_eq!(
        said.lines().count(),
        1 + text(golden).lines().count(),
        "the run goes on"
    );
}

#[test]
fn workday_answers_on_standard_output_and_complains_on_standard_error() {
    let add = fed(
        &["workday", "add"],
        b"2026-09-25,7\nyesterday,7\n2020-07-09,7\n",
    );
    assert_eq!(add.status.code(), Some(1));
    assert_eq!(
        text(&add.stdout),
        "2026-09-25,7,2026-10-12\n2020-07-09,7,2020-07-20\n"
    );
    assert!(
        text(&add.stderr).contains("line 2"),
        "{}",
        text(&add.stderr)
    );
    let between = fed(&["workday", "between"], b"2026-09-25,2026-10-12\n");
    assert_eq!(
        (between.status.code(), text(&between.stdout).as_str()),
        (Some(0), "2026-09-25,2026-10-12,7\n")
    );
    let status = fed(&["workday", "status"], b"2026-10-10\n2027-02-08\n");
    assert_eq!(
        text(&status.stdout),
        "2026-10-10,working,makeup\n2027-02-08,rest,holiday\n"
    );
}

#[test]
fn plan_check_names_file_line_and_remedy() {
    let built_in = "src/statute/plan/benxi-2020-24.toml";
    let good = fed(&["plan", "check", built_in], b"");
    assert_eq!(good.status.code(), Some(0), "{}", text(&good.stderr));
    assert!(
        text(&good.stdout).contains("原文缺失:2、5、8、10、11、12"),
        "{}",
        text(&good.stdout)
    );
    let broken = std::fs::read_to_string(built_in)
        .expect("the catalogue")
        .replacen("days = 7,", "days = 0,", 1);
    let line = broken
        .lines()
        .position(|line| line.contains("days = 0,"))
        .expect("the fault")
        + 1;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("broken.toml");
    std::fs::write(&file, broken).expect("written");
    let bad = fed(&["plan", "check", &file.display().to_string()], b"");
    assert_eq!(bad.status.code(), Some(1));
    let said = text(&bad.stderr);
    assert!(
        said.contains(&format!("{}:{line}:", file.display())),
        "{said}"
    );
    assert!(said.contains("时限不能为 0"), "{said}");
}

#[test]
fn wrong_usage_ends_with_status_2() {
    assert_eq!(fed(&["no-such-command"], b"").status.code(), Some(2));
    assert_eq!(fed(&["plan", "check"], b"").status.code(), Some(2));
}

#[test]
fn install_makes_the_first_administrator_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("install.sqlite");
    let url = format!("sqlite://{}?mode=rwc", file.display());
    let arguments = [
        "install",
        "--database",
        &url,
        "--login",
        "guanli",
        "--name",
        "张三",
    ];
    let short = fed(&arguments, b"short\n");
    assert_eq!(short.status.code(), Some(1), "{}", text(&short.stdout));
    let first = fed(&arguments, "a long password\n".as_bytes());
    assert_eq!(
        first.status.code(),
        Some(0),
        "{}{}",
        text(&first.stdout),
        text(&first.stderr)
    );
    let second = fed(&arguments, "a long password\n".as_bytes());
    assert_eq!(second.status.code(), Some(1), "{}", text(&second.stdout));
    let verified = fed(&["verify", "--database", &url], b"");
    assert_eq!(
        verified.status.code(),
        Some(0),
        "{}",
        text(&verified.stderr)
    );
}

#[test]
fn the_demonstration_answers_on_its_port_and_leaves_nothing_behind() {
    let port = TcpListener::bind("127.0.0.1:0")
        .expect("a port")
        .local_addr()
        .expect("it")
        .port();
    let place = tempfile::tempdir().expect("a temporary folder");
    let left = || std::fs::read_dir(place.path()).expect("it").count();
    let mut child = program()
        .args(["demo", "--port", &port.to_string()])
        .env("TMPDIR", place.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the demonstration starts");
    let until = Instant::now() + Duration::from_secs(120);
    let page = loop {
        if let Ok(mut door) = TcpStream::connect(("127.0.0.1", port)) {
            door.write_all(b"GET /login HTTP/1.0\r\nHost: localhost\r\n\r\n")
                .expect("asked");
            let mut answer = String::new();
            door.read_to_string(&mut answer).expect("answered");
            break answer;
        }
        assert!(Instant::now() < until, "the demonstration did not come up");
        std::thread::sleep(Duration::from_millis(100));
    };
    assert!(
        page.starts_with("HTTP/1.1 200") || page.starts_with("HTTP/1.0 200"),
        "{page}"
    );
    assert!(page.contains("登录"), "{page}");
    assert_eq!(left(), 1, "its database lies in the temporary folder");
    let stopped = Command::new("kill")
        .arg(child.id().to_string())
        .status()
        .expect("kill");
    assert!(stopped.success());
    child.wait().expect("it ends");
    assert_eq!(left(), 0, "nothing is left behind");
}
