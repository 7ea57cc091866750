//! The store's promises, each kept on SQLite and on PostgreSQL.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "../support/postgres.rs"]
mod postgres;

mod buckets;
mod commitments;
mod contention;
mod coordination;
mod corrections;
mod delegations;
mod documents;
mod exports;
mod facts;
mod figures;
mod late;
mod ledgers;
mod lists;
mod materials;
mod notices;
mod offences;
mod parcels;
mod people;
mod proceedings;
mod projects;
mod schema;
mod supervision;
mod took;
mod world;

/// Writes one test twice: `sqlite::name` and `postgres::name`.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $name() {
                    super::$name(crate::world::World::sqlite().await).await;
                }
            )+
        }
        mod postgres {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $name() {
                    super::$name(crate::world::World::postgres().await).await;
                }
            )+
        }
    };
}
use on_both;
