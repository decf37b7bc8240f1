//! The ways that a user goes with a case.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use tablewright_tempdb::Database;

use super::common::Package;
use super::common::runner::{dump, execute, value};
use super::expect::Expect;

/// Few rows find what many do, and take less time.
const ROWS: &str = "3";

/// A package in which commands are run one after the other.
struct Trial {
    package: Package,
    database: Database,
    expect: Expect,
}

impl Trial {
    fn of(folder: &Path) -> Self {
        let package = Package::of("");
        for file in ["schema.toml", "sql"] {
            let path = folder.join(file);
            if path.is_dir() {
                for entry in std::fs::read_dir(path).unwrap() {
                    let path = entry.unwrap().path();
                    let name = path.file_name().unwrap().to_str().unwrap();
                    package.write(&format!("sql/{name}"), std::fs::read(&path).unwrap());
                }
            } else if path.exists() {
                package.write(file, std::fs::read(path).unwrap());
            }
        }
        Self { package, database: tablewright_tempdb::database(), expect: Expect::of(folder) }
    }

    fn run(&self, arguments: &[&str]) -> (bool, String) {
        let text = self.package.run(arguments);
        (text.starts_with("exit code 0\n"), format!("$ cargo schema {}\n{text}", arguments.join(" ")))
    }

    fn good(&self, arguments: &[&str]) -> Result<String, String> {
        let (good, text) = self.run(arguments);
        if good { Ok(text) } else { Err(text) }
    }

    fn url(&self) -> &str {
        self.database.url()
    }

    /// The files of a format that sqlx does not read are proved, but not applied.
    fn is_applied(&self) -> bool {
        !self.package.path().join("schema.toml").exists() || !self.package.read("schema.toml").contains("format")
    }

    fn apply(&self) -> Result<(), String> {
        if self.is_applied() { self.good(&["apply", self.url()]).map(drop) } else { Ok(()) }
    }

    /// Applies what was written last, which the linter and the database then agree with.
    fn apply_the_last(&self) -> Result<(), String> {
        self.good(&["lint"])?;
        self.apply()?;
        if self.is_applied() { self.good(&["drift", self.url()]).map(drop) } else { Ok(()) }
    }

    /// Runs a command that may be refused, and then with what the refusal names; whether it was done in the end.
    fn asked(&self, command: &[&str]) -> Result<Option<String>, String> {
        let with = self.expect.with.iter().map(String::as_str);
        let first: Vec<&str> = command.iter().copied().chain(with).collect();
        let Some(refused) = &self.expect.refused else {
            let text = self.good(&first)?;
            self.expect.heard(&text)?;
            return Ok(Some(text));
        };
        let (good, text) = self.run(&first);
        if good || !text.contains(refused.as_str()) {
            return Err(format!("it is not refused: {refused}\n{text}"));
        }
        self.expect.heard(&text)?;
        if self.expect.then.is_empty() {
            return Ok(None);
        }
        let then = self.expect.then.iter().map(String::as_str);
        self.good(&first.into_iter().chain(then).collect::<Vec<_>>()).map(Some)
    }

    /// Proves the files, goes back to a number, and up again.
    fn proved_and_back(&self, number: usize, before: &str) -> Result<(), String> {
        self.good(&["verify", "--rows", ROWS, self.url()])?;
        if !self.is_applied() {
            return Ok(());
        }
        let (good, text) = self.run(&["revert", self.url(), "--accept-loss", "--to", &number.to_string()]);
        match &self.expect.back_refused {
            Some(message) if good || !text.contains(message.as_str()) => {
                return Err(format!("it goes back: {message}\n{text}"));
            }
            None if !good => return Err(text),
            None if state(&self.database) != before => {
                return Err(format!("before:\n{before}\nafter the way back:\n{}", state(&self.database)));
            }
            _ => {}
        }
        self.good(&["apply", self.url()]).map(drop)
    }

    fn migrations(&self) -> usize {
        let files = std::fs::read_dir(self.package.path().join("migrations")).into_iter().flatten();
        files.filter(|file| !file.as_ref().unwrap().file_name().to_string_lossy().ends_with(".down.sql")).count()
    }
}

/// From PostgreSQL 18 on NOT NULL has a name, which the server numbers where it is taken.
fn without_name_of_not_null(line: &str) -> String {
    match line.strip_suffix(" NOT NULL").and_then(|rest| rest.rsplit_once(" CONSTRAINT ")) {
        Some((column, _)) => format!("{column} NOT NULL"),
        None => line.to_owned(),
    }
}

/// The schema and the rows, in an order that does not depend on that of the columns.
fn state(database: &Database) -> String {
    let dump = dump(database);
    // Extensions stay, and what the program says about itself is no part of the schema.
    let lines = dump.lines().filter(|line| !line.is_empty() && !line.starts_with("--") && !line.contains("EXTENSION"));
    let mut lines: Vec<String> = lines.map(|line| without_name_of_not_null(line.trim_end_matches(','))).collect();
    lines.sort_unstable();
    let mut text = lines.join("\n");
    let tables = value(
        database,
        "SELECT string_agg(quote_ident(relname), ' ' ORDER BY relname) FROM pg_class \
         WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT LIKE '\\_sqlx%'",
    );
    for table in tables.split_whitespace() {
        let rows = format!("SELECT string_agg(to_jsonb(t)::text, chr(10) ORDER BY to_jsonb(t)::text) FROM {table} t");
        write!(text, "\n{table}\n{}", value(database, &rows)).unwrap();
    }
    text
}

