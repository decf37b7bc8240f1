//! `with-database -- COMMAND…`: runs a command with `DATABASE_URL` pointing at a fresh database.

use std::error::Error;
use std::os::unix::process::ExitStatusExt;
use std::process::{ExitCode, ExitStatus};

use rustix::process::{Pid, Signal, kill_process};
use tablewright_tempdb::Server;
use tokio::process::Command;
use tokio::signal::unix::{SignalKind, signal};

const USAGE: &str = "usage: with-database [--] COMMAND [ARGUMENT…]
Runs COMMAND with DATABASE_URL pointing at a fresh, empty PostgreSQL database, dropped when COMMAND ends.
The exit code is that of COMMAND. The server: DATABASE_URL, or PG_BIN, or an installed one, or a downloaded one.";

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).peekable();
    arguments.next_if(|argument| argument == "--");
    let command: Vec<_> = arguments.collect();
    if command.is_empty() || command[0] == "--help" {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    }
    match run(&command) {
        Ok(status) => ExitCode::from(code(status)),
        Err(error) => {
            eprintln!("with-database: {error}");
            ExitCode::from(125)
        }
    }
}

/// As a shell gives it: 128 and the signal's number, for a command that a signal ended.
fn code(status: ExitStatus) -> u8 {
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}

fn run(command: &[std::ffi::OsString]) -> Result<ExitStatus, Box<dyn Error>> {
    let database = Server::start()?.create_database("with_database")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        // We outlive the command whatever signal we get, or its database would be dropped while it still cleans up.
        // Ctrl-c reaches the command through the terminal; the others are sent only to us.
        let handled = [
            (signal(SignalKind::interrupt())?, None),
            (signal(SignalKind::terminate())?, Some(Signal::TERM)),
            (signal(SignalKind::hangup())?, Some(Signal::HUP)),
        ];
        let mut child = Command::new(&command[0])
            .args(&command[1..])
            .env("DATABASE_URL", database.url())
            .spawn()
            .map_err(|error| format!("cannot run {}: {error}", command[0].display()))?;
        let pid = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
        for (mut signals, passed_on) in handled {
            tokio::spawn(async move {
                while signals.recv().await.is_some() {
                    if let (Some(pid), Some(passed_on)) = (pid, passed_on) {
                        let _ = kill_process(pid, passed_on);
                    }
                }
            });
        }
        Ok(child.wait().await?)
    })
}
