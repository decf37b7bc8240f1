//! A throw-away cluster: one server process and the watchdog that ends it.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::error::{Error, IoContext, tail};
use crate::find::Programs;
use crate::folder::Folder;
use crate::privileges::{Account, server_command};
use crate::template::Template;

const PATIENCE: Duration = Duration::from_mins(1);

/// Nothing here is worth surviving a crash. Many small pools at once are the rule in tests. The log may grow as it does
/// by default, which small segments would keep it from. Queries over the catalog cost enough by estimate to be compiled, which takes
/// a hundred times as long as they do.
const SETTINGS: [&str; 11] = [
    "listen_addresses=",
    "port=5432",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "jit=off",
    "max_wal_size=1GB",
    "max_connections=300",
    "timezone=UTC",
    "log_timezone=UTC",
    "logging_collector=off",
];

/// The server's parent. It waits on a pipe that only our process holds open, so the pipe ends when our process ends,
/// whatever ends it: a return from `main`, a panic, ctrl-c, SIGKILL. A signal handler or `atexit` would miss the last,
/// and `PR_SET_PDEATHSIG` would act at the end of the thread that started the server.
const WATCHDOG: &str = r#"
folder=$1; shift
exec 3<&0 </dev/null
"$@" >>"$folder/server.log" 2>&1 3<&- &
server=$!
{ read -r _ <&3; : >"$folder/stop"; kill -QUIT "$server"; } &
reader=$!
exec 3<&-
wait "$server"
status=$?
kill "$reader"
if [ -e "$folder/stop" ]; then rm -rf "$folder"; fi
exit "$status"
"#;

/// A running cluster; it stops, and its folder goes, when it is dropped or the process ends.
pub(crate) struct Cluster {
    // Dropped after the server has ended, by the order in `Drop`.
    folder: Folder,
    watchdog: Mutex<Child>,
}

impl Cluster {
    pub(crate) fn start(programs: &Programs, cache: &Path, account: Option<Account>) -> Result<Self, Error> {
        let template = Template::of(programs, cache);
        let folder = Folder::create(account)?;
        let cached = template.put(&folder.data(), account)?;
        match Self::launch(folder, programs, account) {
            Err(Error::Start { .. }) if cached => {
                template.discard()?;
                let folder = Folder::create(account)?;
                template.put(&folder.data(), account)?;
                Self::launch(folder, programs, account)
            }
            result => result,
        }
    }

    fn launch(folder: Folder, programs: &Programs, account: Option<Account>) -> Result<Self, Error> {
        let shell = Path::new("/bin/sh");
        let mut command = server_command(shell, account);
        command.args(["-c", WATCHDOG, "tablewright-watchdog"]).arg(folder.path());
        command.arg(programs.bin.join("postgres")).arg("-D").arg(folder.data());
        command.arg("-k").arg(folder.path());
        command.args(SETTINGS.iter().flat_map(|setting| ["-c", setting]));
        // Its own group: the terminal's ctrl-c and a test runner's kill must leave it to clean up.
        command.process_group(0);
        // An inherited output would keep whoever reads ours waiting.
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let watchdog = command.spawn().context("run", shell)?;
        let cluster = Self { folder, watchdog: Mutex::new(watchdog) };
        cluster.wait_until_ready(&programs.bin)?;
        Ok(cluster)
    }

    pub(crate) fn socket_folder(&self) -> &Path {
        self.folder.path()
    }

    fn wait_until_ready(&self, bin: &Path) -> Result<(), Error> {
        let started = Instant::now();
        let status_file = self.folder.data().join("postmaster.pid");
        let failed = |reason: String| {
            let log = fs::read_to_string(self.folder.log()).unwrap_or_default();
            Error::Start { bin: bin.to_owned(), reason, log: tail(&log) }
        };
        loop {
            // The eighth line is the server's own word on its state, earlier than any connection could find out.
            let status = fs::read_to_string(&status_file).unwrap_or_default();
            if status.lines().nth(7).is_some_and(|line| line.trim() == "ready") {
                return Ok(());
            }
            if let Some(exit) = self.exit_status().context("watch the server in", self.folder.path())? {
                return Err(failed(format!("it ended at once ({exit})")));
            }
            if started.elapsed() > PATIENCE {
                return Err(failed(format!("it was not ready after {} seconds", PATIENCE.as_secs())));
            }
            sleep(Duration::from_millis(2));
        }
    }

    fn exit_status(&self) -> std::io::Result<Option<ExitStatus>> {
        self.watchdog.lock().unwrap_or_else(PoisonError::into_inner).try_wait()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let watchdog = self.watchdog.get_mut().unwrap_or_else(PoisonError::into_inner);
        drop(watchdog.stdin.take());
        let _ = watchdog.wait();
    }
}
