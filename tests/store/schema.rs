//! What the migrations draw, and that drawing again changes nothing.

use std::collections::BTreeMap;

use grid_approvals::store::Store;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

use crate::on_both;
use crate::world::World;

on_both!(
    opening_again_changes_nothing,
    many_may_open_a_new_database_at_once
);

async fn opening_again_changes_nothing(world: World) {
    let before = world.store.reader().people().await.expect("people");
    let again = Store::open(&world.url).await.expect("opens again");
    assert_eq!(again.reader().people().await.expect("people"), before);
}

async fn many_may_open_a_new_database_at_once(world: World) {
    let url = if world.url.starts_with("sqlite") {
        world.url.replace("store.sqlite", "other.sqlite")
    } else {
        crate::postgres::fresh_database()
    };
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let url = url.clone();
            tokio::spawn(async move { Store::open(&url).await.map(|_| ()) })
        })
        .collect();
    for task in tasks {
        task.await.expect("no panic").expect("each opens");
    }
}

async fn columns(db: &DatabaseConnection, table: &str) -> Vec<(String, bool)> {
    let text = format!("PRAGMA table_info(\"{table}\")");
    let rows = db
        .query_all_raw(Statement::from_string(DbBackend::Sqlite, text))
        .await;
    let mut found: Vec<(String, bool)> = rows
        .expect("table_info")
        .iter()
        .map(|row| {
            let required: i32 = row.try_get("", "notnull").expect("notnull");
            (row.try_get("", "name").expect("name"), required == 1)
        })
        .collect();
    found.sort();
    found
}

async fn tables(db: &DatabaseConnection) -> Vec<String> {
    let text = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
                AND name <> 'seaql_migrations' ORDER BY name";
    let rows = db
        .query_all_raw(Statement::from_string(DbBackend::Sqlite, text))
        .await;
    rows.expect("tables")
        .iter()
        .map(|row| row.try_get("", "name").expect("name"))
        .collect()
}

/// The entities and the migrations are written apart; here they meet.
#[tokio::test(flavor = "multi_thread")]
async fn the_migrations_draw_the_tables_of_the_entities() {
    let world = World::sqlite().await;
    let drawn = Database::connect(&world.url).await.expect("a door");
    let mut wanted: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    macro_rules! entity {
        ($($table:ident),+) => {
            $(
                let names = <entity::$table::Column as sea_orm::Iterable>::iter()
                    .map(|column| sea_orm::IdenStatic::as_str(&column).to_owned())
                    .collect();
                wanted.insert(stringify!($table), names);
            )+
        };
    }
    entity!(
        audit,
        bureau,
        catalogue,
        filing,
        filing_event,
        login_session,
        person,
        project,
        project_county
    );
    assert_eq!(
        tables(&drawn).await,
        wanted.keys().copied().collect::<Vec<_>>()
    );
    for (table, mut names) in wanted {
        names.sort();
        let found: Vec<String> = columns(&drawn, table)
            .await
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(found, names, "{table}");
    }
}
