//! What a crate of models costs to check, and what its dependencies cost to build: CPU time and peak memory of rustc.
//!
//! `bench-compile check [PEER …] [NUMBER …]` checks crates of 10, 100, 300 and 1,000 models, or of those numbers;
//! `bench-compile deps [PEER …]` builds the dependencies from scratch. The first peer is what the others are compared with;
//! without names it is `sqlx`, and all are measured.

mod models;
mod project;
mod usage;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use models::{PEERS, Peer};
use project::SCRIPT;
use usage::{Usage, median, quantile};

const SIZES: [usize; 4] = [10, 100, 300, 1000];
const OUT: &str = "BENCH_COMPILE_OUT";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // As a wrapper: cargo calls us in place of rustc.
    if let (Some(out), Some((rustc, rest))) = (std::env::var_os(OUT), arguments.split_first()) {
        return usage::wrap(Path::new(&out), rustc, rest);
    }
    let (command, words) = arguments.split_first().expect("bench-compile check|deps [PEER …] [NUMBER …]");
    let (sizes, names): (Vec<&String>, Vec<&String>) = words.iter().partition(|word| word.parse::<usize>().is_ok());
    let sizes: Vec<usize> = sizes.iter().filter_map(|size| size.parse().ok()).collect();
    let peers: Vec<&Peer> = names
        .iter()
        .map(|name| PEERS.iter().find(|peer| peer.name == **name).unwrap_or_else(|| panic!("no peer `{name}`")))
        .collect();
    match command.as_str() {
        "check" => check(&peers, if sizes.is_empty() { &SIZES } else { &sizes }),
        "deps" => deps(&peers),
        other => panic!("no command `{other}`: check, deps"),
    }
    ExitCode::SUCCESS
}

/// `ROUNDS`, where the caller says them.
fn asked() -> Option<usize> {
    std::env::var("ROUNDS").ok().map(|text| text.parse().expect("ROUNDS is a number"))
}

/// How many rounds there are at least, and at most.
const ROUNDS: (usize, usize) = (5, 25);
/// For how long there are more than the least: small crates take so little that a few rounds say little.
const ENOUGH: Duration = Duration::from_secs(180);

fn is_done(rounds: usize, started: Instant) -> bool {
    match asked() {
        Some(asked) => rounds >= asked,
        None => rounds >= ROUNDS.0 && (rounds >= ROUNDS.1 || started.elapsed() > ENOUGH),
    }
}

/// The libraries that are compared, as the peers' lock files have them.
fn versions(peers: &[&Peer]) {
    const LIBRARIES: [&str; 5] = ["diesel", "diesel-async", "entity-derive", "sea-orm", "sqlx"];
    let mut found = std::collections::BTreeSet::new();
    for peer in peers {
        let folder = write(peer, 1, false);
        if !folder.join("Cargo.lock").exists() {
            let mut cargo = Command::new("cargo");
            cargo.args(["generate-lockfile", "--quiet", "--ignore-rust-version"]).current_dir(&folder);
            assert!(cargo.status().is_ok_and(|status| status.success()), "{} has a lock file", peer.name);
        }
        let lock = std::fs::read_to_string(folder.join("Cargo.lock")).expect("the lock file is read");
        for name in LIBRARIES {
            let rest = lock.split_once(&format!("name = \"{name}\"\nversion = \"")).map(|(_, rest)| rest);
            if let Some((version, _)) = rest.and_then(|rest| rest.split_once('"')) {
                found.insert(format!("{name} {version}"));
            }
        }
    }
    println!("{}.", found.into_iter().collect::<Vec<_>>().join(", "));
    println!();
}

