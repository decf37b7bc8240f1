//! The way back: which migrations are reverted, and how.

use std::collections::BTreeMap;
use std::time::Instant;

use super::event::{Observer, Silent};
use super::file::File;
use super::interrupt::Interrupt;
use super::run::Runner;
use super::table::Applied;
use super::underway::{HalfDone, Underway};
use super::{Failed, Settings, Turn, refusal};

/// Which migrations are reverted: the last one, or all after a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// The last one.
    One,
    /// All after this version; 0 reverts everything.
    To(i64),
}

/// A migration that [`revert`] would revert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub name: String,
    /// What the way down says that it loses.
    pub loses: Option<String>,
    /// How far the way down is, if it was started.
    pub underway: Option<HalfDone>,
}

/// What [`revert`] would revert, in that order.
///
/// # Errors
/// See [`Failed`].
pub async fn revertible(url: &str, files: &[File], back: Back) -> Result<Vec<Step>, Failed> {
    let settings = Settings::default();
    let mut runner = Runner::connect(url, &settings, &Silent, Interrupt::never()).await?;
    let applied = runner.applied(files, false).await?;
    let (underway, _) = runner.marked(files, &applied).await?;
    runner.close().await;
    let steps = to_take_back(files, &applied, &underway, back)?.into_iter().map(|file| Step {
        name: file.name.clone(),
        loses: file.loses(),
        underway: underway.down.iter().find(|(half, _)| half.version == file.version).map(|(_, half)| half.clone()),
    });
    Ok(steps.collect())
}

/// What was started comes first: it counts as the one step, whatever else the database has.
fn to_take_back<'f>(
    files: &'f [File],
    applied: &BTreeMap<i64, Applied>,
    underway: &Underway<'f>,
    back: Back,
) -> Result<Vec<&'f File>, Failed> {
    let begun: Vec<&File> = underway.down.iter().map(|(file, _)| *file).collect();
    match back {
        Back::One if !begun.is_empty() => return Ok(begun.into_iter().take(1).collect()),
        Back::To(to) => {
            if let Some((_, half)) = underway.down.iter().find(|(file, _)| file.version <= to) {
                return Err(Failed::RevertUnderway(Box::new(half.clone())));
            }
        }
        Back::One => {}
    }
    let rest = chosen(files, applied, back)?.into_iter();
    let rest: Vec<&File> = rest.filter(|file| begun.iter().all(|it| it.version != file.version)).collect();
    Ok(begun.into_iter().chain(rest).collect())
}

fn chosen<'f>(files: &'f [File], applied: &BTreeMap<i64, Applied>, back: Back) -> Result<Vec<&'f File>, Failed> {
    let backward = || files.iter().rev().filter(|file| applied.contains_key(&file.version));
    match back {
        Back::One => Ok(backward().take(1).collect()),
        Back::To(to) if to == 0 || files.iter().any(|file| file.version == to) => {
            Ok(backward().take_while(|file| file.version > to).collect())
        }
        Back::To(version) => {
            Err(Failed::NoSuchVersion { version, last: backward().next().map(|file| file.name.clone()) })
        }
    }
}

/// Reverts migrations, the last first. `accept_loss` allows those whose headers say that they lose rows.
///
/// # Errors
/// See [`Failed`].
pub async fn revert(
    url: &str,
    files: &[File],
    back: Back,
    accept_loss: bool,
    settings: &Settings,
    observer: &dyn Observer,
) -> Result<Vec<String>, Failed> {
    let interrupt = Interrupt::listen();
    let runner = Runner::connect(url, settings, observer, interrupt.clone());
    interrupt.bounded(Box::pin(revert_all(runner, files, back, accept_loss))).await
}

async fn revert_all<'a>(
    connecting: impl Future<Output = Result<Runner<'a>, Failed>>,
    files: &[File],
    back: Back,
    accept_loss: bool,
) -> Result<Vec<String>, Failed> {
    let mut runner = connecting.await?;
    let deadline = Instant::now().checked_add(runner.settings.wait);
    let mut reverted = Vec::new();
    // What was chosen stays chosen, even if it has to be resumed.
    let mut steps = None;
    loop {
        runner.lock(deadline).await?;
        let result = down(&mut runner, files, back, &mut steps, accept_loss, &mut reverted).await;
        runner.note_lifted(files).await;
        match runner.unlock(result).await? {
            Turn::GiveWay => runner.pause().await?,
            Turn::Done => break,
        }
    }
    runner.close().await;
    Ok(reverted)
}

async fn down<'f>(
    runner: &mut Runner<'_>,
    files: &'f [File],
    back: Back,
    steps: &mut Option<Vec<&'f File>>,
    accept_loss: bool,
    reverted: &mut Vec<String>,
) -> Result<Turn, Failed> {
    let applied = runner.applied(files, true).await?;
    let underway = runner.underway(files, &applied).await?;
    underway.has_files()?;
    for (file, _) in &underway.up {
        if runner.run(file, true).await? == Turn::GiveWay {
            return Ok(Turn::GiveWay);
        }
    }
    let applied = runner.applied(files, true).await?;
    let chosen = match steps {
        Some(steps) => steps.clone(),
        None => steps.insert(to_take_back(files, &applied, &underway, back)?).clone(),
    };
    let chosen: Vec<&File> = chosen.into_iter().filter(|file| applied.contains_key(&file.version)).collect();
    if let Some(file) = chosen.iter().find(|file| file.down.is_none()) {
        return Err(Failed::NoWayDown { name: file.name.clone() });
    }
    refusal::check(chosen.iter().filter_map(|file| file.down.as_ref()))?;
    let losses = chosen.iter().filter_map(|file| Some((file.name.clone(), file.loses()?)));
    let losses: Vec<(String, String)> = losses.collect();
    if !losses.is_empty() && !accept_loss {
        return Err(Failed::Loses { losses });
    }
    runner.sees_rows(&chosen, false).await?;
    for file in chosen {
        if runner.run(file, false).await? == Turn::GiveWay {
            return Ok(Turn::GiveWay);
        }
        reverted.push(file.name.clone());
    }
    runner.tidy().await?;
    Ok(Turn::Done)
}
