//! `cargo schema diff`: what leads from one schema to another, as words or as SQL.

use std::fs;
use std::path::Path;

use tablewright_core::config::Profile;
use tablewright_core::diff::Pair;
use tablewright_core::listing;
use tablewright_core::migrations;
use tablewright_core::parse::scan::Scan;
use tablewright_core::plan::{self, Allowed};
use tablewright_core::report::Report;
use tablewright_core::schema::Schema;
use tablewright_database::{Access, Connection, Introspection, Options, Unheld};

use super::Verdict;
use crate::cli::Diff;
use crate::failure::{Failure, Problem};
use crate::output::{self, relative};
use crate::package::{Package, unread};
use crate::source::{self, Source};

/// Two schemas in one spelling.
struct Sides {
    from: Schema,
    to: Schema,
    /// Where the models are in the source, if they are the target.
    scan: Option<Scan>,
    /// What only one of two databases has, and no schema can express.
    unheld: Vec<String>,
}

/// One side, before both are brought to one spelling.
enum Side {
    /// A schema as people write it.
    Written(Schema, Option<Scan>),
    Live(Box<Connection>, Introspection),
}

pub(super) fn run(package: Option<&Package>, arguments: &Diff) -> Result<Verdict, Problem> {
    let default = Profile::default();
    let profile = match package {
        Some(package) => package.profile()?,
        None => &default,
    };
    let sides = tablewright_database::run(sides(package, arguments, profile))?;
    let pair = Pair::new(&sides.from, &sides.to);
    let changes = pair.changes();
    if changes.is_empty() && sides.unheld.is_empty() {
        output::out("no difference\n");
        return Ok(Verdict::Good);
    }
    let mut lines: Vec<String> = Vec::new();
    for change in &changes {
        let difference = change.difference();
        let at = difference.place.as_ref().and_then(|place| Some(sides.scan.as_ref()?.locate(place)));
        let at = at.filter(|at| !at.is_whole()).map(|at| {
            let (line, column) = at.start();
            format!(" ({}:{line}:{column})", relative(&at.file).display())
        });
        lines.push(format!("{}{}", difference.text(), at.unwrap_or_default()));
    }
    lines.extend(sides.unheld.iter().cloned());
    output::out(&listing::lines(&lines, "", output::rest(arguments.all)));
    let Some(folder) = &arguments.sql else { return Ok(Verdict::Violations) };
    if !sides.unheld.is_empty() && !arguments.partial {
        return Err(Failure::new(
            "no files were written: models cannot express some of it, so the plan would be incomplete",
        )
        .help("make these changes by hand, and plan the rest with --partial")
        .into());
    }
    write(&sides, arguments, profile, folder)?;
    Ok(Verdict::Good)
}

async fn sides(package: Option<&Package>, arguments: &Diff, profile: &Profile) -> Result<Sides, Problem> {
    let options = Options::of(&arguments.schemas);
    let from = side(package, &arguments.from, &options, Access::Read).await?;
    let to = side(package, &arguments.to, &options, Access::Read).await?;
    Ok(match (from, to) {
        (Side::Written(from, _), Side::Written(to, scan)) => Sides { from, to, scan, unheld: Vec::new() },
        (Side::Live(mut connection, found), Side::Written(to, scan)) => {
            let spelled = tablewright_database::canonical(&mut connection, &to, profile, &options).await?;
            let from = tablewright_database::align(&to, &spelled.schema, &found.schema);
            Sides { from, to, scan, unheld: Vec::new() }
        }
        (Side::Written(from, _), Side::Live(mut connection, found)) => {
            let spelled = tablewright_database::canonical(&mut connection, &from, profile, &options).await?;
            let to = tablewright_database::align(&from, &spelled.schema, &found.schema);
            Sides { from, to, scan: None, unheld: Vec::new() }
        }
        (Side::Live(_, from), Side::Live(mut connection, to)) => {
            let unheld = unheld(&from.unheld, &to.unheld);
            let direct = Pair::new(&from.schema, &to.schema).changes().is_empty();
            let (from, to) = if direct {
                (from.schema, to.schema)
            } else {
                respelled(&mut connection, from, to, profile, &options).await?
            };
            Sides { from, to, scan: None, unheld }
        }
    })
}

