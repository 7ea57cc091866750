//! What the migrations draw, and that drawing again changes nothing.

use grid_approvals::store::Store;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Schema, Statement};

use crate::on_both;
use crate::world::World;

on_both!(
    opening_again_changes_nothing,
    many_may_open_a_new_database_at_once,
    the_migrations_draw_the_tables_of_the_entities,
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

/// Name, type and whether null may stand there; a text is a text however long it may be.
type Columns = Vec<(String, String, bool)>;

async fn columns(db: &DatabaseConnection, table: &str) -> Columns {
    let text = match db.get_database_backend() {
        DbBackend::Postgres => format!(
            "SELECT column_name::text AS name, data_type::text AS type, \
             CASE is_nullable WHEN 'YES' THEN 1 ELSE 0 END AS nullable \
             FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY 1"
        ),
        _ => format!(
            "SELECT name, type, 1 - \"notnull\" AS nullable FROM pragma_table_info('{table}') \
             ORDER BY 1"
        ),
    };
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), text))
        .await;
    rows.expect("columns")
        .iter()
        .map(|row| {
            let nullable: i32 = row.try_get("", "nullable").expect("nullable");
            let kind: String = row.try_get("", "type").expect("type");
            let kind = match kind.to_lowercase().as_str() {
                "varchar" | "character varying" => "text".to_owned(),
                other => other.to_owned(),
            };
            (row.try_get("", "name").expect("name"), kind, nullable == 1)
        })
        .collect()
}

async fn tables(db: &DatabaseConnection) -> Vec<String> {
    let text = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT table_name::text AS name FROM information_schema.tables \
             WHERE table_schema = 'public' AND table_name <> 'seaql_migrations' ORDER BY 1"
        }
        _ => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
             AND name <> 'seaql_migrations' ORDER BY name"
        }
    };
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), text))
        .await;
    rows.expect("tables")
        .iter()
        .map(|row| row.try_get("", "name").expect("name"))
        .collect()
}

/// The entities and the migrations are written apart; here they meet: the tables that each draws
/// in a database of its own have the same columns.
async fn the_migrations_draw_the_tables_of_the_entities(world: World) {
    let migrated = Database::connect(&world.url).await.expect("a door");
    let other = if world.url.starts_with("sqlite") {
        world.url.replace("store.sqlite", "entities.sqlite")
    } else {
        crate::postgres::fresh_database()
    };
    let drawn = Database::connect(&other).await.expect("a door");
    let schema = Schema::new(drawn.get_database_backend());
    macro_rules! draw {
        ($($table:ident),+) => {
            $(
                let table = schema.create_table_from_entity(entity::$table::Entity);
                drawn.execute(&table).await.expect(stringify!($table));
            )+
        };
    }
    draw!(
        audit,
        bureau,
        catalogue,
        commitment,
        fee,
        delivery,
        document,
        filing,
        filing_event,
        login_session,
        material_file,
        person,
        proceeding,
        project,
        project_county
    );
    let names = tables(&migrated).await;
    assert_eq!(names, tables(&drawn).await);
    assert_eq!(names.len(), 15);
    for table in names {
        let found = columns(&migrated, &table).await;
        assert_eq!(found, columns(&drawn, &table).await, "{table}");
        assert!(!found.is_empty(), "{table}");
    }
}
