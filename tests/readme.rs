//! The README, checked against the program: what it shows is what there is, and its section for new users is followed word
//! for word, in a folder outside the repository.

#[path = "readme/blocks.rs"]
mod blocks;
#[path = "readme/outside.rs"]
#[allow(dead_code, reason = "shared with the other test")]
mod outside;

use std::fs;
use std::path::Path;

use blocks::{Block, section};
use outside::Folder;
use tablewright_core::config::Profile;
use tablewright_core::migrations::{self, Outcome, Request};
use tablewright_core::parse::scan;

#[test]
fn your_own_crate_in_ten_minutes() {
    let mut folder = Folder::without("bookshop");
    let database = tablewright_tempdb::database();
    folder.set("DATABASE_URL", database.url());
    let mut printed = String::new();
    for Block { file, language, text } in section("Your own crate in ten minutes") {
        match (file, language.as_str()) {
            (Some(file), _) => folder.write(&file, &text),
            (None, "sh") => printed = folder.shell(&text),
            (None, "text") => assert_eq!(printed.trim_end(), text.trim_end()),
            (None, other) => panic!("a reader cannot use this block of {other}:\n{text}"),
        }
    }
    // The other direction, which the README does not mention.
    folder.shell("sqlx migrate revert\nsqlx migrate run\ncargo schema check\n");
}

#[test]
fn a_model_gives_what_is_shown() {
    let blocks = section("A model, and what it gives");
    let [model, sql, calls] = blocks.as_slice() else { panic!("three blocks are expected, not {}", blocks.len()) };
    let mut folder = Folder::without("sample");
    folder.package("sample");
    let sample = include_str!("readme/sample.rs").replace("/*model*/", &model.text).replace("/*calls*/", &calls.text);
    folder.write("src/main.rs", &sample);
    let printed = folder.shell("cargo run");
    assert_eq!(sql.text.trim_end(), printed.trim_end(), "the SQL in the README is not what the model gives");
}

#[test]
fn a_mistake_says_what_is_shown() {
    let blocks = section("A mistake, and what it says");
    let [model, message] = blocks.as_slice() else { panic!("two blocks are expected, not {}", blocks.len()) };
    let mut folder = Folder::without("mistake");
    folder.package("mistake");
    folder.write("src/lib.rs", "pub mod payment;\n");
    folder.write("src/payment.rs", &model.text);
    let printed = folder.fails("cargo check");
    assert!(printed.contains(message.text.trim_end()), "the message in the README is not this:\n{printed}");
    let errors = printed.lines().filter(|line| line.starts_with("error")).count();
    assert_eq!(errors, 2, "one mistake, and cargo's closing line:\n{printed}");
}

#[test]
fn a_new_field_is_planned_as_shown() {
    let blocks = section("Migrations that block nobody");
    let [field, files] = blocks.as_slice() else { panic!("two blocks are expected, not {}", blocks.len()) };
    let folder = tempfile::tempdir().unwrap();
    let models = |field: &str| {
        format!(
            "#[derive(Table)]\npub struct Book {{\n    pub id: Uuid,\n    pub name: String,\n{field}\
             pub created_at: DateTime<Utc>,\n    pub updated_at: DateTime<Utc>,\n}}\n"
        )
    };
    let migrate = |text: String, name: &str| {
        fs::create_dir_all(folder.path().join("src")).unwrap();
        fs::write(folder.path().join("src/lib.rs"), text).unwrap();
        let profile = Profile::default();
        let Ok(scan) = scan::scan(folder.path(), &profile) else { panic!("the models cannot be read") };
        let request = Request { name: Some(name.to_owned()), ..Request::default() };
        let written = match migrations::migrate(folder.path(), &profile, &scan, &request) {
            Ok(Outcome::Written(written)) => written,
            other => panic!("{other:?}"),
        };
        migrations::seal(folder.path(), &profile).unwrap();
        written
    };
    migrate(models(""), "create");
    let written = migrate(models(&field.text), "add_pages");
    let told: Vec<String> =
        written.migrations.iter().map(|(name, phase, what)| format!("{name} ({phase}) {what}")).collect();
    assert_eq!(files.text.trim_end(), told.join("\n"));
}

#[test]
fn every_link_leads_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let of_docs = fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let own = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "bench/README.md"].map(|name| root.join(name));
    for document in own.into_iter().chain(of_docs) {
        let text = fs::read_to_string(&document).unwrap();
        let folder = document.parent().unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
            let leads = link.is_empty() || link.starts_with("https://") || folder.join(link).exists();
            assert!(leads, "{}: {link}", document.display());
        }
    }
}
