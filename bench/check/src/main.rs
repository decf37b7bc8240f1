//! `cargo schema check` over 1,000 tables of 10 columns, next to `rustfmt --check` over the same files: both read every
//! token of them.
//!
//! `bench-check PATH-OF-CARGO-SCHEMA [TABLES]`

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const WORDS: [&str; 32] = [
    "Alpha", "Bravo", "Carbon", "Delta", "Echo", "Falcon", "Grape", "Harbor", "Island", "Jungle", "Kernel", "Lemon",
    "Mango", "Nectar", "Ocean", "Piano", "Quartz", "River", "Sierra", "Timber", "Union", "Valley", "Willow", "Xenon",
    "Yellow", "Zephyr", "Anchor", "Bridge", "Copper", "Dragon", "Ember", "Forest",
];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let program = arguments.next().expect("bench-check PATH-OF-CARGO-SCHEMA [TABLES]");
    let tables = arguments.next().map_or(1_000, |text| text.parse().expect("a number of tables"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = write(folder.path(), tables);
    let check = || run(Command::new(&program).arg("check").current_dir(&folder));
    let rustfmt =
        || run(Command::new("rustfmt").args(["--edition", "2024", "--check"]).args(&files).current_dir(&folder));
    check();
    rustfmt();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let rounds: usize = std::env::var("ROUNDS").map_or(11, |text| text.parse().expect("a number of rounds"));
    for _ in 0..rounds {
        ours.push(check());
        theirs.push(rustfmt());
    }
    let (ours, theirs) = (median(ours), median(theirs));
    println!("{tables} tables of 10 columns, medians of {rounds} interleaved rounds, wall time.");
    println!();
    println!("| `cargo schema check` | `rustfmt --check` | ratio |");
    println!("|---:|---:|---:|");
    let (ours, theirs) = (ours.as_secs_f64(), theirs.as_secs_f64());
    println!("| {ours:.3} s | {theirs:.3} s | {:.2} |", ours / theirs);
}

fn run(command: &mut Command) -> Duration {
    let start = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("the program runs");
    assert!(status.success(), "{command:?} ended with {status}");
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// A crate of that many models, a shallow tree of references, fifty to a file; gives the files.
fn write(folder: &Path, tables: usize) -> Vec<String> {
    std::fs::create_dir(folder.join("src")).expect("a new folder");
    std::fs::write(
        folder.join("Cargo.toml"),
        "[package]\nname = \"models\"\nversion = \"0.0.0\"\nedition = \"2024\"\n",
    )
    .expect("Cargo.toml is written");
    let (mut root, mut files) = (String::new(), Vec::new());
    for (number, start) in (0..tables).step_by(50).enumerate() {
        let mut text = String::from("use tablewright::prelude::*;\n");
        for table in start..(start + 50).min(tables) {
            text.push_str(&model(table));
        }
        let file = format!("src/m{number}.rs");
        std::fs::write(folder.join(&file), text).expect("a file is written");
        files.push(file);
        writeln!(root, "mod m{number};").expect("strings take text");
    }
    std::fs::write(folder.join("src/lib.rs"), root).expect("lib.rs is written");
    files
}

fn name(table: usize) -> String {
    let mut name = String::new();
    let mut rest = table;
    loop {
        name.insert_str(0, WORDS[rest % WORDS.len()]);
        rest /= WORDS.len();
        if rest == 0 {
            return name + "Item";
        }
    }
}

fn model(table: usize) -> String {
    let name = name(table);
    let reference = if table == 0 {
        "pub label: String,".to_owned()
    } else {
        let parent = self::name(table / 10);
        let snake: String = parent
            .char_indices()
            .flat_map(|(at, c)| [(at > 0 && c.is_ascii_uppercase()).then_some('_'), Some(c.to_ascii_lowercase())])
            .flatten()
            .collect();
        format!("#[references({parent}, on_delete = restrict)]\n    pub {snake}_id: Uuid,")
    };
    format!(
        "
/// A thing.
#[derive(Table)]
pub struct {name} {{
    pub id: Uuid,
    {reference}
    #[column(unique)]
    pub code: String,
    pub title: String,
    pub quantity: i64,
    #[column(numeric(12, 2), check = \"price >= 0\")]
    pub price: Decimal,
    pub is_active: bool,
    pub finished_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}}
"
    )
}
