//! What was read of files, for as long as they stay as they are: an editor keeps one process for many crates, whose files change.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// How a file was when it was read; `None` where there was none.
type Stamp = Option<(Option<SystemTime>, u64)>;

/// By file.
pub(crate) struct Cached<T>(Mutex<BTreeMap<PathBuf, (Stamp, T)>>);

impl<T: Clone> Cached<T> {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(BTreeMap::new()))
    }

    /// What is known of the file, or was read now.
    pub(crate) fn of(&self, file: &Path, read: impl FnOnce() -> T) -> T {
        let stamp = std::fs::metadata(file).ok().map(|metadata| (metadata.modified().ok(), metadata.len()));
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, value)) = known.get(file).filter(|(at, _)| *at == stamp) {
            return value.clone();
        }
        let value = read();
        known.insert(file.to_owned(), (stamp, value.clone()));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::Cached;

    #[test]
    fn files_are_apart_and_read_again_when_they_change() {
        let folder = std::env::temp_dir().join(format!("tablewright-cached-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (one, other) = (folder.join("one"), folder.join("other"));
        let cached = Cached::new();
        let text = |file: &std::path::Path| cached.of(file, || std::fs::read_to_string(file).ok());
        std::fs::write(&one, "1").unwrap();
        assert_eq!((text(&one).as_deref(), text(&other)), (Some("1"), None));
        std::fs::write(&other, "2").unwrap();
        assert_eq!(text(&other).as_deref(), Some("2"), "it came into being");
        std::fs::write(&one, "longer").unwrap();
        assert_eq!(text(&one).as_deref(), Some("longer"));
        std::fs::remove_file(&one).unwrap();
        assert_eq!((text(&one), text(&other).as_deref()), (None, Some("2")));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