/// Each peer's crate, checked alone in interleaved rounds.
fn check(named: &[&Peer], sizes: &[usize]) {
    versions(&if named.is_empty() { PEERS.iter().collect() } else { named.to_vec() });
    println!("| models | | rounds | CPU s | ratio | MiB |");
    println!("|---:|---|---:|---:|---:|---:|");
    for &size in sizes {
        let all = PEERS.iter().filter(|peer| size <= peer.most);
        let peers: Vec<&Peer> = if named.is_empty() { all.collect() } else { named.to_vec() };
        let folders: Vec<PathBuf> = peers.iter().map(|peer| write(peer, size, peer.is_project)).collect();
        for folder in &folders {
            cargo(folder, "check", &target(), WRAPPER, &folder.join("usage"));
        }
        let mut all: Vec<Vec<Usage>> = vec![Vec::new(); peers.len()];
        let started = Instant::now();
        while !is_done(all[0].len(), started) {
            for (folder, usages) in folders.iter().zip(&mut all) {
                usages.push(one(folder));
            }
        }
        let cpu = |usages: &[Usage]| usages.iter().map(|usage| usage.cpu).collect::<Vec<_>>();
        let yard = cpu(&all[0]);
        for (peer, usages) in peers.iter().zip(&all) {
            let seconds = cpu(usages);
            let memory: Vec<f64> = usages.iter().map(|usage| usage.memory).collect();
            let ratio = ratio(&seconds, &yard);
            let (name, rounds) = (peer.name, usages.len());
            println!("| {size} | {name} | {rounds} | {:.3} | {ratio} | {:.0} |", median(&seconds), median(&memory));
        }
    }
}

/// `1.41 (1.38 to 1.46)`: the median and the quartiles. Round by round, because what disturbs a round disturbs both.
fn ratio(seconds: &[f64], yard: &[f64]) -> String {
    let ratios: Vec<f64> = seconds.iter().zip(yard).map(|(seconds, yard)| seconds / yard).collect();
    format!("{:.2} ({:.2} to {:.2})", median(&ratios), quantile(&ratios, 0.25), quantile(&ratios, 0.75))
}

/// The check of one crate whose dependencies are built.
fn one(folder: &Path) -> Usage {
    let lib = folder.join("src/lib.rs");
    let text = std::fs::read(&lib).expect("the models are read");
    std::fs::write(&lib, text).expect("the models are written again");
    let out = folder.join("usage");
    let _ = std::fs::remove_file(&out);
    cargo(folder, "check", &target(), WRAPPER, &out);
    let used = usage::read(&out);
    // The build script looks at the models again as often as the compiler does.
    used.get(SCRIPT).into_iter().fold(used["models"], |all, script| all.with(*script))
}

/// What the dependencies of a peer's crate took in each round, crate by crate.
type Builds = Vec<BTreeMap<String, Usage>>;

/// The dependencies of each peer's crate, built from scratch: CPU seconds of cargo and everything that it starts.
fn deps(named: &[&Peer]) {
    const USUAL: [&str; 6] =
        ["sqlx", "tablewright", "tablewright-serialize", "diesel", "sea-orm-compact", "entity-derive"];
    let usual = || USUAL.iter().filter_map(|name| PEERS.iter().find(|peer| peer.name == *name)).collect();
    let peers: Vec<&Peer> = if named.is_empty() { usual() } else { named.to_vec() };
    versions(&peers);
    let mut all: Vec<Vec<f64>> = vec![Vec::new(); peers.len()];
    let folders: Vec<PathBuf> = peers.iter().map(|peer| write(peer, 1, false)).collect();
    let mut builds: Vec<Builds> = vec![Vec::new(); peers.len()];
    for _ in 0..asked().unwrap_or(ROUNDS.0) {
        for (index, folder) in folders.iter().enumerate() {
            let target = target().join("clean");
            let out = folder.join("usage");
            let _ = std::fs::remove_dir_all(&target);
            let _ = std::fs::remove_file(&out);
            let before = usage::children();
            // All of rustc's calls come through the wrapper.
            cargo(folder, "build", &target, "RUSTC_WRAPPER", &out);
            let seconds = usage::children().cpu - before.cpu;
            eprintln!("{}: {seconds:.1} CPU s", peers[index].name);
            all[index].push(seconds);
            builds[index].push(usage::read(&out));
            let _ = std::fs::remove_dir_all(&target);
        }
    }
    println!("| | packages | rounds | CPU s | ratio |");
    println!("|---|---:|---:|---:|---:|");
    for ((peer, folder), seconds) in peers.iter().zip(&folders).zip(&all) {
        let (name, packages, ratio) = (peer.name, packages(folder), ratio(seconds, &all[0]));
        println!("| {name} | {packages} | {} | {:.1} | {ratio} |", seconds.len(), median(seconds));
    }
    let yardstick = crates(&builds[0]);
    println!();
    println!("What {} does not build, in CPU seconds of rustc, from 0.2 on:", peers[0].name);
    println!();
    for (peer, builds) in peers.iter().zip(&builds).skip(1) {
        let mut more: Vec<(f64, String)> = crates(builds)
            .into_iter()
            .map(|(name, cpu)| (cpu - yardstick.get(&name).copied().unwrap_or_default(), name))
            .filter(|(cpu, name)| *cpu >= 0.2 && name != "models" && !yardstick.contains_key(name))
            .collect();
        more.sort_by(|a, b| b.0.total_cmp(&a.0));
        let more: Vec<String> = more.into_iter().map(|(cpu, name)| format!("{name} {cpu:.1}")).collect();
        println!("- {}: {}", peer.name, if more.is_empty() { "nothing".to_owned() } else { more.join(", ") });
    }
}

