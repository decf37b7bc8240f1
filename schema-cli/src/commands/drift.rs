//! `cargo schema drift`: how a database differs from the models.

use tablewright_core::diagnostic::Diagnostic;
use tablewright_core::diff::{Change, Item, Pair, TableChange};
use tablewright_core::listing::{self, Rest};
use tablewright_core::parse::scan::Scan;
use tablewright_core::report::{Location, Report};
use tablewright_core::sql::ddl;
use tablewright_database::{Access, Compared, Options, apply};

use super::Verdict;
use crate::cli::Drift;
use crate::failure::Problem;
use crate::output;
use crate::package::Package;
use crate::source;

use tablewright_core::ids::DRIFT;

pub(super) fn run(package: &Package, arguments: &Drift) -> Result<Verdict, Problem> {
    let profile = package.profile()?;
    let scan = source::models(package)?;
    let url = source::url(arguments.url.as_deref())?;
    let options = Options::of(&arguments.schemas);
    let folder = package.folder.join(&profile.migrations);
    let (compared, missing) = tablewright_database::run(async {
        // The server's spelling is found by creating the models in a schema that is rolled back.
        let access = if arguments.scratch.is_some() { Access::Read } else { Access::Write };
        let mut connection = tablewright_database::connect(&url, access).await?;
        let mut scratch = match &arguments.scratch {
            Some(url) => Some(tablewright_database::connect(url, Access::Write).await?),
            None => None,
        };
        let compared =
            tablewright_database::compare(&mut connection, scratch.as_mut(), &scan.schema, profile, &options).await?;
        // Unreadable files are not what the database is compared with.
        let files = apply::files(&folder).await.unwrap_or_default();
        let missing = apply::missing(&mut connection, &files).await?;
        let missing = missing.first().map(|first| (missing.len(), first.name.clone()));
        connection.close().await;
        Ok::<_, tablewright_database::Error>((compared, missing))
    })?;
    Ok(tell(&scan, &compared, missing, output::rest(arguments.all)))
}

fn tell(scan: &Scan, compared: &Compared, missing: Option<(usize, String)>, rest: Rest<'_>) -> Verdict {
    let pair = Pair::new(&compared.schema, &scan.schema);
    let mut reports: Vec<Report> = pair.changes().iter().map(|change| report(scan, change)).collect();
    reports.extend(compared.broken().map(|unheld| {
        let message = format!("in the database, the {unheld}");
        Diagnostic::spanned(DRIFT, "", Location::whole(std::path::Path::new("")), message)
    }));
    let beyond: Vec<String> = compared.beyond().map(ToString::to_string).collect();
    if !beyond.is_empty() {
        output::out(&format!("the database has {} that models cannot express:\n", things(beyond.len())));
        output::out(&listing::lines(&beyond, "  ", rest));
    }
    if reports.is_empty() {
        let count = scan.schema.tables.len();
        let tables = if count == 1 { "1 table matches".to_owned() } else { format!("{count} tables match") };
        output::out(&format!("no drift: {tables} the models\n"));
        return Verdict::Good;
    }
    tablewright_core::report::sort(&mut reports, &scan.files);
    let cut = listing::cut(&reports, rest);
    output::reports(cut.shown);
    if let Some(rest) = &cut.rest {
        output::remark(rest);
    }
    let differ = if reports.len() == 1 { "1 difference".to_owned() } else { format!("{} differences", reports.len()) };
    let help = match missing {
        Some((1, name)) => format!("{name} has not run there: cargo schema apply"),
        Some((count, first)) => format!("{count} migrations have not run there, from {first} on: cargo schema apply"),
        None => "migrate the database to the models, or add to the models what it has".to_owned(),
    };
    output::error_with_help(&format!("{differ} between the database and the models"), Some(&help));
    Verdict::Violations
}

fn things(count: usize) -> String {
    if count == 1 { "1 thing".to_owned() } else { format!("{count} things") }
}

fn report(scan: &Scan, change: &Change<'_>) -> Report {
    let difference = change.difference();
    let message = difference.in_database(definition(change).as_deref());
    let (path, at) = match &difference.place {
        Some(place) => (place.path(), scan.locate(place)),
        None => (String::new(), Location::whole(std::path::Path::new(""))),
    };
    Diagnostic::spanned(DRIFT, path, at, message)
}

/// What the database has, as SQL, if the words of the difference do not show it.
fn definition(change: &Change<'_>) -> Option<String> {
    fn old<'a, T>(item: &Item<'a, T>) -> Option<&'a T> {
        match item {
            Item::Drop(old) | Item::Change { old, .. } => Some(old),
            Item::Add(_) | Item::Rename { .. } => None,
        }
    }
    let Change::Table { old: table, change, .. } = change else { return None };
    let text = match change {
        TableChange::PrimaryKey => ddl::primary_key_body(&table.primary_key.columns),
        TableChange::ForeignKey(item) => ddl::foreign_key_body(old(item)?),
        TableChange::Unique(item) => match old(item)? {
            unique if unique.predicate.is_some() => ddl::create_index(&table.name, &ddl::unique_index(unique)).into(),
            unique => ddl::unique_body(unique),
        },
        TableChange::Check(item) => ddl::check_body(&old(item)?.expression),
        TableChange::Exclusion(item) => ddl::exclusion_body(table, old(item)?),
        TableChange::Index(item) => ddl::create_index(&table.name, old(item)?).into(),
        TableChange::Trigger(item) => ddl::create_trigger(&table.name, old(item)?).into(),
        TableChange::Policy(item) => ddl::create_policy(&table.name, old(item)?).into(),
        _ => return None,
    };
    Some(text.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches(';').to_owned())
}
