//! Tables that reference each other: the models mark the keys that are added later, and the baseline runs.

use std::fmt::Write as _;

use super::{Package, dump, execute};

/// A reference of a random table: to which one, whether it is NOT NULL, and the clauses after it.
type Reference = (usize, bool, String);

/// A database becomes models that pass the check, nothing drifts, and the baseline creates it from scratch and drops it
/// again. The text of the models.
fn comes_back(sql: &str) -> String {
    let database = tablewright_tempdb::database();
    execute(database.url(), sql);
    let package = Package::of("//! The tables.\n");
    for command in ["import", "check", "drift"] {
        let arguments: &[&str] = if command == "check" { &[command] } else { &[command, database.url()] };
        let told = package.run(arguments);
        assert!(told.starts_with("exit code 0\n"), "{sql}\n{told}");
        // Every key is in a model.
        assert!(!told.contains("fkey"), "{sql}\n{told}");
    }
    let baseline = package.read("migrations/001_baseline.up.sql");
    let other = tablewright_tempdb::database();
    execute(other.url(), &baseline);
    assert_eq!(dump(&other), dump(&database), "{baseline}");
    execute(other.url(), &package.read("migrations/001_baseline.down.sql"));
    assert!(!dump(&other).contains("CREATE TABLE"));
    let mut files: Vec<_> =
        std::fs::read_dir(package.path().join("src/models")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
}

/// The fields that a model marks.
fn marked(models: &str) -> Vec<&str> {
    let lines: Vec<&str> = models.lines().collect();
    let field = |at: usize| lines[at..].iter().find_map(|line| line.trim().strip_prefix("pub ")?.split(':').next());
    let marks = lines.iter().enumerate().filter(|(_, line)| line.contains("#[references(") && line.contains(", cycle"));
    marks.filter_map(|(at, _)| field(at)).collect()
}

#[test]
fn two_tables_that_reference_each_other() {
    let models = comes_back(
        "CREATE TABLE authors (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, best_book_id bigint);
         CREATE TABLE books (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, author_id bigint NOT NULL REFERENCES authors(id));
         ALTER TABLE authors ADD CONSTRAINT authors_best_book_id_fkey FOREIGN KEY (best_book_id) REFERENCES books(id) ON DELETE SET NULL;
         CREATE INDEX ON books(author_id);
         CREATE INDEX ON authors(best_book_id);",
    );
    assert_eq!(marked(&models), ["best_book_id"]);
}

#[test]
fn a_reference_to_itself_is_not_part_of_the_cycle() {
    let models = comes_back(
        "CREATE TABLE notes (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, active_version_id bigint);
         CREATE TABLE note_versions (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note_id bigint NOT NULL REFERENCES notes(id) ON DELETE CASCADE, previous_id bigint REFERENCES note_versions(id));
         ALTER TABLE notes ADD CONSTRAINT notes_active_version_id_fkey FOREIGN KEY (active_version_id) REFERENCES note_versions(id);",
    );
    assert_eq!(marked(&models), ["active_version_id"]);
}

#[test]
fn keys_of_two_columns_in_a_cycle() {
    let models = comes_back(
        "CREATE TABLE shelves (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, room bigint NOT NULL, first_box bigint, UNIQUE (room, id));
         CREATE TABLE boxes (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, room bigint NOT NULL, shelf bigint NOT NULL,
             UNIQUE (room, id), FOREIGN KEY (room, shelf) REFERENCES shelves (room, id));
         ALTER TABLE shelves ADD FOREIGN KEY (room, first_box) REFERENCES boxes (room, id);",
    );
    let keys: Vec<bool> = models
        .split("#[foreign_key(")
        .skip(1)
        .map(|key| key.split(")]").next().unwrap_or_default().contains("cycle"))
        .collect();
    // The file of the boxes comes first.
    assert_eq!(keys, [false, true], "{models}");
}

fn random(seed: &mut u64, below: usize) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*seed >> 33).unwrap() % below
}

const ACTIONS: [&str; 4] = ["", " ON DELETE CASCADE", " ON DELETE RESTRICT", " ON DELETE NO ACTION ON UPDATE CASCADE"];
const DEFERRED: [&str; 3] = ["", " DEFERRABLE INITIALLY DEFERRED", " NOT DEFERRABLE"];

/// Cycles of two to five tables, with references to themselves, second paths and keys between the cycles.
fn rings(seed: &mut u64, all_required: bool) -> String {
    let mut tables: Vec<(String, Vec<Reference>)> = Vec::new();
    for ring in 0..5 {
        let (first, size) = (tables.len(), 2 + random(seed, 4));
        for number in 0..size {
            let mut keys = vec![first + (number + 1) % size];
            if random(seed, 3) == 0 {
                keys.push(first + number);
            }
            keys.push(first + random(seed, size));
            keys.push(random(seed, first + size));
            let keys = keys.into_iter().map(|to| {
                let required = all_required || random(seed, 2) == 0;
                (to, required, format!("{}{}", ACTIONS[random(seed, 4)], DEFERRED[random(seed, 3)]))
            });
            tables.push((format!("ring{ring}_{number}s"), keys.collect()));
        }
    }
    let (mut create, mut alter) = (String::new(), String::new());
    for (table, keys) in &tables {
        write!(create, "CREATE TABLE {table} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY").unwrap();
        for (number, (to, required, clauses)) in keys.iter().enumerate() {
            let null = if *required { " NOT NULL" } else { "" };
            write!(create, ", r{number}_id bigint{null}").unwrap();
            let target = &tables[*to].0;
            writeln!(alter, "ALTER TABLE {table} ADD FOREIGN KEY (r{number}_id) REFERENCES {target} (id){clauses};")
                .unwrap();
        }
        create.push_str(");\n");
    }
    create + &alter
}

#[test]
fn cycles_of_any_kind_are_imported() {
    let mut seed = 5;
    let mut marks = 0;
    for round in 0..4 {
        let models = comes_back(&rings(&mut seed, round == 0));
        marks += marked(&models).len();
    }
    assert!(marks >= 20, "{marks}");
}
