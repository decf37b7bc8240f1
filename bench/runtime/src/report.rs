//! The tables that are printed.

use crate::Peer;
use crate::clock::{median, quantile};
use crate::runner::{Kind, Sample};
use crate::work::Mode;

/// One kind of call in one mode.
pub struct Row {
    pub kind: Kind,
    pub mode: Mode,
    /// For each peer its rounds.
    pub measured: Vec<Vec<Sample>>,
    /// For each peer the instructions of a call.
    pub counted: Option<Vec<Option<f64>>>,
}

impl Row {
    fn name(&self) -> String {
        format!("{}, {}", self.kind.name(), self.mode.name())
    }
}

/// Microseconds of client CPU of a call, by round.
fn costs(samples: &[Sample]) -> Vec<f64> {
    samples.iter().map(|sample| sample.cpu * 1e6 / sample.calls as f64).collect()
}

/// The versions of what is compared, of one kind each: the lock file of this workspace says them.
fn versions() -> String {
    const LOCK: &str = include_str!("../../Cargo.lock");
    let version = |name: &str| {
        let (_, rest) = LOCK.split_once(&format!("name = \"{name}\"\nversion = \""))?;
        Some(format!("{name} {}", rest.split_once('"')?.0))
    };
    ["sqlx", "tokio-postgres", "diesel", "diesel-async", "sea-orm", "tokio"]
        .iter()
        .filter_map(|name| version(name))
        .collect::<Vec<_>>()
        .join(", ")
}

/// `Interleaved rounds: 240 of 50 calls (get by id, insert)`.
fn rounds(rows: &[Row]) -> String {
    let mut kinds: Vec<((usize, usize), Vec<&str>)> = Vec::new();
    for row in rows {
        let samples = &row.measured[0];
        let size = (samples.len(), samples.first().map_or(0, |sample| sample.calls));
        match kinds.iter_mut().find(|(known, _)| *known == size) {
            Some((_, names)) if names.contains(&row.kind.name()) => {}
            Some((_, names)) => names.push(row.kind.name()),
            None => kinds.push((size, vec![row.kind.name()])),
        }
    }
    let kinds = kinds.iter().map(|((rounds, calls), names)| format!("{rounds} of {calls} ({})", names.join(", ")));
    format!("Interleaved rounds, and calls in each: {}", kinds.collect::<Vec<_>>().join("; "))
}

/// `server` is the server's own version.
pub fn print(peers: &[&Peer], rows: &[Row], server: &str) {
    println!("PostgreSQL {server}; {}. {}.", versions(), rounds(rows));
    println!();
    let heads = |first: &str| {
        println!("| call | {first} | {} |", peers[1..].iter().map(|peer| peer.name).collect::<Vec<_>>().join(" | "));
        println!("|---|{}", "---:|".repeat(peers.len()));
    };

    println!("### Client CPU");
    println!();
    heads("sqlx, µs a call");
    for row in rows {
        let yard = costs(&row.measured[0]);
        let cells = row.measured[1..].iter().map(|samples| {
            // Round by round: what disturbs a round disturbs both.
            let ratios: Vec<f64> = costs(samples).iter().zip(&yard).map(|(cost, yard)| cost / yard).collect();
            let (low, middle, high) = (quantile(&ratios, 0.25), median(&ratios), quantile(&ratios, 0.75));
            format!("{middle:.2} ({low:.2} to {high:.2})")
        });
        println!("| {} | {:.1} | {} |", row.name(), median(&yard), cells.collect::<Vec<_>>().join(" | "));
    }
    println!();

    if rows.iter().any(|row| row.counted.iter().flatten().any(Option::is_some)) {
        println!("### Instructions");
        println!();
        heads("sqlx, thousands a call");
        for row in rows {
            let Some(counted) = &row.counted else { continue };
            let Some(yard) = counted[0] else { continue };
            let cells =
                counted[1..].iter().map(|count| count.map_or("?".to_owned(), |count| format!("{:.3}", count / yard)));
            println!("| {} | {:.1} | {} |", row.name(), yard / 1e3, cells.collect::<Vec<_>>().join(" | "));
        }
        println!();
    }

    println!("### Latency, median and 99th percentile in µs");
    println!();
    heads("sqlx");
    for row in rows {
        let cells = row.measured.iter().map(|samples| {
            let all: Vec<f64> = samples.iter().flat_map(|sample| &sample.latencies).map(|time| time * 1e6).collect();
            format!("{:.0}, {:.0}", median(&all), quantile(&all, 0.99))
        });
        println!("| {} | {} |", row.name(), cells.collect::<Vec<_>>().join(" | "));
    }
    let eight: Vec<&Row> = rows.iter().filter(|row| row.kind == Kind::Eight).collect();
    if !eight.is_empty() {
        println!();
        println!("### Eight connections, calls a second");
        println!();
        heads("sqlx");
        for row in eight {
            let cells = row.measured.iter().map(|samples| {
                let speeds: Vec<f64> = samples.iter().map(|sample| sample.calls as f64 / sample.wall).collect();
                format!("{:.0}", median(&speeds))
            });
            println!("| {} | {} |", row.name(), cells.collect::<Vec<_>>().join(" | "));
        }
    }
}
