//! A database of the test's own, gone when the test is.

use grid_approvals::office::{Office, PasswordCost};
use grid_approvals::statute::calendar::Calendar;
use grid_approvals::statute::plan::parse::{BUILT_IN_NAME, BUILT_IN_TEXT};
use grid_approvals::store::Store;

/// Where it is; SQLite's folder is removed at the end.
pub(crate) struct Database {
    url: String,
    _folder: Option<tempfile::TempDir>,
}

impl Database {
    pub(crate) fn sqlite() -> Database {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Database {
            url: format!("sqlite://{}/it.sqlite?mode=rwc", folder.path().display()),
            _folder: Some(folder),
        }
    }

    /// In the PostgreSQL that this process starts for itself.
    pub(crate) fn postgres() -> Database {
        Database {
            url: crate::postgres::fresh_database(),
            _folder: None,
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
