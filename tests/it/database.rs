//! A database of the test's own, gone when the test is.

use grid_approvals::office::{Files, Office, PasswordCost};
use grid_approvals::statute::calendar::Calendar;
use grid_approvals::statute::plan::parse::{BUILT_IN_NAME, BUILT_IN_TEXT};
use grid_approvals::store::Store;

/// The most bytes of a file in tests.
pub(crate) const LARGEST: u64 = 300_000;

/// Where it is, with a folder for files; the folder is removed at the end.
pub(crate) struct Database {
    url: String,
    folder: tempfile::TempDir,
}

impl Database {
    pub(crate) fn sqlite() -> Database {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Database {
            url: format!("sqlite://{}/it.sqlite?mode=rwc", folder.path().display()),
            folder,
        }
    }

    /// In the PostgreSQL that this process starts for itself.
    pub(crate) fn postgres() -> Database {
        Database {
            url: crate::postgres::fresh_database(),
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// The office over it.
    pub(crate) async fn office(&self) -> Office {
        let store = Store::open(&self.url).await.expect("the database opens");
        let calendar = Calendar::official().clone();
        let folder = self.folder.path().join("files");
        Office::new(store, (BUILT_IN_NAME, BUILT_IN_TEXT), calendar)
            .expect("the built-in catalogue loads")
            .with_password_cost(PasswordCost::Least)
            .with_files(Files::local(&folder, LARGEST).expect("the folder is made"))
    }

    /// Files that were handed in or half received.
    pub(crate) fn files(&self) -> usize {
        let mut folders = vec![self.folder.path().join("files")];
        let mut files = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files += 1;
                }
            }
        }
        files
    }
}
