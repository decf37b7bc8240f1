//! What a checkout or a database may contain that was never intended: journals that lead elsewhere, names that no file can have.

mod common;

use std::fs;

use common::runner::{finish, folder, sqlx_run, start};
use common::{Package, STANDARD};
use tablewright_core::migrations::FileName;

fn models(values: &[&str]) -> String {
    let values: String = values
        .iter()
        .enumerate()
        .map(|(number, value)| format!("    #[enumeration(value = {value:?})]\n    V{number},\n"))
        .collect();
    format!(
        "use tablewright::prelude::*;\n\n/// Where it is from.\n#[derive(Clone, Copy, Debug, Enumeration)]\n\
         #[enumeration(storage = native)]\npub enum Source {{\n{values}}}\n\n/// A document.\n#[derive(Debug, Table)]\n\
         pub struct Doc {{\n    /// The key.\n    pub id: Uuid,\n    \
         /// Where it is from.\n    pub source: Source,\n{STANDARD}}}\n"
    )
}

/// What is in the folder, as names that every command reads.
fn names(package: &Package) -> Vec<FileName> {
    let files = fs::read_dir(folder(package)).unwrap();
    let mut names: Vec<FileName> = files
        .map(|file| {
            let name = file.unwrap().file_name().into_string().unwrap();
            assert!(name.len() < 200, "{name}");
            FileName::parse(&name).unwrap_or_else(|problem| panic!("{name}: {problem}"))
        })
        .collect();
    names.sort();
    names
}

fn good(package: &Package, arguments: &[&str]) -> String {
    let text = package.run(arguments);
    assert!(text.starts_with("exit code 0\n"), "{arguments:?}: {text}");
    text
}

#[test]
fn values_that_no_file_can_be_named_after_are_added() {
    let long = "x".repeat(60);
    for (number, values) in [
        &["on-hold", "in review"][..],
        &["a/b", "c/d"],
        &["InProgress", "Done"],
        &["日本", "中国"],
        &["it's", "say \"so\""],
        &["..", "../../up", "C:\\con", "nul"],
        &["--rf", " ", "tab\there", ".", "🦀"],
        &[&long, "Ä", "a.down.sql", "x.up", "%s", "$HOME", "*"],
    ]
    .iter()
    .enumerate()
    {
        let package = Package::of(&models(&["one", "two"]));
        good(&package, &["migrate", "create_docs"]);
        good(&package, &["seal"]);
        let all: Vec<&str> = ["one", "two"].iter().chain(*values).copied().collect();
        package.write("src/lib.rs", models(&all));
        good(&package, &["migrate", "add_values"]);
        assert!(names(&package).len() >= 2 + 2 * values.len(), "{values:?}: {:?}", names(&package));
        for command in ["check", "status", "seal", "check", "lint"] {
            good(&package, &[command]);
        }
        if number % 3 == 0 {
            let (ours, sqlxs) = (tablewright_tempdb::database(), tablewright_tempdb::database());
            let (well, text) = finish(start(&package, &["apply", ours.url()]));
            assert!(well, "{values:?}: {text}");
            sqlx_run(sqlxs.url(), &folder(&package)).unwrap();
            good(&package, &["drift", sqlxs.url()]);
        }
        good(&package, &["squash", "create_all"]);
        good(&package, &["check"]);
        names(&package);
    }
}

#[test]
fn tables_that_no_file_can_be_named_after_are_created_in_every_format() {
    for format in ["sqlx", "dated", "single"] {
        for table in ["a/b", "UserAccount", "in review", "日本", "it's", "-x", "../up", "a\\b", "say \"so\""] {
            let package = Package::of(&models(&["one", "two"]));
            package.write("schema.toml", format!("format = \"{format}\"\n"));
            let date: &[&str] = if format == "dated" { &["--date", "20260131"] } else { &[] };
            let migrate = |name: &str| {
                let arguments: Vec<&str> = ["migrate", name].into_iter().chain(date.iter().copied()).collect();
                good(&package, &arguments);
            };
            migrate("create_docs");
            good(&package, &["seal"]);
            let other = "\n/// Another one.\n#[derive(Debug, Table)]\n";
            // If there is no plural, none is required.
            let waiver = if table == "日本" { "" } else { ", allow(table_name, reason = \"as it is called\")" };
            let name = format!("#[table(name = {table:?}{waiver})]\n");
            let more = format!("{other}{name}pub struct Other {{\n    /// The key.\n    pub id: Uuid,\n{STANDARD}}}\n");
            package.write("src/lib.rs", models(&["one", "two", "a/b"]) + &more);
            migrate("add_other");
            for command in ["check", "status", "seal", "check"] {
                good(&package, &[command]);
            }
            assert!(names(&package).len() > 2, "{table}: {:?}", names(&package));
        }
    }
}

