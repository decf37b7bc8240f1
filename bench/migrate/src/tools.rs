//! The three programs: how each gets its schema, and how it is asked for a migration.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{run, schema};

const DRIZZLE_KIT: &str = "drizzle-kit@0.31.11";
const DRIZZLE_ORM: &str = "drizzle-orm@0.45.4";
const DJANGO: &str = "django==5.2.19";

type Writer = Box<dyn Fn(&Path, usize, bool)>;
type Named = Box<dyn Fn(&Path, &str) -> Command>;
type InFolder = Box<dyn Fn(&Path) -> Command>;

pub struct Tool {
    pub name: &'static str,
    /// Writes the schema of so many tables into a folder, with the new column or without.
    pub write: Writer,
    /// The command that writes the next migration, by name.
    pub migrate: Named,
    /// What comes between the two migrations, and is not measured.
    pub settle: Option<InFolder>,
    /// Whether the second migration adds the column.
    pub added: Box<dyn Fn(&Path) -> bool>,
}

/// What ours is compared with.
pub fn versions() -> String {
    let words = |program: &str| {
        let output = Command::new(program).arg("--version").output();
        output.map_or_else(|_| format!("no {program}"), |out| String::from_utf8_lossy(&out.stdout).trim().to_owned())
    };
    format!("{DRIZZLE_KIT} on Node {}, {DJANGO} on {}", words("node"), words("python3"))
}

pub fn tools(program: &str, home: &Path, only: Option<&str>) -> Vec<Tool> {
    let wanted = |name: &str| only.is_none_or(|only| only == name);
    let mut tools = Vec::new();
    if wanted("tablewright") {
        tools.push(tablewright(program));
    }
    if wanted("drizzle-kit") {
        tools.push(drizzle(home));
    }
    if wanted("django") {
        tools.push(django(home));
    }
    tools
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder is made");
    fs::write(path, text).expect("the file is written");
}

/// Whether a file below a folder has a name that ends so and a text that holds a word.
fn holds(folder: &Path, ending: &str, word: &str) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("an entry").path());
    let texts = entries.filter(|path| path.to_string_lossy().ends_with(ending));
    texts.into_iter().any(|path| fs::read_to_string(path).is_ok_and(|text| text.contains(word)))
}

fn tablewright(program: &str) -> Tool {
    let program = fs::canonicalize(program).expect("the path of cargo-schema");
    let seal = program.clone();
    Tool {
        name: "tablewright",
        write: Box::new(|folder, tables, note| {
            put(&folder.join("Cargo.toml"), "[package]\nname = \"models\"\nversion = \"0.0.0\"\nedition = \"2024\"\n");
            put(&folder.join("src/lib.rs"), &schema::rust(tables, note));
        }),
        migrate: Box::new(move |folder, name| {
            let mut command = Command::new(&program);
            command.args(["migrate", name]).current_dir(folder);
            command
        }),
        settle: Some(Box::new(move |folder| {
            let mut command = Command::new(&seal);
            command.arg("seal").current_dir(folder);
            command
        })),
        added: Box::new(|folder| holds(&folder.join("migrations"), "add_note.up.sql", "ADD COLUMN note")),
    }
}

fn drizzle(home: &Path) -> Tool {
    let node = home.join("node");
    fs::create_dir(&node).expect("a new folder");
    put(&node.join("package.json"), "{ \"private\": true }\n");
    run(Command::new("npm").args(["install", "--no-audit", "--no-fund", DRIZZLE_KIT, DRIZZLE_ORM]).current_dir(&node));
    let kit: PathBuf = node.join("node_modules/.bin/drizzle-kit");
    let modules = node.join("node_modules");
    Tool {
        name: "drizzle-kit",
        write: Box::new(move |folder, tables, note| {
            put(&folder.join("schema.ts"), &schema::drizzle(tables, note));
            let link = folder.join("node_modules");
            if !link.exists() {
                std::os::unix::fs::symlink(&modules, link).expect("a link");
            }
        }),
        migrate: Box::new(move |folder, name| {
            let mut command = Command::new(&kit);
            command.args([
                "generate",
                "--dialect",
                "postgresql",
                "--schema",
                "schema.ts",
                "--out",
                "drizzle",
                "--name",
            ]);
            command.arg(name).current_dir(folder);
            command
        }),
        settle: None,
        added: Box::new(|folder| holds(&folder.join("drizzle"), "add_note.sql", "ADD COLUMN \"note\"")),
    }
}

const SETTINGS: &str = "
SECRET_KEY = 'x'
INSTALLED_APPS = ['shop']
DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}}
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'
USE_TZ = True
";

fn django(home: &Path) -> Tool {
    let environment = home.join("python");
    run(Command::new("python3").args(["-m", "venv"]).arg(&environment));
    run(Command::new(environment.join("bin/pip")).args(["install", "--quiet", DJANGO]));
    let python = environment.join("bin/python");
    Tool {
        name: "django",
        write: Box::new(|folder, tables, note| {
            put(&folder.join("settings.py"), SETTINGS);
            put(&folder.join("shop/__init__.py"), "");
            put(&folder.join("shop/models.py"), &schema::django(tables, note));
        }),
        migrate: Box::new(move |folder, name| {
            let mut command = Command::new(&python);
            command.args(["-m", "django", "makemigrations", "shop", "--name", name]).current_dir(folder);
            command.env("DJANGO_SETTINGS_MODULE", "settings").env("PYTHONPATH", folder);
            command
        }),
        settle: None,
        added: Box::new(|folder| holds(&folder.join("shop/migrations"), "add_note.py", "AddField")),
    }
}
