//! What it costs to write a migration: of all tables, and of one new column, for 10, 100 and 1,000 tables. Compared with
//! drizzle-kit and Django on the same schema.
//!
//! `bench-migrate PATH-OF-CARGO-SCHEMA [TABLES …]`; npm and python3 fetch the two others. `ROUNDS=11` sets the rounds,
//! `ONLY=tablewright` leaves the others out.

mod schema;
mod tools;

use std::path::Path;
use std::process::{Command, Stdio};

use tools::{Tool, tools, versions};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let program = arguments.next().expect("bench-migrate PATH-OF-CARGO-SCHEMA [TABLES …]");
    let mut sizes: Vec<usize> = arguments.map(|text| text.parse().expect("a number of tables")).collect();
    if sizes.is_empty() {
        sizes = vec![10, 100, 1_000];
    }
    let rounds: usize = std::env::var("ROUNDS").map_or(5, |text| text.parse().expect("a number of rounds"));
    let home = tempfile::tempdir().expect("a temporary folder");
    let tools = tools(&program, home.path(), std::env::var("ONLY").ok().as_deref());
    println!("{}; medians of {rounds} interleaved rounds.", versions());
    println!();
    println!("| tables | | {} |", tools.iter().map(|tool| tool.name).collect::<Vec<_>>().join(" | "));
    println!("|---:|---|{}", "---:|".repeat(tools.len()));
    for size in sizes {
        let mut times = vec![(Vec::new(), Vec::new()); tools.len()];
        for _ in 0..rounds {
            for (tool, (create, add)) in tools.iter().zip(&mut times) {
                // The first time fills the caches, and gets back memory that a virtual machine gave to its host
                // while another tool ran.
                once(tool, home.path(), size);
                let (first, second) = once(tool, home.path(), size);
                create.push(first);
                add.push(second);
            }
        }
        let row = |what: &str, cells: Vec<String>| println!("| {size} | {what} | {} |", cells.join(" | "));
        row("create", times.iter().map(|(create, _)| shown(create)).collect());
        row("add a column", times.iter().map(|(_, add)| shown(add)).collect());
    }
}

/// What the two migrations cost, in an empty folder.
fn once(tool: &Tool, home: &Path, size: usize) -> (f64, f64) {
    let folder = &home.join(format!("{}-{size}", tool.name));
    std::fs::create_dir(folder).expect("a new folder");
    (tool.write)(folder, size, false);
    let create = cpu_of(&mut (tool.migrate)(folder, "create_all"));
    if let Some(settle) = &tool.settle {
        run(&mut settle(folder));
    }
    (tool.write)(folder, size, true);
    let add = cpu_of(&mut (tool.migrate)(folder, "add_note"));
    assert!((tool.added)(folder), "{} wrote no new column in {}", tool.name, folder.display());
    std::fs::remove_dir_all(folder).expect("the folder goes");
    (create, add)
}

fn shown(seconds: &[f64]) -> String {
    let mut seconds = seconds.to_vec();
    seconds.sort_by(f64::total_cmp);
    let (first, middle, last) = (seconds[0], seconds[seconds.len() / 2], seconds[seconds.len() - 1]);
    format!("{middle:.3} ({first:.3} to {last:.3})")
}

fn run(command: &mut Command) {
    let output = command.stdin(Stdio::null()).output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?} ended with {}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

fn cpu_of(command: &mut Command) -> f64 {
    // Then everything written before is on disk: otherwise whoever syncs a file next would do that work for all.
    // SAFETY: it takes nothing and touches no memory.
    unsafe { libc::sync() };
    let before = children();
    run(command);
    children() - before
}

/// What all children that have ended used, their own children included, in seconds.
fn children() -> f64 {
    // SAFETY: `getrusage` fills the struct that it is given; all zeros is a valid one.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        libc::getrusage(libc::RUSAGE_CHILDREN, &raw mut usage);
        usage
    };
    #[allow(clippy::cast_precision_loss)]
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    seconds(usage.ru_utime) + seconds(usage.ru_stime)
}
