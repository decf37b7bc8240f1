//! What is run again when the database asks for it, and how patiently.

use std::collections::hash_map::RandomState;
use std::error::Error as StdError;
use std::hash::{BuildHasher as _, Hasher as _};
use std::time::Duration;

use sqlx::error::DatabaseError;
use sqlx::postgres::PgDatabaseError;

/// How often, and how patiently, [`transaction`](crate::transaction()) tries.
///
/// ```
/// use std::time::Duration;
/// use tablewright::Retry;
///
/// let patient = Retry { attempts: 20, longest: Duration::from_secs(5), ..Retry::default() };
/// assert_eq!(patient.pause, Duration::from_millis(10));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    /// How often the work is run at most: 5.
    pub attempts: u32,
    /// The longest pause before the second attempt: 10 ms. It doubles from attempt to attempt.
    pub pause: Duration,
    /// The longest pause of all: 1 s.
    pub longest: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Self { attempts: 5, pause: Duration::from_millis(10), longest: Duration::from_secs(1) }
    }
}

/// The attempts at one piece of work.
pub(crate) struct Attempts {
    retry: Retry,
    done: u32,
}

impl Attempts {
    pub(crate) fn new(retry: Retry) -> Self {
        Self { retry, done: 1 }
    }

    /// Whether there is another one. It begins after a pause: anything up to twice the last one, so that those who met
    /// once do not meet again.
    pub(crate) async fn another(&mut self) -> bool {
        if self.done >= self.retry.attempts {
            return false;
        }
        sqlx::__rt::sleep(self.retry.pause_after(self.done)).await;
        self.done += 1;
        true
    }
}

impl Retry {
    fn pause_after(&self, attempt: u32) -> Duration {
        let most = self.pause.saturating_mul(2_u32.saturating_pow(attempt - 1)).min(self.longest);
        // Each `RandomState` has its own keys: this needs no library for one random number.
        let random = RandomState::new().build_hasher().finish();
        most.mul_f64(f64::from(u32::try_from(random >> 32).unwrap_or(u32::MAX)) / f64::from(u32::MAX))
    }
}

/// Whether the error, or one that it comes from, says that the transaction may be run again.
///
/// ```
/// use tablewright::{may_run_again, sqlx};
///
/// assert!(!may_run_again(&sqlx::Error::RowNotFound));
/// ```
#[must_use]
pub fn may_run_again(error: &(dyn StdError + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        let code = if let Some(sqlx::Error::Database(error)) = error.downcast_ref::<sqlx::Error>() {
            error.code().map(std::borrow::Cow::into_owned)
        } else if let Some(error) = error.downcast_ref::<Box<dyn DatabaseError>>() {
            error.code().map(std::borrow::Cow::into_owned)
        } else {
            error.downcast_ref::<PgDatabaseError>().map(|error| error.code().to_owned())
        };
        if let Some(code) = code {
            return code == "40001" || code == "40P01";
        }
        next = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_are_bounded() {
        let retry = Retry::default();
        for attempt in 1..80 {
            let pause = retry.pause_after(attempt);
            assert!(pause <= retry.longest && pause <= retry.pause * 2_u32.saturating_pow(attempt - 1));
        }
    }
}