pub fn change(folder: &Path) -> Result<(), String> {
    let trial = Trial::of(folder);
    let read = |file: &str| std::fs::read_to_string(folder.join(file)).unwrap();
    trial.package.write("src/lib.rs", read("old.rs"));
    trial.good(&["migrate", "first"])?;
    trial.good(&["seal"])?;
    trial.apply()?;
    if trial.is_applied() && folder.join("rows.sql").exists() {
        execute(&trial.database, &read("rows.sql"));
    }
    let (number, before) = (trial.migrations(), state(&trial.database));
    trial.package.write("src/lib.rs", read("new.rs"));
    if trial.asked(&["migrate", "second"])?.is_none() {
        return Ok(());
    }
    trial.apply_the_last()?;
    for (query, answer) in &trial.expect.asks {
        let found = value(&trial.database, &format!("SELECT {query}"));
        if found != *answer {
            return Err(format!("{query}: {found}"));
        }
    }
    trial.proved_and_back(number, &before)
}

pub fn package(folder: &Path) -> Result<(), String> {
    let trial = Trial::of(folder);
    trial.package.write("src/lib.rs", std::fs::read(folder.join("models.rs")).unwrap());
    if trial.asked(&["migrate", "first"])?.is_none() {
        return Ok(());
    }
    trial.good(&["seal"])?;
    let before = state(&trial.database);
    trial.apply_the_last()?;
    trial.proved_and_back(0, &before)
}

/// Models that keep the rules, and a baseline that makes the same database.
pub fn import(folder: &Path) -> Result<(), String> {
    let trial = Trial::of(folder);
    execute(&trial.database, &std::fs::read_to_string(folder.join("database.sql")).unwrap());
    let Some(told) = trial.asked(&["import", trial.url()])? else { return Ok(()) };
    trial.good(&["check", "--ci"]).map_err(|text| format!("{told}\n{text}"))?;
    if trial.expect.holds {
        trial.good(&["drift", trial.url()]).map_err(|text| format!("{told}\n{text}"))?;
        trial.good(&["verify", "--rows", ROWS, trial.url()]).map_err(|text| format!("{told}\n{text}"))?;
    }
    // A newer server prints some expressions otherwise.
    let oldest = value(&trial.database, "SELECT (current_setting('server_version_num')::INT < 160000)::TEXT");
    if oldest == "true" { are_compiled(folder, &trial.package) } else { Ok(()) }
}

/// Some models are in the package `types` as well, which compiles them; `UPDATE_IMPORTED=1` writes them anew.
fn are_compiled(folder: &Path, package: &Package) -> Result<(), String> {
    let types = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/types/tests/imported");
    let kept = types.join(folder.file_name().unwrap());
    if !kept.exists() {
        return Ok(());
    }
    let source = package.path().join("src");
    let models = std::fs::read_dir(source.join("models")).unwrap().map(|file| file.unwrap().path());
    let named = |path: PathBuf| (path.file_name().unwrap().to_string_lossy().into_owned(), path);
    for (name, path) in models.map(named).chain([("mod.rs".to_owned(), source.join("models.rs"))]) {
        let (text, kept) = (std::fs::read_to_string(path).unwrap(), kept.join(&name));
        if std::env::var_os("UPDATE_IMPORTED").is_some() {
            std::fs::write(&kept, &text).unwrap();
        }
        if std::fs::read_to_string(&kept).unwrap_or_default() != text {
            return Err(format!("{} is not what is imported; UPDATE_IMPORTED=1 writes it", kept.display()));
        }
    }
    Ok(())
}

/// The files of a plan run on the first database, and then it is the second.
pub fn difference(folder: &Path) -> Result<(), String> {
    let trial = Trial::of(folder);
    let other = tablewright_tempdb::database();
    for (database, file) in [(&trial.database, "from.sql"), (&other, "to.sql")] {
        execute(database, &std::fs::read_to_string(folder.join(file)).unwrap());
    }
    let diff = ["diff", "--from", trial.url(), "--to", other.url()];
    if trial.asked(&[&diff[..], &["--sql", "plan"]].concat())?.is_none() {
        return Ok(());
    }
    let mut files: Vec<_> =
        std::fs::read_dir(trial.package.path().join("plan")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for path in files.iter().filter(|path| path.to_string_lossy().ends_with(".up.sql")) {
        let text = std::fs::read_to_string(path).unwrap();
        // As sqlx sends it: the statements of a file are a transaction, unless it says otherwise.
        execute(&trial.database, &text);
        let serial = text.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| word.ends_with("serial"));
        if serial {
            return Err(format!("SERIAL is no type:\n{text}"));
        }
    }
    trial.good(&diff).map(drop)
}
