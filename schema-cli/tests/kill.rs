//! The runner is killed between and inside of files, two run at once, sqlx's runner takes turns with ours, under load:
//! the next run always ends where an undisturbed one does.
//!
//! `TABLEWRIGHT_KILLS=100 cargo test -p cargo-schema --test kill` kills a hundred times.

mod common;

use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use common::Package;
use common::runner::{APPLIED, INVALID, block_on, finish, folder, package, sqlx_run, start, value};
use sqlx::{Connection as _, PgConnection};
use tablewright_tempdb::Database;

/// Files of the kinds that the planner writes. sqlx's runner can resume each of them or leave it to ours.
const SHARED: &[(&str, &str, &str)] = &[
    (
        "001_create_orders",
        "CREATE TYPE kind AS ENUM ('a');\nCREATE TABLE users (id BIGINT PRIMARY KEY);\nINSERT INTO users VALUES (1);\n\
         CREATE TABLE orders (id BIGINT PRIMARY KEY, user_id BIGINT NOT NULL, note TEXT);\n\
         INSERT INTO orders SELECT i, 1, NULL FROM generate_series(1, 30000) AS i;\n",
        "DROP TABLE orders, users; DROP TYPE kind;\n",
    ),
    (
        "002_index_orders",
        "-- no-transaction\nCREATE INDEX CONCURRENTLY orders_user_id_idx ON orders USING btree (user_id, id);\n",
        "-- no-transaction\nDROP INDEX CONCURRENTLY IF EXISTS orders_user_id_idx;\n",
    ),
    (
        "003_key",
        "ALTER TABLE orders ADD CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;\n",
        "ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey;\n",
    ),
    ("004_validate", "ALTER TABLE orders VALIDATE CONSTRAINT orders_user_id_fkey;\n", "SELECT 1;\n"),
    (
        "005_fill",
        "-- no-transaction\n-- Takes: 1 s; it can be stopped, and goes on when it is run again.\nDO $$\nDECLARE\n    start BIGINT := 1;\nBEGIN\n    WHILE start <= 30000 LOOP\n        \
         UPDATE orders SET note = 'filled' WHERE id >= start AND id < start + 1000 AND note IS NULL;\n        COMMIT;\n        \
         start := start + 1000;\n    END LOOP;\nEND\n$$;\n",
        "-- Nothing to do.\n",
    ),
    ("006_value", "-- no-transaction\nALTER TYPE kind ADD VALUE IF NOT EXISTS 'b';\n", "-- A value stays.\n"),
    (
        "007_unique",
        "-- no-transaction\nCREATE UNIQUE INDEX CONCURRENTLY orders_note_key ON orders (lower(note), id) WHERE note IS NOT NULL;\n",
        "-- no-transaction\nDROP INDEX CONCURRENTLY IF EXISTS orders_note_key;\n",
    ),
    (
        "008_drop",
        "-- no-transaction\nDROP INDEX CONCURRENTLY IF EXISTS orders_user_id_idx;\n",
        "-- no-transaction\nCREATE INDEX CONCURRENTLY orders_user_id_idx ON orders USING btree (user_id, id);\n",
    ),
];

/// Files whose progress only the runner's own mark records.
const OURS: &[(&str, &str, &str)] = &[
    (
        "009_once",
        "-- no-transaction\nALTER TABLE orders ADD COLUMN once INT;\n",
        "-- no-transaction\nALTER TABLE orders DROP COLUMN once;\n",
    ),
    (
        "010_groups",
        "-- no-transaction\nBEGIN;\nALTER TABLE users ADD COLUMN one INT;\nCOMMIT;\n\nBEGIN;\nALTER TABLE orders ADD COLUMN \
         two INT;\nINSERT INTO users VALUES (2);\nCOMMIT;\n",
        "-- no-transaction\nBEGIN;\nALTER TABLE orders DROP COLUMN two;\nCOMMIT;\nBEGIN;\nALTER TABLE users DROP COLUMN one;\n\
         DELETE FROM users WHERE id = 2;\nCOMMIT;\n",
    ),
];

/// Everything that the files make, as text.
const STATE: &str = "SELECT string_agg(line, E'\\n' ORDER BY line) FROM (
    SELECT table_name || '.' || column_name || ' ' || data_type AS line FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name NOT LIKE '\\_%'
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE '\\_%'
    UNION ALL SELECT conname || convalidated FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
    UNION ALL SELECT enumlabel FROM pg_enum
    UNION ALL SELECT 'unfilled ' || count(*) FROM orders WHERE note IS NULL
    UNION ALL SELECT 'users ' || count(*) FROM users
    UNION ALL SELECT 'tables ' || count(*) FROM pg_class WHERE relname LIKE '\\_tablewright%' AND relkind = 'r') AS lines";

