//! A database of the test's own, gone when the test is.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use grid_approvals::office::{Office, PasswordCost};
use grid_approvals::statute::calendar::Calendar;
use grid_approvals::statute::plan::parse::{BUILT_IN_NAME, BUILT_IN_TEXT};
use grid_approvals::store::Store;

/// Where it is; a file of SQLite is removed at the end.
pub(crate) struct Database {
    url: String,
    file: Option<PathBuf>,
}

impl Database {
    pub(crate) fn sqlite() -> Database {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("grid-approvals-it-{}-{number}.sqlite", std::process::id());
        let file = std::env::temp_dir().join(name);
        Database {
            url: format!("sqlite://{}?mode=rwc", file.display()),
            file: Some(file),
        }
    }

    /// In the PostgreSQL that this process starts for itself.
    pub(crate) fn postgres() -> Database {
        Database {
            url: crate::postgres::fresh_database(),
            file: None,
        }
    }

    /// The office over it.
    pub(crate) async fn office(&self) -> Office {
        let store = Store::open(&self.url).await.expect("the database opens");
        let calendar = Calendar::official().clone();
        Office::new(store, (BUILT_IN_NAME, BUILT_IN_TEXT), calendar)
            .expect("the built-in catalogue loads")
            .with_password_cost(PasswordCost::Least)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Some(file) = &self.file else {
            return;
        };
        for ending in ["", "-wal", "-shm"] {
            let mut name = file.clone().into_os_string();
            name.push(ending);
            // What was never made cannot be removed.
            drop(std::fs::remove_file(name));
        }
    }
}