#[test]
fn a_table_in_mixed_case_is_imported() {
    let database = tablewright_tempdb::database();
    common::runner::execute(
        &database,
        "CREATE TABLE \"UserAccount\" (\"id\" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, \"firstName\" text NOT NULL, \
         created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now())",
    );
    let package = Package::of("//! The tables.\n");
    package.write("schema.toml", "primary_key = \"bigint\"\n");
    good(&package, &["import", database.url()]);
    let model = package.read("src/models/user_account.rs");
    let field = "    pub created_at:";
    assert!(model.contains(field), "{model}");
    // And what is changed of it is written, read and applied.
    package.write(
        "src/models/user_account.rs",
        model.replace(field, &format!("    /// A note.\n    pub note: Option<String>,\n{field}")),
    );
    good(&package, &["migrate", "add_note"]);
    for command in ["status", "seal"] {
        good(&package, &[command]);
    }
    names(&package);
    good(&package, &["apply", database.url()]);
    good(&package, &["drift", database.url()]);
}

/// Commands that only read.
const LOOK: &[&[&str]] =
    &[&["check"], &["status"], &["lint"], &["seal"], &["migrate", "next"], &["check", "--format", "json"]];

#[test]
fn a_journal_that_leads_elsewhere_is_harmless() {
    let outside = tempfile::tempdir().unwrap();
    let package = Package::of(&models(&["one"]));
    let home = outside.path().display().to_string();
    fs::write(outside.path().join("victim"), "mine").unwrap();
    // The package is in a folder of its own, so that `..` leads somewhere.
    let inner = outside.path().join("inner");
    fs::rename(package.path(), &inner).unwrap();
    fs::create_dir(package.path()).unwrap();
    let run = |arguments: &[&str]| {
        let mut all = vec!["schema", "-C", inner.to_str().unwrap()];
        all.extend(arguments);
        let output = package.command("").args(&all).output().unwrap();
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
        )
    };
    for path in [
        "../victim",
        &format!("{home}/victim"),
        "migrations/../../victim",
        "src/lib.rs",
        "../inner/schema.toml",
        "build.rs",
        "migrations/../../../001_a.up.sql",
    ] {
        for journal in [
            format!("{{\"write\":[[{path:?},\"pwned\"]],\"remove\":[]}}"),
            format!("{{\"write\":[],\"remove\":[{path:?}]}}"),
            format!("{{\"write\":[[\"schema.lock\",\"{{}}\"]],\"remove\":[{path:?}]}}"),
        ] {
            fs::write(inner.join(".schema.journal"), &journal).unwrap();
            for arguments in LOOK {
                let (code, text) = run(arguments);
                assert_eq!(code, Some(1), "{arguments:?} {journal}: {text}");
                assert!(text.contains("no command of this program wrote this journal"), "{arguments:?}: {text}");
            }
            assert_eq!(fs::read_to_string(outside.path().join("victim")).unwrap(), "mine");
            assert!(!inner.join("schema.lock").exists() && !inner.join("build.rs").exists());
            assert_eq!(fs::read_to_string(inner.join("src/lib.rs")).unwrap(), models(&["one"]));
            assert_eq!(fs::read_to_string(inner.join(".schema.journal")).unwrap(), journal);
        }
    }
    let mut left: Vec<_> = fs::read_dir(outside.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["inner", "victim"]);
    // A truncated one loses nothing either, and the named line shows the way out.
    fs::write(inner.join(".schema.journal"), "{\"write\":[[\"schema.l").unwrap();
    let (code, text) = run(&["check"]);
    assert!(code == Some(1) && text.contains("it cannot be read") && text.contains("rm .schema.journal"), "{text}");
    fs::remove_file(inner.join(".schema.journal")).unwrap();
    assert_eq!(run(&["migrate", "create_docs"]).0, Some(0));
    assert_eq!(run(&["check"]).0, Some(0));
    fs::remove_dir(package.path()).unwrap();
    fs::rename(&inner, package.path()).unwrap();
}

