//! `cargo schema revert`: runs ways down.

use tablewright_database::apply::{self, Back, Step};

use super::Verdict;
use super::apply::{block_on, ready};
use crate::cli::Revert;
use crate::failure::Problem;
use crate::output::{self, Teller};
use crate::package::Package;

pub(super) fn run(package: &Package, arguments: &Revert) -> Result<Verdict, Problem> {
    let (profile, url) = ready(package, arguments.url.as_deref())?;
    let settings = apply::Settings {
        wait: arguments.wait,
        lock_timeout: profile.timeouts.lock.clone(),
        ..apply::Settings::default()
    };
    let folder = package.folder.join(&profile.migrations);
    let back = arguments.to.map_or(Back::One, Back::To);
    block_on(async {
        let files = apply::files(&folder).await?;
        if arguments.dry_run {
            let list = apply::revertible(&url, &files, back).await?;
            output::out(&planned(&list));
            return Ok(());
        }
        let teller = Teller::default();
        let reverted = apply::revert(&url, &files, back, arguments.accept_loss, &settings, &teller).await;
        teller.clear();
        let text = match reverted?.len() {
            0 => "nothing to revert\n".to_owned(),
            1 => "reverted 1 migration\n".to_owned(),
            count => format!("reverted {count} migrations\n"),
        };
        output::out(&text);
        Ok(())
    })?;
    Ok(Verdict::Good)
}

fn planned(steps: &[Step]) -> String {
    if steps.is_empty() {
        return "nothing to revert\n".to_owned();
    }
    let mut text = String::new();
    for step in steps {
        text.push_str(&format!("would revert {}\n", step.name));
        if let Some(half) = &step.underway {
            text.push_str(&format!("    underway: {half}\n"));
        }
        if let Some(loss) = &step.loses {
            text.push_str(&format!("    lost: {}\n", loss.trim_end_matches('.')));
        }
    }
    text
}