/// The median of each crate.
fn crates(builds: &Builds) -> BTreeMap<String, f64> {
    let mut all: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for (name, usage) in builds.iter().flatten() {
        all.entry(name.clone()).or_default().push(usage.cpu);
    }
    all.into_iter().map(|(name, seconds)| (name, median(&seconds))).collect()
}

/// How many packages are built, the crate of models not counted.
fn packages(folder: &Path) -> usize {
    let mut cargo = Command::new("cargo");
    cargo.args(["tree", "--edges", "normal,build", "--prefix", "none", "--no-dedupe", "--format", "{p}"]);
    let output = cargo.current_dir(folder).output().expect("cargo runs");
    let text = String::from_utf8_lossy(&output.stdout);
    let names: std::collections::BTreeSet<&str> = text.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    names.len() - 1
}

fn target() -> PathBuf {
    home().join("target")
}

fn home() -> PathBuf {
    let base = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target"), PathBuf::from);
    base.join("bench-compile")
}

/// The crate of so many models; as a project, with the files around them.
fn write(peer: &Peer, size: usize, as_project: bool) -> PathBuf {
    let kind = if as_project { "project" } else { "crate" };
    let folder = home().join(format!("{}-{size}-{kind}", peer.name));
    std::fs::create_dir_all(folder.join("src")).expect("a folder is made");
    let product = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the product's folder");
    let build = if as_project { project::BUILD_DEPENDENCIES } else { "" };
    let manifest = format!(
        "[workspace]\n\n[package]\nname = \"models\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{}\n{build}",
        peer.dependencies
    )
    .replace("PRODUCT", &product.display().to_string());
    let mut text = peer.header.to_owned();
    for model in 0..size {
        text.push_str(&(peer.model)(model));
    }
    put(&folder.join("Cargo.toml"), &manifest);
    put(&folder.join("src/lib.rs"), &text);
    if as_project {
        project::write(&folder);
    }
    folder
}

fn put(file: &Path, text: &str) {
    if std::fs::read_to_string(file).ok().as_deref() != Some(text) {
        std::fs::write(file, text).expect("a file is written");
    }
}

/// What cargo runs for the crate of models alone.
const WRAPPER: &str = "RUSTC_WORKSPACE_WRAPPER";

fn cargo(folder: &Path, command: &str, target: &Path, wrapper: &str, out: &Path) {
    let mut cargo = Command::new("cargo");
    // A crate that asks for a newer compiler may do without.
    cargo.args([command, "--quiet", "--ignore-rust-version"]).current_dir(folder);
    cargo.env("CARGO_TARGET_DIR", target).env("CARGO_INCREMENTAL", "0").stdout(Stdio::null());
    // Cargo's own profile, whatever the caller has set for this build.
    cargo.env_remove("CARGO_PROFILE_DEV_DEBUG").env_remove("RUSTFLAGS");
    cargo.env(OUT, out).env(wrapper, std::env::current_exe().expect("our own path"));
    let status = cargo.status().expect("cargo runs");
    assert!(status.success(), "cargo {command} in {} ended with {status}", folder.display());
}
