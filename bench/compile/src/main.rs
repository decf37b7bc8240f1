//! What a crate of models costs to check, and what its dependencies cost to build: CPU time and peak memory of rustc.
//!
//! `bench-compile check [PEER …]` checks 10, 100 and 300 models; `bench-compile deps [PEER …]` builds the dependencies
//! from nothing. Without names, `sqlx` and `tablewright` are measured.

mod models;
mod usage;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use models::{PEERS, Peer};
use usage::Usage;

const SIZES: [usize; 3] = [10, 100, 300];
const OUT: &str = "BENCH_COMPILE_OUT";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // As a wrapper: cargo calls us in place of rustc, for the crate of models alone.
    if let (Some(out), Some((rustc, rest))) = (std::env::var_os(OUT), arguments.split_first()) {
        return usage::wrap(Path::new(&out), rustc, rest);
    }
    let (command, names) = arguments.split_first().expect("bench-compile check|deps [PEER …]");
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let names = if names.is_empty() { vec!["sqlx", "tablewright"] } else { names };
    let peers: Vec<&Peer> = names
        .iter()
        .map(|name| PEERS.iter().find(|peer| peer.name == *name).unwrap_or_else(|| panic!("no peer `{name}`")))
        .collect();
    match command.as_str() {
        "check" => check(&peers),
        "deps" => deps(&peers),
        other => panic!("no command `{other}`: check, deps"),
    }
    ExitCode::SUCCESS
}

fn rounds() -> usize {
    std::env::var("ROUNDS").map_or(7, |text| text.parse().expect("ROUNDS is a number"))
}

/// Each peer's crate, checked alone in interleaved rounds.
fn check(peers: &[&Peer]) {
    println!("{:>7} {:<24} {:>9} {:>19} {:>9} {:>7}", "models", "peer", "CPU s", "(least … most)", "MiB", "ratio");
    for size in SIZES {
        let folders: Vec<PathBuf> = peers.iter().map(|peer| write(peer, size)).collect();
        for folder in &folders {
            cargo(folder, "check", &target(), None);
        }
        let mut all: BTreeMap<usize, Vec<Usage>> = BTreeMap::new();
        for _ in 0..rounds() {
            for (index, folder) in folders.iter().enumerate() {
                all.entry(index).or_default().push(one(folder));
            }
        }
        let medians: Vec<Usage> = all.values().map(|usages| usage::median(usages)).collect();
        for ((peer, median), usages) in peers.iter().zip(&medians).zip(all.values()) {
            let seconds = usages.iter().map(|usage| usage.cpu);
            let (least, most) = (seconds.clone().fold(f64::INFINITY, f64::min), seconds.fold(0.0, f64::max));
            println!(
                "{size:>7} {:<24} {:>9.3} {:>19} {:>9.0} {:>7.2}",
                peer.name,
                median.cpu,
                format!("({least:.3} … {most:.3})"),
                median.memory,
                median.cpu / medians[0].cpu
            );
        }
    }
}

/// The check of one crate whose dependencies are built.
fn one(folder: &Path) -> Usage {
    let lib = folder.join("src/lib.rs");
    let text = std::fs::read(&lib).expect("the models are read");
    std::fs::write(&lib, text).expect("the models are written again");
    let out = folder.join("usage");
    let _ = std::fs::remove_file(&out);
    cargo(folder, "check", &target(), Some(&out));
    Usage::read(&out)
}

/// The dependencies of each peer's crate, built from nothing: CPU seconds of cargo and all that it starts.
fn deps(peers: &[&Peer]) {
    println!("{:<24} {:>7} {:>9} {:>7}", "peer", "crates", "CPU s", "ratio");
    let mut first = None;
    let mut all: Vec<Vec<f64>> = vec![Vec::new(); peers.len()];
    let folders: Vec<PathBuf> = peers.iter().map(|peer| write(peer, 1)).collect();
    let mut crates = vec![0; peers.len()];
    for _ in 0..rounds().min(3) {
        for (index, folder) in folders.iter().enumerate() {
            let target = target().join("clean");
            let _ = std::fs::remove_dir_all(&target);
            let before = usage::children();
            cargo(folder, "build", &target, None);
            all[index].push(usage::children().cpu - before.cpu);
            crates[index] = std::fs::read_dir(target.join("debug/.fingerprint")).map_or(0, Iterator::count);
        }
    }
    for ((peer, crates), mut seconds) in peers.iter().zip(crates).zip(all) {
        seconds.sort_by(f64::total_cmp);
        let median = seconds[seconds.len() / 2];
        let first = *first.get_or_insert(median);
        println!("{:<24} {crates:>7} {median:>9.1} {:>7.2}", peer.name, median / first);
    }
}

fn target() -> PathBuf {
    home().join("target")
}

fn home() -> PathBuf {
    let base = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target"), PathBuf::from);
    base.join("bench-compile")
}

fn write(peer: &Peer, size: usize) -> PathBuf {
    let folder = home().join(format!("{}-{size}", peer.name));
    std::fs::create_dir_all(folder.join("src")).expect("a folder is made");
    let product = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the product's folder");
    let manifest = format!(
        "[workspace]\n\n[package]\nname = \"models\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{}\n",
        peer.dependencies.replace("PRODUCT", &product.display().to_string())
    );
    let mut text = peer.header.to_owned();
    for model in 0..size {
        text.push_str(&(peer.model)(model));
    }
    put(&folder.join("Cargo.toml"), &manifest);
    put(&folder.join("src/lib.rs"), &text);
    folder
}

fn put(file: &Path, text: &str) {
    if std::fs::read_to_string(file).ok().as_deref() != Some(text) {
        std::fs::write(file, text).expect("a file is written");
    }
}

fn cargo(folder: &Path, command: &str, target: &Path, out: Option<&Path>) {
    let mut cargo = Command::new("cargo");
    cargo.args([command, "--quiet"]).current_dir(folder);
    cargo.env("CARGO_TARGET_DIR", target).env("CARGO_INCREMENTAL", "0").stdout(Stdio::null());
    // Always the same wrapper: another one would make other fingerprints.
    cargo.env(OUT, out.unwrap_or(Path::new("/dev/null")));
    cargo.env("RUSTC_WORKSPACE_WRAPPER", std::env::current_exe().expect("our own path"));
    let status = cargo.status().expect("cargo runs");
    assert!(status.success(), "cargo {command} in {} ended with {status}", folder.display());
}