async fn side(package: Option<&Package>, source: &Source, options: &Options, access: Access) -> Result<Side, Problem> {
    let needed = || {
        package.ok_or_else(|| {
            Failure::new("there is no package here whose models could be read")
                .help("cargo schema -C path/to/package …")
        })
    };
    Ok(match source {
        Source::Models => {
            let scan = source::models(needed()?)?;
            Side::Written(scan.schema.clone(), Some(scan))
        }
        Source::Lock => Side::Written(source::lock(needed()?)?, None),
        Source::Database(url) => {
            let mut connection = tablewright_database::connect(url, access).await?;
            let found = tablewright_database::introspect(&mut connection, options).await?;
            Side::Live(Box::new(connection), found)
        }
    })
}

/// Both sides with expressions as people type them.
///
/// What was stored, printed and stored again is sometimes printed differently the second time. Such a pair is found by storing
/// the target's expressions once more; and a migration with typed ones creates what was stored at first.
async fn respelled(
    connection: &mut Connection,
    from: Introspection,
    to: Introspection,
    profile: &Profile,
    options: &Options,
) -> Result<(Schema, Schema), Problem> {
    let typed = tablewright_database::pretty(connection, &to.schema, profile, options).await?;
    let spelled = match tablewright_database::canonical(connection, &typed, profile, options).await {
        Ok(spelled) => spelled,
        Err(error @ tablewright_database::Error::Lost { .. }) => return Err(error.into()),
        // A database that is only read, or whose tables cannot be created from scratch, is compared as it is.
        Err(_) => return Ok((from.schema, to.schema)),
    };
    let extensions = from.schema.extensions.clone();
    let typed = Schema { extensions: to.schema.extensions.clone(), ..typed };
    // Once by how the server prints the typed expressions, once by what is stored.
    let once = tablewright_database::align(&typed, &spelled.schema, &from.schema);
    let from = tablewright_database::align(&typed, &to.schema, &once);
    Ok((Schema { extensions, ..from }, typed))
}

fn unheld(from: &[Unheld], to: &[Unheld]) -> Vec<String> {
    let only = |one: &[Unheld], other: &[Unheld], words: &str| -> Vec<String> {
        one.iter()
            .filter(|it| !other.contains(it))
            .map(|it| format!("{words}, and no model can express it: {it}"))
            .collect()
    };
    [only(from, to, "only in --from"), only(to, from, "only in --to")].concat()
}

fn write(sides: &Sides, arguments: &Diff, profile: &Profile, folder: &Path) -> Result<(), Problem> {
    let words: Vec<&String> = arguments.acknowledge.iter().filter(|word| *word != "all").collect();
    let allowed = Allowed {
        drops: arguments.drops.iter().cloned().collect(),
        offline_rename: arguments.offline_rename,
        acknowledged: words.into_iter().cloned().collect(),
        everything: arguments.acknowledge.iter().any(|word| word == "all"),
        command: plan::Command::Diff,
    };
    let plan = plan::plan(&sides.from, &sides.to, profile, &allowed).map_err(|problems| {
        Problem::Violations(problems.into_iter().map(|problem| placed(sides, problem)).collect())
    })?;
    let first = next_number(folder)?;
    let files = migrations::render(&plan, &arguments.name, first, profile);
    let failed = |error: std::io::Error| Failure::new(format!("cannot write to {}: {error}", folder.display()));
    fs::create_dir_all(folder).map_err(failed)?;
    for (name, text) in &files {
        let path = folder.join(name);
        fs::write(&path, text).map_err(failed)?;
        output::out(&format!("wrote {}\n", relative(&path).display()));
    }
    Ok(())
}

fn placed(sides: &Sides, problem: tablewright_core::diagnostic::Diagnostic) -> Report {
    match &sides.scan {
        Some(scan) => scan.report(problem),
        None => problem.map(|_| tablewright_core::report::Location::whole(Path::new(""))),
    }
}

/// The number after the last existing file.
fn next_number(folder: &Path) -> Result<u32, Failure> {
    if !folder.exists() {
        return Ok(1);
    }
    let entries = fs::read_dir(folder).map_err(|error| unread(folder, &error))?;
    let last = entries.filter_map(|entry| {
        let name = entry.ok()?.file_name();
        Some(migrations::FileName::parse(name.to_str()?).ok()?.number)
    });
    Ok(last.max().map_or(1, |last| last + 1))
}
