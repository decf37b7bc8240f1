//! `cargo schema waivers`: every waived rule with its reason.

use std::fmt::Write as _;

use tablewright_core::place::Place;

use super::Verdict;
use crate::failure::Problem;
use crate::output;
use crate::package::Package;
use crate::source;

pub(super) fn run(package: &Package) -> Result<Verdict, Problem> {
    let scan = source::models(package)?;
    let mut text = String::new();
    let mut count = 0_usize;
    for table in scan.schema.tables.values() {
        for waiver in &table.waivers {
            let place = match &waiver.column {
                Some(column) => Place::column(&table.name, column),
                None => Place::table(&table.name),
            };
            let path = place.path();
            let at = scan.locate(&place.waiver(&waiver.rule));
            let at = format!("{}:{}", output::relative(&at.file).display(), at.start().0);
            // Writing to a string does not fail.
            let _ = writeln!(text, "{path}  {}  {}\n    {}", waiver.rule, at, waiver.reason);
            count += 1;
        }
    }
    let total = match count {
        0 => "no waivers".to_owned(),
        1 => "1 waiver".to_owned(),
        count => format!("{count} waivers"),
    };
    let tables = match scan.schema.tables.len() {
        1 => "1 table".to_owned(),
        count => format!("{count} tables"),
    };
    let _ = writeln!(text, "{total} in {tables}");
    output::out(&text);
    Ok(Verdict::Good)
}
