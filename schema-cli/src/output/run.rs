//! The progress of the migration runner: lines, and a bar on a terminal.

use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tablewright_database::apply::{Blocker, Event, Observer, Progress, seconds};

use super::out;

/// How often a line is written if there is no terminal for a bar.
const LINE: Duration = Duration::from_secs(10);

/// Shows a person what the runner does.
pub(crate) struct Teller {
    bar: ProgressBar,
    terminal: bool,
    begun: Cell<Instant>,
    told: Cell<Instant>,
    /// The stage that the bar's pace was measured in, and since when.
    stage: RefCell<(String, Instant)>,
    recognised: Cell<bool>,
}

impl Default for Teller {
    fn default() -> Self {
        let target = ProgressDrawTarget::stderr();
        let terminal = !target.is_hidden();
        let bar = ProgressBar::with_draw_target(None, target);
        let now = Instant::now();
        Self {
            bar,
            terminal,
            begun: Cell::new(now),
            told: Cell::new(now),
            stage: RefCell::new((String::new(), now)),
            recognised: Cell::new(false),
        }
    }
}

impl Teller {
    /// Removes the bar.
    pub(crate) fn clear(&self) {
        self.bar.finish_and_clear();
    }

    fn line(&self, text: &str) {
        self.bar.suspend(|| out(&format!("{text}\n")));
    }

    fn progress(&self, progress: &Progress) {
        let mut stage = self.stage.borrow_mut();
        if stage.0 != progress.stage {
            *stage = (progress.stage.clone(), Instant::now());
        }
        let pace = stage.1.elapsed();
        let text = shown(progress, self.begun.get().elapsed(), pace);
        if self.terminal {
            match progress.part {
                Some((done, total)) => {
                    self.bar.set_style(style("{bar:30} {percent:>3} %  {msg}"));
                    self.bar.set_length(total);
                    self.bar.set_position(done);
                }
                None => self.bar.set_style(style("{spinner} {msg}")),
            }
            self.bar.set_message(text);
            self.bar.tick();
        } else if self.told.get().elapsed() >= LINE {
            self.told.set(Instant::now());
            self.line(&format!("    {text}"));
        }
    }
}

fn style(template: &str) -> ProgressStyle {
    // The templates are constants.
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// `building index: scanning table, 400 of 1000 blocks, 200 a second, 3.0 s left; 12 s`
fn shown(progress: &Progress, elapsed: Duration, pace: Duration) -> String {
    let mut text = if progress.stage.is_empty() { "running".to_owned() } else { progress.stage.clone() };
    if let Some((done, total)) = progress.part {
        text.push_str(&format!(", {done} of {total} {}", progress.unit));
        let rate = done.checked_div(pace.as_millis().max(1).try_into().unwrap_or(u64::MAX).div_ceil(1000)).unwrap_or(0);
        if rate > 0 && pace >= Duration::from_secs(1) {
            let left = total.saturating_sub(done) / rate;
            text.push_str(&format!(", {rate} a second, about {} left", seconds(Duration::from_secs(left))));
        }
    }
    text.push_str(&format!("; {}", seconds(elapsed)));
    if let Some(blocker) = progress.blockers.first() {
        text.push_str(&format!("; waiting for {blocker}"));
    }
    text
}

impl Observer for Teller {
    fn event(&self, event: &Event<'_>) {
        match event {
            Event::Waiting { holder } => {
                let who = holder.map_or_else(String::new, |holder: &Blocker| format!(": {holder}"));
                self.line(&format!("another runner is active{who}; waiting for it"));
            }
            Event::Started { name, phase, up } => {
                let now = Instant::now();
                self.begun.set(now);
                self.told.set(now);
                self.recognised.set(false);
                if self.terminal {
                    let phase = phase.filter(|_| *up).map_or_else(String::new, |phase| format!(" ({phase})"));
                    self.bar.set_style(style("{spinner} {msg}"));
                    self.bar.set_message(format!("{name}{phase}"));
                    self.bar.tick();
                }
            }
            Event::Retypes { columns } => {
                let names: Vec<String> = columns.iter().map(|(table, column)| format!("{table}.{column}")).collect();
                self.line(&format!(
                    "    a statement of your own that was prepared before and returns {} fails once on each open connection",
                    names.join(", ")
                ));
            }
            Event::Progress(progress) => self.progress(progress),
            Event::Again { because, blockers, after } => {
                let mut text = format!("    {because}; retrying in {}", seconds(*after));
                for blocker in *blockers {
                    text.push_str(&format!("\n    blocked by: {blocker}"));
                }
                self.line(&text);
            }
            Event::Healed { index } => {
                self.line(&format!("    dropped {index}, which an interrupted build had left INVALID"));
            }
            Event::Recognised { because } => {
                self.recognised.set(true);
                self.line(&format!("    {because}"));
            }
            Event::Finished { name, took } => {
                let done = if self.recognised.get() { "recorded" } else { "done" };
                self.line(&format!("{name}  {done} in {}", seconds(*took)));
            }
            Event::Note(text) => self.line(&format!("note: {text}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_shows_rate_and_time_left() {
        let progress = Progress {
            stage: "filling orders".to_owned(),
            part: Some((4_000, 10_000)),
            unit: "rows",
            blockers: Vec::new(),
        };
        assert_eq!(
            shown(&progress, Duration::from_secs(5), Duration::from_secs(4)),
            "filling orders, 4000 of 10000 rows, 1000 a second, about 6.0 s left; 5.0 s"
        );
        assert_eq!(shown(&Progress::default(), Duration::from_secs(12), Duration::ZERO), "running; 12 s");
    }
}
