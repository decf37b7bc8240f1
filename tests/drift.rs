//! A field that no migration knows is an error of the compiler at that field: a crate outside the workspace, with a folder
//! of migrations, is compiled with models that its `schema.lock` does not hold.
//!
//! `tests/drift/<change>.stderr` is what the compiler says; `UPDATE_DRIFT=1` writes it. Read it before it is committed.

#[path = "readme/blocks.rs"]
#[allow(dead_code, reason = "shared with the other test")]
mod blocks;
#[path = "readme/outside.rs"]
#[allow(dead_code, reason = "shared with the other test")]
mod outside;

use std::fs;
use std::path::Path;

use outside::Folder;
use tablewright_core::config::Profile;
use tablewright_core::migrations::{self, Outcome, Request};
use tablewright_core::parse::scan;

const MODELS: &str = "use tablewright::prelude::*;

#[derive(Table)]
#[index(status)]
pub struct Book {
    pub id: Uuid,
    pub name: String,
    pub pages: Option<i64>,
    pub status: BookStatus,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Enumeration)]
pub enum BookStatus {
    Draft,
    Printed,
}
";

/// What is changed in the models, by the name of what the compiler says: nothing if it should compile.
const CHANGES: [(&str, &str, &str); 8] = [
    ("", "#[index(status)]", "/// A comment stops no build.\n#[index(status)]"),
    ("new_field", "    pub name: String,\n", "    pub name: String,\n    pub price: Option<i64>,\n"),
    ("field_is_gone", "    pub pages: Option<i64>,\n", ""),
    ("another_type", "pub pages: Option<i64>", "pub pages: Option<String>"),
    ("another_null", "pub pages: Option<i64>", "pub pages: i64"),
    ("new_index", "#[index(status)]", "#[index(status)]\n#[index(name)]"),
    ("new_value", "    Printed,\n", "    Printed,\n    Sold,\n"),
    (
        "new_table",
        "#[derive(Enumeration)]",
        "#[derive(Table)]\npub struct Shop {\n    pub id: Uuid,\n    pub name: String,\n    pub created_at: DateTime<Utc>,\n    \
         pub updated_at: DateTime<Utc>,\n}\n\n#[derive(Enumeration)]",
    ),
];

/// Writes what the models say, and seals it.
fn migrate(package: &Path, name: &str) {
    let profile = Profile::default();
    let scan = scan::scan(package, &profile).unwrap_or_else(|failure| panic!("{:?}", failure.reports));
    let request = Request { name: Some(name.to_owned()), ..Request::default() };
    assert!(matches!(migrations::migrate(package, &profile, &scan, &request), Ok(Outcome::Written(_))));
    migrations::seal(package, &profile).unwrap();
}

