//! Ctrl-C and SIGTERM end the running statement, and the runner leaves nothing half done.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::Notify;

use super::Failed;

/// How long a run may take to end after a signal. Whoever stops a container gives it ten seconds.
const GRACE: Duration = Duration::from_secs(5);

/// Whether the run is to end.
#[derive(Clone, Debug)]
pub(super) struct Interrupt(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    told: AtomicBool,
    notify: Notify,
    gone: AtomicBool,
    given_up: Notify,
}

impl Interrupt {
    /// One that never comes.
    pub(super) fn never() -> Self {
        Self(Arc::default())
    }

    /// Waits for signals. The second one ends the process.
    pub(super) fn listen() -> Self {
        let interrupt = Self::never();
        let told = interrupt.clone();
        tokio::spawn(async move {
            if signal().await.is_some() {
                told.0.told.store(true, Ordering::Relaxed);
                told.0.notify.notify_waiters();
                if signal().await.is_some() {
                    std::process::exit(130);
                }
            }
        });
        interrupt
    }

    /// The outcome of a run, unless the server no longer answers it: then its connections are dropped.
    pub(super) async fn bounded<T>(&self, run: impl Future<Output = Result<T, Failed>>) -> Result<T, Failed> {
        tokio::select! {
            biased;
            result = run => result,
            () = self.overdue() => Err(Failed::Unanswered { interrupted: self.came() }),
        }
    }

    async fn overdue(&self) {
        let after_signal = async {
            self.wait().await;
            tokio::time::sleep(GRACE).await;
        };
        let given_up = self.0.given_up.notified();
        if !self.0.gone.load(Ordering::Relaxed) {
            tokio::select! {
                () = after_signal => {}
                () = given_up => {}
            }
        }
    }

    /// There is nobody to wait for any longer.
    pub(super) fn give_up(&self) {
        self.0.gone.store(true, Ordering::Relaxed);
        self.0.given_up.notify_waiters();
    }

    pub(super) fn came(&self) -> bool {
        self.0.told.load(Ordering::Relaxed)
    }

    /// Ends when the signal comes.
    pub(super) async fn wait(&self) {
        let notified = self.0.notify.notified();
        if !self.came() {
            notified.await;
        }
    }
}

#[cfg(unix)]
async fn signal() -> Option<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).ok()?;
    let mut interrupt = signal(SignalKind::interrupt()).ok()?;
    tokio::select! {
        came = terminate.recv() => came,
        came = interrupt.recv() => came,
    }
}

#[cfg(not(unix))]
async fn signal() -> Option<()> {
    tokio::signal::ctrl_c().await.ok()
}
