//! CPU time and peak memory of child processes, as the kernel counts them.

use std::path::Path;
use std::process::{Command, ExitCode};

/// User and system time in seconds, peak resident memory in MiB.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    pub cpu: f64,
    pub memory: f64,
}

impl Usage {
    pub fn read(file: &Path) -> Self {
        let text = std::fs::read_to_string(file).expect("rustc was called through the wrapper");
        let mut numbers = text.split_whitespace().map(|number| number.parse().expect("a number"));
        Self { cpu: numbers.next().expect("seconds"), memory: numbers.next().expect("MiB") }
    }
}

/// The median of each figure.
pub fn median(usages: &[Usage]) -> Usage {
    let middle = |mut numbers: Vec<f64>| {
        numbers.sort_by(f64::total_cmp);
        numbers[numbers.len() / 2]
    };
    Usage {
        cpu: middle(usages.iter().map(|usage| usage.cpu).collect()),
        memory: middle(usages.iter().map(|usage| usage.memory).collect()),
    }
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

/// Runs rustc, and writes what it used.
pub fn wrap(out: &Path, rustc: &str, arguments: &[String]) -> ExitCode {
    let status = Command::new(rustc).args(arguments).status().expect("rustc runs");
    let usage = children();
    // Cargo asks rustc for its version and targets too; those calls name no crate.
    if arguments.iter().any(|argument| argument == "--crate-name") && arguments.iter().any(|a| a == "models") {
        std::fs::write(out, format!("{} {}", usage.cpu, usage.memory)).expect("the usage is written");
    }
    if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
