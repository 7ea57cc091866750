//! A year in which nothing is safe: the simulation and the server that turns its days are killed
//! (SIGKILL) at random and started again.

use std::fs::File;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use grid_approvals::statute::random::Random;
use tempfile::TempDir;

use super::{FROM, LAST};

/// A year that was lived through, in a folder of its own.
pub(crate) struct Year {
    folder: TempDir,
    /// How often something was killed.
    pub(crate) kills: u32,
}

/// No more kills of the simulation than this, so that the test ends.
const KILLS: u32 = 6;
/// A server that has not caught up after so long is stuck.
const PATIENCE: Duration = Duration::from_secs(120);

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_grid-approvals"))
}

impl Year {
    /// Lives through a year of so many projects; the last server's work is [`Year::caught_up`].
    pub(crate) fn lived(projects: u32, seed: u64) -> Year {
        let mut year = Year {
            folder: tempfile::tempdir().expect("a folder"),
            kills: 0,
        };
        std::fs::write(year.clock(), format!("{FROM}T01:00:00+00:00")).expect("a clock");
        let mut random = Random::new(seed);
        let mut simulation = year.simulation(projects, seed);
        let mut die_at = year.deadline(&mut random, 4_000, 12_000);
        let mut server: Option<Child> = None;
        let mut change_at = Instant::now();
        let mut deaths = 0;
        loop {
            sleep(Duration::from_millis(50));
            if let Some(status) = simulation.try_wait().expect("a status") {
                assert!(status.success(), "the simulation ended with {status}");
                break;
            }
            let now = Instant::now();
            if now >= die_at && deaths < KILLS {
                year.kill(simulation);
                deaths += 1;
                simulation = year.simulation(projects, seed);
                die_at = year.deadline(&mut random, 4_000, 12_000);
            }
            if now >= change_at {
                server = match server {
                    Some(running) => {
                        year.kill(running);
                        change_at = year.deadline(&mut random, 200, 3_000);
                        None
                    }
                    None => {
                        change_at = year.deadline(&mut random, 700, 4_000);
                        Some(year.server())
                    }
                };
            }
        }
        if let Some(running) = server {
            year.kill(running);
        }
        year
    }

    /// The last server: it is let live until it has seen the last day through.
    pub(crate) async fn caught_up(self) -> Year {
        let mut server = self.server();
        let begun = Instant::now();
        let seen = loop {
            let day = super::ledgers::turned(&self.database()).await;
            if day.as_deref() == Some(LAST) || begun.elapsed() > PATIENCE {
                break day;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        // The mark is set when the day's rungs are told; nothing follows it.
        server.kill().expect("killed");
        server.wait().expect("ended");
        assert_eq!(seen.as_deref(), Some(LAST), "the server has not caught up");
        self
    }

    fn deadline(&self, random: &mut Random, least: u32, most: u32) -> Instant {
        Instant::now() + Duration::from_millis(u64::from(random.within(least, most)))
    }

    fn kill(&mut self, mut child: Child) {
        child.kill().expect("killed");
        child.wait().expect("ended");
        self.kills += 1;
    }

    fn clock(&self) -> PathBuf {
        self.folder.path().join("clock")
    }

    /// The database's address.
    pub(crate) fn database(&self) -> String {
        let file = self.folder.path().join("year.sqlite");
        format!("sqlite://{}?mode=rwc", file.display())
    }

    fn log(&self) -> File {
        File::options()
            .create(true)
            .append(true)
            .open(self.folder.path().join("log"))
            .expect("a log")
    }

    fn simulation(&self, projects: u32, seed: u64) -> Child {
        let (projects, seed) = (projects.to_string(), seed.to_string());
        program()
            .args(["simulate", "--projects", &projects, "--seed", &seed])
            .args(["--from", FROM, "--database", &self.database()])
            .arg("--clock-file")
            .arg(self.clock())
            .stdout(Stdio::null())
            .spawn()
            .expect("the simulation starts")
    }

    fn server(&self) -> Child {
        let free = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = free.local_addr().expect("an address").port().to_string();
        drop(free);
        program()
            .args(["serve", "--port", &port, "--database", &self.database()])
            .arg("--clock-file")
            .arg(self.clock())
            .current_dir(self.folder.path())
            .stdout(Stdio::null())
            .stderr(self.log())
            .spawn()
            .expect("the server starts")
    }
}
