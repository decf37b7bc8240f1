//! Indexes that a build left INVALID: dropped where nobody is building them, and waited for where somebody is.

use std::time::{Duration, Instant};

use super::Failed;
use super::event::Event;
use super::file::OneWay;
use super::index::{self, FoundIndex};
use super::run::{Runner, is_transient, jitter};
use super::script::NewIndex;

impl Runner<'_> {
    /// Drops an index that an interrupted build left behind. Returns an intact index of the name.
    pub(super) async fn heal(
        &mut self,
        direction: &OneWay,
        new: &NewIndex,
    ) -> Result<Option<(String, String)>, Failed> {
        if self.connection.is_cockroach() {
            return Ok(None);
        }
        let start = Instant::now();
        loop {
            let failed = self.failed("look for an index");
            match index::find(self.sql(), new).await.map_err(failed)? {
                FoundIndex::Nothing => return Ok(None),
                FoundIndex::Valid { index, definition } => return Ok(Some((index, definition))),
                FoundIndex::Invalid { index } => self.remove(direction, &index, start).await?,
            }
        }
    }

    /// Drops what interrupted runs of `REINDEX CONCURRENTLY` left next to the indexes that it rebuilds.
    pub(super) async fn sweep(&mut self, direction: &OneWay, reindexed: &str) -> Result<(), Failed> {
        if self.connection.is_cockroach() {
            return Ok(());
        }
        let start = Instant::now();
        loop {
            let failed = self.failed("look for what a REINDEX left behind");
            let Some(index) = index::half_rebuilt(self.sql(), reindexed).await.map_err(failed)? else { return Ok(()) };
            self.remove(direction, &index, start).await?;
        }
    }

    /// One step towards an end of an invalid index: waits for who builds it, or drops it.
    async fn remove(&mut self, direction: &OneWay, index: &str, start: Instant) -> Result<(), Failed> {
        let failed = self.failed("see who builds an index");
        if let Some(builder) = index::builder(self.sql(), index).await.map_err(failed)? {
            let (waited, file) = (start.elapsed(), direction.path.clone());
            if waited >= self.settings.wait {
                let event = format!("another session builds {index}");
                return Err(Failed::Stuck { file, waited, event, blockers: vec![builder] });
            }
            if waited < Duration::from_millis(200) {
                self.note(&format!("{index} is being built by {builder}; waiting for it"));
            }
            return self.sleep(jitter(Duration::from_millis(500))).await;
        }
        // It may have been finished between the two looks.
        let failed = self.failed("look for an index");
        if !index::is_invalid(self.sql(), index).await.map_err(failed)? {
            return Ok(());
        }
        let drop = index::drop_text(index);
        if self.interrupt.came() {
            // It waits for every transaction on the table; the next run does it where that takes longer.
            self.raw("SET lock_timeout = '1s'".to_owned()).await.ok();
            if self.raw(drop).await.is_ok() {
                self.observer.event(&Event::Healed { index });
            }
            return Err(Failed::Interrupted { name: self.at.clone() });
        }
        match self.watched(drop).await {
            Ok(()) => {
                self.observer.event(&Event::Healed { index });
                Ok(())
            }
            Err(error) => match self.gave_up(direction) {
                Some(stuck) => Err(stuck),
                None if is_transient(&error) => self.sleep(jitter(Duration::from_millis(200))).await,
                None if self.interrupt.came() => Err(Failed::Interrupted { name: self.at.clone() }),
                None => Err(self.failed("drop an invalid index")(error)),
            },
        }
    }
}
