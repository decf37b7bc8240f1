//! `cargo schema`: checks a package's models and writes its migrations, without compiling it.

mod cli;
mod commands;
mod failure;
mod file;
mod output;
mod package;
mod source;

use std::process::ExitCode;

use clap::Parser as _;

use failure::Problem;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let what = panic.payload_as_str().unwrap_or("unknown");
        output::error(&format!(
            "this is a bug in cargo-schema {}, please report it: {what} ({place})",
            env!("CARGO_PKG_VERSION")
        ));
    }));
    let mut arguments: Vec<std::ffi::OsString> = std::env::args_os().collect();
    // Cargo passes the subcommand's name as the first argument.
    if arguments.get(1).is_some_and(|word| word == "schema") {
        arguments.remove(1);
    }
    let arguments = cli::Arguments::parse_from(arguments);
    let result = std::panic::catch_unwind(|| commands::run(&arguments));
    ExitCode::from(match result {
        Ok(Ok(commands::Verdict::Good)) => 0,
        Ok(Ok(commands::Verdict::Violations)) => 1,
        Ok(Err(Problem::Violations(reports))) => {
            output::violations(&reports);
            1
        }
        Ok(Err(Problem::Failure(failure))) => {
            failure.print();
            2
        }
        Err(_) => 2,
    })
}
