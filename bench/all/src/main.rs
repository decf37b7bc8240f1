//! Runs the benchmarks one after the other, and writes what they print into `results.md`.
//!
//! `bench-all [--quick] [SECTION …]`; the sections are those of [`SECTIONS`], without names all of them. A section that does
//! not run keeps its text, with the day and the machine that it was measured on. `--quick` takes one round of the small
//! sizes, to see that everything runs, and prints instead of writing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// One benchmark.
struct Section {
    /// On the command line.
    word: &'static str,
    title: &'static str,
    package: &'static str,
    arguments: &'static [&'static str],
    quick: &'static [&'static str],
}

/// In the place of the path of the command.
const CARGO_SCHEMA: &str = "CARGO_SCHEMA";

const SECTIONS: [Section; 7] = [
    Section { word: "runtime", title: "Calls", package: "bench-runtime", arguments: &[], quick: &["--quick"] },
    Section {
        word: "check",
        title: "Checking a crate of models",
        package: "bench-compile",
        arguments: &["check", "sqlx", "structs", "tablewright-models", "tablewright", "tablewright-serialize"],
        quick: &["check", "10", "sqlx", "tablewright"],
    },
    Section {
        word: "others",
        title: "Checking a crate of models: other libraries",
        package: "bench-compile",
        arguments: &["check"],
        quick: &["check", "10", "sqlx", "sea-orm-compact"],
    },
    Section {
        word: "deps",
        title: "Building the dependencies",
        package: "bench-compile",
        arguments: &["deps"],
        quick: &["deps", "sqlx", "tablewright"],
    },
    Section {
        word: "migrate",
        title: "Writing a migration",
        package: "bench-migrate",
        arguments: &["CARGO_SCHEMA"],
        quick: &["CARGO_SCHEMA", "10"],
    },
    Section {
        word: "rules",
        title: "Checking the rules",
        package: "bench-check",
        arguments: &["CARGO_SCHEMA"],
        quick: &["CARGO_SCHEMA", "100"],
    },
    Section {
        word: "stall",
        title: "Queries while a table changes",
        package: "bench-stall",
        arguments: &["CARGO_SCHEMA"],
        quick: &["CARGO_SCHEMA", "10000", "check"],
    },
];

const HEAD: &str = "# Results

Written by `bench-all`; [README.md](README.md) says what each table measures, and what the other tools do and do not do.

**What to trust.** Instruction counts do not depend on what else runs on the machine. A shared virtual machine can be
half as fast at one hour as at another: compare CPU seconds only within one table, and trust ratios more, because
rounds are interleaved: each round runs every candidate once. Compare wall times (latencies, calls per second, the rules, the stalls)
only within one row.
";

fn main() {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let all = words.len();
    words.retain(|word| word != "--quick");
    let quick = words.len() < all;
    for word in &words {
        assert!(SECTIONS.iter().any(|section| section.word == word), "no section `{word}`: {}", known());
    }
    let bench = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_owned();
    let chosen: Vec<&Section> =
        SECTIONS.iter().filter(|section| words.is_empty() || words.iter().any(|word| word == section.word)).collect();
    let command = if chosen.iter().any(|section| section.arguments.contains(&CARGO_SCHEMA)) {
        cargo_schema(bench.parent().expect("the product"))
    } else {
        PathBuf::new()
    };
    let file = bench.join("results.md");
    let mut texts = sections(&std::fs::read_to_string(&file).unwrap_or_default());
    for section in chosen {
        eprintln!("== {}", section.title);
        let text = format!("{}\n\n{}\n", circumstances(), run(section, &bench, &command, quick).trim());
        if quick {
            println!("## {}\n\n{text}", section.title);
        } else {
            texts.insert(section.title.to_owned(), text);
            // At once: the next section may fail, or be stopped.
            std::fs::write(&file, written(&texts)).expect("the results are written");
        }
    }
}

fn known() -> String {
    SECTIONS.map(|section| section.word).join(", ")
}

/// The file's sections by their titles.
fn sections(text: &str) -> BTreeMap<String, String> {
    text.split("\n## ")
        .skip(1)
        .filter_map(|section| section.split_once('\n'))
        .map(|(title, text)| (title.to_owned(), format!("{}\n", text.trim())))
        .collect()
}

fn written(texts: &BTreeMap<String, String>) -> String {
    let mut file = HEAD.to_owned();
    for section in &SECTIONS {
        if let Some(text) = texts.get(section.title) {
            file.push_str(&format!("\n## {}\n\n{text}", section.title));
        }
    }
    file
}

/// When, on what, and how busy it was.
fn circumstances() -> String {
    let read = |file: &str| std::fs::read_to_string(file).unwrap_or_default();
    let value = |text: &str, key: &str| {
        let line = text.lines().find(|line| line.starts_with(key))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    let model = value(&read("/proc/cpuinfo"), "model name").unwrap_or_else(|| "an unknown processor".to_owned());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = value(&read("/proc/meminfo"), "MemTotal")
        .and_then(|text| text.split(' ').next()?.parse::<u64>().ok())
        .map_or_else(|| "?".to_owned(), |kilobytes| (kilobytes >> 20).to_string());
    let load = read("/proc/loadavg");
    format!(
        "{}; {model}, {cores} cores, {memory} GiB, a load of {} at the start; {}; {}.",
        output("date", &["-u", "+%Y-%m-%d"]),
        load.split(' ').next().unwrap_or("?"),
        output("uname", &["-s"]),
        output("rustc", &["--version"]),
    )
}

fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map_or_else(|_| format!("no {program}"), |out| String::from_utf8_lossy(&out.stdout).trim().to_owned())
}

/// Builds the product's command as users have it, and says where it is.
fn cargo_schema(product: &Path) -> PathBuf {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--quiet", "--release", "--locked", "-p", "cargo-schema"]).current_dir(product);
    let status = cargo.status().expect("cargo runs");
    assert!(status.success(), "{cargo:?} ended with {status}");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| product.join("target"), PathBuf::from);
    target.join("release").join(format!("cargo-schema{}", std::env::consts::EXE_SUFFIX))
}

/// What the benchmark prints. Its errors and its progress go where ours go.
fn run(section: &Section, bench: &Path, command: &Path, quick: bool) -> String {
    let mut cargo = Command::new("cargo");
    cargo.args(["run", "--quiet", "--release", "--locked", "-p", section.package, "--"]).current_dir(bench);
    let arguments = if quick { section.quick } else { section.arguments };
    for argument in arguments {
        if *argument == CARGO_SCHEMA {
            cargo.arg(command);
        } else {
            cargo.arg(argument);
        }
    }
    if quick {
        cargo.env("ROUNDS", "1").env("ONLY", "tablewright");
    }
    let output = cargo.stdin(Stdio::null()).stderr(Stdio::inherit()).output().expect("cargo runs");
    assert!(output.status.success(), "{cargo:?} ended with {}", output.status);
    String::from_utf8(output.stdout).expect("tables are text")
}
