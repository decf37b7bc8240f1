//! CPU time and peak memory of child processes, as the kernel counts them.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, ExitCode};

/// User and system time in seconds, peak resident memory in MiB.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    pub cpu: f64,
    pub memory: f64,
}

impl Usage {
    /// What both used, one after the other.
    pub fn with(self, other: Self) -> Self {
        Self { cpu: self.cpu + other.cpu, memory: self.memory.max(other.memory) }
    }
}

/// What rustc used for each crate; those of one name (two versions, a library and its build script) are added up.
pub fn read(file: &Path) -> BTreeMap<String, Usage> {
    let text = std::fs::read_to_string(file).expect("rustc was called through the wrapper");
    let mut all = BTreeMap::new();
    for line in text.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let [name, cpu, memory] = words[..] else { panic!("three words: {line}") };
        let found: &mut Usage = all.entry(name.to_owned()).or_insert(Usage { cpu: 0.0, memory: 0.0 });
        found.cpu += cpu.parse::<f64>().expect("seconds");
        found.memory = found.memory.max(memory.parse().expect("MiB"));
    }
    all
}

/// The value below which `part` of the values lie.
pub fn quantile(values: &[f64], part: f64) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values[((values.len() - 1) as f64 * part).round() as usize]
}

pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// What all children that have ended used, their own children included.
pub fn children() -> Usage {
    // SAFETY: `getrusage` fills the struct that it is given; all zeros is a valid one.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        libc::getrusage(libc::RUSAGE_CHILDREN, &raw mut usage);
        usage
    };
    #[allow(clippy::cast_precision_loss)]
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    #[allow(clippy::cast_precision_loss)]
    let memory = usage.ru_maxrss as f64 / 1024.0;
    Usage { cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime), memory }
}

/// Runs rustc, and adds a line to `out`: the crate, CPU seconds, MiB.
pub fn wrap(out: &Path, rustc: &str, arguments: &[String]) -> ExitCode {
    let status = Command::new(rustc).args(arguments).status().expect("rustc runs");
    let usage = children();
    // Cargo asks rustc for its version and targets too; those calls name no crate.
    let name = arguments.iter().skip_while(|argument| *argument != "--crate-name").nth(1);
    if let Some(name) = name.filter(|name| *name != "___") {
        let mut file = OpenOptions::new().create(true).append(true).open(out).expect("the usage is written");
        // One write, so that lines of crates that are built at the same time do not mix.
        file.write_all(format!("{name} {} {}\n", usage.cpu, usage.memory).as_bytes()).expect("the usage is written");
    }
    if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
