use std::fmt::Write as _;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use schema_core::migrations::{self, Error, Outcome, Request, Written};
use schema_core::parse::scan;
use schema_core::plan::{Allowed, Phase};
use schema_core::report::Report;

use super::Verdict;
use crate::cli::Migrate;
use crate::failure::Failure;
use crate::output::{self, relative};
use crate::package::Package;

pub(super) fn run(package: &Package, arguments: &Migrate) -> Result<Verdict, Failure> {
    let profile = match &package.profile {
        Ok(profile) => profile,
        Err(reports) => return Ok(violations(reports)),
    };
    let scan = match scan::scan(&package.folder, profile) {
        Ok(scan) => scan,
        Err(failure) => return Ok(violations(&failure.reports)),
    };
    let date = match &arguments.date {
        Some(date) => Some(
            migrations::day(date)
                .ok_or_else(|| Failure::new(format!("`{}` is no day", date.escape_debug())).help("--date 20260131"))?,
        ),
        None => migrations::needs_date(profile).then(today),
    };
    let request = Request {
        name: arguments.name.clone(),
        allowed: Allowed {
            drops: arguments.drops.iter().cloned().collect(),
            offline_rename: arguments.offline_rename,
            acknowledged: arguments.acknowledge.iter().cloned().collect(),
            everything: false,
        },
        date,
        by_hand: arguments.empty,
        discard_edits: arguments.discard_edits,
    };
    match migrations::migrate(&package.folder, profile, &scan, &request) {
        Ok(Outcome::Written(written)) => {
            output::out(&told(&written, &package.folder.join(&profile.migrations)));
            Ok(Verdict::Good)
        }
        Ok(Outcome::UpToDate { last }) => {
            output::out(&format!("nothing to do: the models are what {last} made\n"));
            Ok(Verdict::Good)
        }
        Ok(Outcome::Removed { removed }) => {
            let mut text: String =
                removed.iter().map(|file| format!("removed {}\n", relative(file).display())).collect();
            text.push_str("\nthe models are what the last sealed migration made: nothing is left to migrate\n");
            output::out(&text);
            Ok(Verdict::Good)
        }
        Err(error) => failed(error),
    }
}

/// An error of the migrations, as every command shows it.
pub(super) fn failed(error: Error) -> Result<Verdict, Failure> {
    match error {
        Error::Violations(reports) => Ok(violations(&reports)),
        Error::Refused { message, help } => Err(Failure::new(message).help(help)),
        Error::Io(error) => Err(Failure::new(error.to_string())),
    }
}

fn violations(reports: &[Report]) -> Verdict {
    output::violations(reports);
    Verdict::Violations
}

fn told(written: &Written, folder: &Path) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    for file in &written.files {
        let _ = writeln!(text, "wrote {}", relative(file).display());
    }
    for file in &written.removed {
        let _ = writeln!(text, "removed {}", relative(file).display());
    }
    text.push('\n');
    if written.by_hand {
        text.push_str(
            "Write the statements into the two files. schema.lock records that they make what the models say now; \
             `cargo schema verify` proves it. Then: cargo schema seal\n",
        );
        return text;
    }
    for (name, phase, what) in &written.migrations {
        let what: String =
            if what.chars().count() > 160 { what.chars().take(159).chain(['…']).collect() } else { what.clone() };
        let _ = writeln!(text, "{name} ({phase}) {what}");
    }
    let source = relative(folder);
    let source =
        if source == Path::new("migrations") { String::new() } else { format!(" --source {}", source.display()) };
    let _ = writeln!(text, "\nLook at it, then: sqlx migrate run{source}");
    if written.migrations.iter().any(|(_, phase, _)| *phase == Phase::Contract) {
        text.push_str("What is marked `contract` comes after the old release of the program is gone.\n");
    }
    text.push_str(
        "It is written anew as the models change, until: cargo schema seal\nA database that has it already goes back before that: \
         sqlx migrate revert\n",
    );
    text
}

/// Today, in UTC, as `YYYYMMDD`.
fn today() -> u32 {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    civil(seconds / 86_400)
}

/// A day since 1970 as `YYYYMMDD`: <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>.
fn civil(days: u64) -> u32 {
    let z = days + 719_468;
    let (era, of_era) = (z / 146_097, z % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    u32::try_from(year * 10_000 + month * 100 + day).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (days, date) in
            [(0, 19_700_101), (59, 19_700_301), (11_016, 20_000_229), (20_454, 20_260_101), (47_541, 21_000_301)]
        {
            assert_eq!(civil(days), date);
            assert_eq!(migrations::day(&date.to_string()), Some(date));
        }
    }
}