fn rounds(of_a_hundred: usize) -> usize {
    let asked: usize = std::env::var("TABLEWRIGHT_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(8);
    (asked * of_a_hundred).div_ceil(100)
}

/// Numbers that look random, and are the same for the same round.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Writes and reads all the time. The errors are about a table that does not exist yet.
struct Load {
    ends: Arc<AtomicBool>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Load {
    fn start(database: &Database) -> Self {
        let ends = Arc::new(AtomicBool::new(false));
        let (end, url) = (Arc::clone(&ends), database.url().to_owned());
        let thread = std::thread::spawn(move || {
            block_on(async {
                let mut connection = PgConnection::connect(&url).await.unwrap();
                while !end.load(Ordering::Relaxed) {
                    for sql in [
                        "UPDATE orders SET user_id = 1 WHERE id = 1 + (random() * 29000)::INT",
                        "SELECT count(*) FROM orders WHERE user_id = 1 AND id < 100",
                    ] {
                        let _ = sqlx::raw_sql(sql).execute(&mut connection).await;
                    }
                    tokio::time::sleep(Duration::from_millis(2)).await;
                }
            });
        });
        Self { ends, thread: Some(thread) }
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// sqlx's runner as a separate process, so that it can be killed too: this program, for one test that does nothing else.
fn start_sqlx(package: &Package, database: &Database) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "sqlx_in_a_separate_process", "--ignored"])
        .env("TABLEWRIGHT_SQLX", database.url())
        .env("TABLEWRIGHT_FOLDER", folder(package))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
#[ignore = "started by the other tests"]
fn sqlx_in_a_separate_process() {
    let Ok(url) = std::env::var("TABLEWRIGHT_SQLX") else { return };
    let folder = std::env::var_os("TABLEWRIGHT_FOLDER").unwrap();
    // It may be killed, find an index that was left invalid, or lose a deadlock: our runner has to repair that.
    let _ = sqlx_run(&url, folder.as_ref());
}

fn kill(mut child: Child) {
    // It may be over already.
    let _ = child.kill();
    let _ = child.wait();
}

fn undisturbed(package: &Package) -> String {
    let database = tablewright_tempdb::database();
    let (good, text) = finish(start(package, &["apply", database.url()]));
    assert!(good, "{text}");
    value(&database, STATE)
}

#[test]
fn ours_is_killed_at_any_time() {
    let files: Vec<_> = SHARED.iter().chain(OURS).copied().collect();
    let package = package(&files);
    let expected = undisturbed(&package);
    for round in 0..rounds(60) {
        let mut dice = Dice(round as u64);
        let database = tablewright_tempdb::database();
        let load = Load::start(&database);
        for _ in 0..3 {
            let one = start(&package, &["apply", database.url()]);
            let two = (dice.below(2) == 0).then(|| start(&package, &["apply", database.url()]));
            std::thread::sleep(Duration::from_millis(20 + dice.below(900)));
            kill(one);
            if let Some(two) = two {
                kill(two);
            }
        }
        let (good, text) = finish(start(&package, &["apply", database.url()]));
        drop(load);
        assert!(good, "round {round}: {text}");
        assert_eq!(value(&database, STATE), expected, "round {round}: {text}");
        assert_eq!(value(&database, INVALID), "0", "round {round}");
    }
}

#[test]
fn ours_is_killed_on_the_way_down() {
    let files: Vec<_> = SHARED.iter().chain(OURS).copied().collect();
    let package = package(&files);
    let expected = undisturbed(&package);
    for round in 0..rounds(15) {
        let mut dice = Dice(1000 + round as u64);
        let database = tablewright_tempdb::database();
        assert!(finish(start(&package, &["apply", database.url()])).0);
        for _ in 0..2 {
            let one = start(&package, &["revert", database.url(), "--to", "1"]);
            std::thread::sleep(Duration::from_millis(15 + dice.below(150)));
            kill(one);
        }
        if dice.below(2) == 0 {
            let (good, text) = finish(start(&package, &["revert", database.url(), "--to", "1"]));
            assert!(good, "round {round}: {text}");
            assert_eq!(value(&database, APPLIED), "1", "round {round}");
        }
        let (mut good, mut text) = finish(start(&package, &["apply", database.url()]));
        // Only a revert finishes a way down that was started.
        if !good && text.contains("the way down of") {
            assert!(text.contains("to finish it: cargo schema revert"), "round {round}: {text}");
            let (good_back, told) = finish(start(&package, &["revert", database.url(), "--to", "1"]));
            assert!(good_back, "round {round}: {told}");
            (good, text) = finish(start(&package, &["apply", database.url()]));
        }
        assert!(good, "round {round}: {text}");
        assert_eq!(value(&database, STATE), expected, "round {round}: {text}");
        assert_eq!(value(&database, INVALID), "0", "round {round}");
    }
}

#[test]
fn both_runners_are_killed_in_turn() {
    let package = package(SHARED);
    let expected = undisturbed(&package);
    for round in 0..rounds(25) {
        let mut dice = Dice(2000 + round as u64);
        let database = tablewright_tempdb::database();
        let load = Load::start(&database);
        for turn in 0..4 {
            let one = if (turn + round) % 2 == 0 {
                start_sqlx(&package, &database)
            } else {
                start(&package, &["apply", database.url()])
            };
            let two = (dice.below(2) == 0).then(|| start_sqlx(&package, &database));
            std::thread::sleep(Duration::from_millis(20 + dice.below(500)));
            kill(one);
            if let Some(two) = two {
                kill(two);
            }
        }
        let (good, text) = finish(start(&package, &["apply", database.url()]));
        drop(load);
        assert!(good, "round {round}: {text}");
        assert_eq!(value(&database, STATE), expected, "round {round}: {text}");
        assert_eq!(value(&database, INVALID), "0", "round {round}");
        // And the other runner agrees.
        sqlx_run(database.url(), &folder(&package)).unwrap();
    }
}

#[test]
fn two_concurrent_runs_converge() {
    let files: Vec<_> = SHARED.iter().chain(OURS).copied().collect();
    let package = package(&files);
    let expected = undisturbed(&package);
    let database = tablewright_tempdb::database();
    let children: Vec<Child> = (0..3).map(|_| start(&package, &["apply", database.url()])).collect();
    for child in children {
        let (good, text) = finish(child);
        assert!(good, "{text}");
    }
    assert_eq!(value(&database, STATE), expected);
}