#[test]
fn fields_that_are_in_no_migration_do_not_compile() {
    let mut folder = Folder::without("drifts");
    folder.package("drifts");
    folder.write("src/lib.rs", MODELS);
    migrate(folder.here(), "create_books");
    let mut wrong = Vec::new();
    for (name, from, to) in CHANGES {
        assert!(MODELS.contains(from), "{name}: {from}");
        folder.write("src/lib.rs", &MODELS.replacen(from, to, 1));
        let (compiles, said) = folder.tries("cargo check --quiet");
        if name.is_empty() {
            assert!(compiles, "{said}");
            continue;
        }
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drift").join(name).with_extension("stderr");
        if std::env::var_os("UPDATE_DRIFT").is_some() {
            fs::write(&file, &said).unwrap();
        } else if compiles || fs::read_to_string(&file).unwrap_or_default() != said {
            wrong.push(format!("{}:\n{said}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));

    // The message asks for a migration that knows it.
    let (_, from, to) = CHANGES[1];
    folder.write("src/lib.rs", &MODELS.replacen(from, to, 1));
    migrate(folder.here(), "add_price");
    let (compiles, said) = folder.tries("cargo check --quiet");
    assert!(compiles, "{said}");
}

/// A library of another name, and models in a program beside the library, which no scan sees.
#[test]
fn the_program_whose_models_are_read_is_known_by_its_file() {
    let mut folder = Folder::without("elsewhere");
    folder.package("elsewhere");
    let manifest = fs::read_to_string(folder.here().join("Cargo.toml")).unwrap();
    fs::write(folder.here().join("Cargo.toml"), format!("{manifest}\n[lib]\nname = \"shelves\"\n")).unwrap();
    folder.write("src/lib.rs", MODELS);
    migrate(folder.here(), "create_books");
    let (compiles, said) = folder.tries("cargo check --quiet");
    assert!(compiles, "{said}");
    let (_, from, to) = CHANGES[1];
    folder.write("src/lib.rs", &MODELS.replacen(from, to, 1));
    let (compiles, said) = folder.tries("cargo check --quiet");
    assert!(!compiles && said.contains("books.price: the column is new"), "{said}");

    folder.write("src/lib.rs", MODELS);
    folder.write("src/main.rs", &format!("{}\nfn main() {{}}\n", MODELS.replace("Book", "Leaf")));
    let (compiles, said) = folder.tries("cargo check --quiet");
    let expected = "`cargo schema` reads src/lib.rs, and this model is in src/main.rs: no migration up to 001_create_books creates its table";
    assert!(!compiles && said.contains(expected), "{said}");
    // The library's models once more, as a module of the program.
    folder.write("src/main.rs", &format!("{MODELS}\nfn main() {{}}\n"));
    let (compiles, said) = folder.tries("cargo check --quiet");
    assert!(compiles, "{said}");
}

/// Each with its own derive, and the first of them in the file is not the one that is asked about.
const SEVERAL: &str = "
#[derive(Table)]
pub struct Author {
    pub id: Uuid,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
pub struct Shelf {
    pub id: Uuid,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
";

/// The name of a migration, which is in the lock and nowhere in the code.
const MIGRATION: &str = "create_library_of_alexandria";

#[test]
fn a_change_to_files_next_to_the_models_is_seen_and_adds_no_metadata() {
    let mut folder = Folder::without("tracked");
    folder.package("tracked");
    folder.write("schema.toml", "primary_key = \"uuid\"\n");
    let models = format!("{MODELS}{SEVERAL}");
    folder.write("src/lib.rs", &models);
    migrate(folder.here(), MIGRATION);
    let lock = fs::read_to_string(folder.here().join("schema.lock")).unwrap();
    let check = |expected: &[&str], why: &str| {
        let (compiles, said) = folder.tries("cargo check --quiet");
        assert_eq!(compiles, expected.is_empty(), "{why}: {said}");
        assert!(expected.iter().all(|expected| said.contains(expected)), "{why}: {said}");
    };
    // The derive that named the files to the compiler is gone the second time.
    for first in ["Book", "Author"] {
        check(&[], "nothing is changed");

        folder.write("schema.lock", &lock.replace("\"pages\"", "\"leaves\"").replace("\"shelves\"", "\"racks\""));
        let expected: &[&str] = match first {
            "Book" => &["books.pages: the column is new", "shelves: the table is new"],
            _ => &["shelves: the table is new"],
        };
        check(expected, "another schema.lock");
        folder.write("schema.lock", &lock);
        check(&[], "schema.lock as it was");

        fs::remove_file(folder.here().join("schema.lock")).unwrap();
        check(&["there are migrations and no schema.lock"], "schema.lock is gone");
        folder.write("schema.lock", &lock.replace("\"shelves\"", "\"racks\""));
        check(&["shelves: the table is new"], "another schema.lock comes back");
        folder.write("schema.lock", &lock);
        check(&[], "schema.lock comes back");

        folder.write("schema.toml", "primary_key = \"bigint\"\n");
        check(&["rule: primary_key"], "another schema.toml");
        folder.write("schema.toml", "primary_key = \"uuid\"\n");
        check(&[], "schema.toml as it was");

        folder.write("src/lib.rs", &format!("use tablewright::prelude::*;\n{SEVERAL}"));
    }
    let built = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("debug/deps");
    let metadata = fs::read_dir(built).unwrap().map(|file| file.unwrap().path()).filter(|file| {
        let name = file.file_name().unwrap().to_string_lossy();
        name.starts_with("libtracked-") && name.ends_with(".rmeta")
    });
    let metadata: Vec<_> = metadata.map(|file| fs::read(file).unwrap()).collect();
    assert!(!metadata.is_empty());
    assert!(lock.contains(MIGRATION));
    let holds = |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    // The file's name is there, its content is not.
    assert!(metadata.iter().all(|bytes| holds(bytes, "Shelf") && !holds(bytes, MIGRATION)));
}