#[cfg(unix)]
#[test]
fn a_folder_of_migrations_that_is_a_link_is_written_by_commands_and_not_by_journals() {
    let outside = tempfile::tempdir().unwrap();
    let package = Package::of(&models(&["one"]));
    std::os::unix::fs::symlink(outside.path(), folder(&package)).unwrap();
    package.write(".schema.journal", "{\"write\":[[\"migrations/001_a.up.sql\",\"pwned\"]],\"remove\":[]}");
    let text = package.run(&["check"]);
    assert!(text.contains("which lies outside of the package"), "{text}");
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    fs::remove_file(package.path().join(".schema.journal")).unwrap();
    // Keeping the migrations elsewhere is allowed; nothing is left for another command to finish there.
    good(&package, &["migrate", "create_docs"]);
    good(&package, &["check"]);
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 2);
    assert!(!package.path().join(".schema.journal").exists());
}

/// Puts what is said of it in the place of a file.
#[cfg(unix)]
fn replace(path: &std::path::Path, kind: &str) {
    match kind {
        "it is a link to nowhere, and there is no such file" => std::os::unix::fs::symlink("nowhere", path).unwrap(),
        "it is a pipe, and not a file" => {
            assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
        }
        "it is a folder, and not a file" => fs::create_dir(path).unwrap(),
        "it is a device, and not a file" => std::os::unix::fs::symlink("/dev/zero", path).unwrap(),
        "it is not UTF-8, from line 2, column 3 on" => fs::write(path, b"a\nbc\xff").unwrap(),
        "it has 64 MB, and 64 MB is the most" => {
            fs::File::create(path).unwrap().set_len(tablewright_core::files::LARGEST + 1).unwrap();
        }
        other => panic!("{other}"),
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_reported_by_every_command_and_left_alone() {
    let package = Package::of(&models(&["one"]));
    good(&package, &["migrate", "create_docs"]);
    package.write("schema.toml", "");
    let migration = "migrations/001_create_docs.up.sql";
    let mut codes = std::collections::BTreeMap::new();
    for file in ["schema.lock", "schema.toml", "src/lib.rs", migration] {
        let path = package.path().join(file);
        let aside = package.path().join("aside");
        for kind in [
            "it is a link to nowhere, and there is no such file",
            "it is a pipe, and not a file",
            "it is a folder, and not a file",
            "it is a device, and not a file",
            "it is not UTF-8, from line 2, column 3 on",
            "it has 64 MB, and 64 MB is the most",
        ] {
            // The bytes of a migration are its own, and what is not sealed is written anew. One large file is enough.
            let is_large = kind.contains("MB") && file != "schema.lock";
            if is_large || file == migration && kind.contains("UTF-8") {
                continue;
            }
            fs::rename(&path, &aside).unwrap();
            replace(&path, kind);
            let before = fs::symlink_metadata(&path).unwrap().file_type();
            // Every command reads the lock; one stands for those that read the others.
            let commands = [&["check"][..], &["migrate", "more"], &["seal"]];
            for arguments in &commands[..if file == "schema.lock" { 3 } else { 1 }] {
                let text = package.run(arguments);
                let is_named = text.contains(kind) || (kind.contains("UTF-8") && text.contains(file));
                assert!(is_named, "{file}: {kind}: {arguments:?}: {text}");
                let code = text.lines().next().unwrap().to_owned();
                codes.entry((file.to_owned(), kind)).or_insert_with(Vec::new).push(code);
            }
            assert_eq!(fs::symlink_metadata(&path).unwrap().file_type(), before);
            if before.is_dir() {
                fs::remove_dir(&path).unwrap();
            } else {
                fs::remove_file(&path).unwrap();
            }
            fs::rename(&aside, &path).unwrap();
        }
    }
    // Whatever is in the place of a file, and whatever is run, one code says so. What is a file, and no text, has a place.
    for file in ["schema.lock", "schema.toml", "src/lib.rs", migration] {
        let of_file = codes
            .iter()
            .filter(|((name, kind), _)| name == file && !kind.contains("UTF-8"))
            .flat_map(|(_, codes)| codes);
        let of_file: std::collections::BTreeSet<_> = of_file.collect();
        assert_eq!(of_file.len(), 1, "{file}: {codes:#?}");
    }
    good(&package, &["check"]);
}

#[cfg(unix)]
#[test]
fn a_lock_that_is_a_link_is_read_and_not_written() {
    let package = Package::of(&models(&["one"]));
    good(&package, &["migrate", "create_docs"]);
    let (path, target) = (package.path().join("schema.lock"), package.path().join("real.lock"));
    fs::rename(&path, &target).unwrap();
    std::os::unix::fs::symlink("real.lock", &path).unwrap();
    good(&package, &["check"]);
    let before = fs::read(&target).unwrap();
    let text = package.run(&["seal"]);
    assert!(text.contains("it is a link to real.lock: put the file itself here"), "{text}");
    assert_eq!(fs::read(&target).unwrap(), before);
    assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
}
