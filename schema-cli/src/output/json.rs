//! Violations for other programs.

use serde_json::{Value, json};
use tablewright_core::report::{Location, Report};

use super::{Findings, relative};

pub(super) fn document(findings: &Findings) -> String {
    let document = json!({
        "violations": findings.violations.iter().map(report).collect::<Vec<_>>(),
        "notes": findings.notes.iter().map(report).collect::<Vec<_>>(),
        "tables": findings.tables,
        "migrations": findings.migrations,
    });
    format!("{document:#}\n")
}

fn report(report: &Report) -> Value {
    json!({
        "rule": report.rule,
        "path": report.path,
        "message": report.message,
        "help": report.help,
        "at": location(&report.at),
        "second": report.second.as_ref().map(|(at, label)| json!({ "label": label, "at": location(at) })),
    })
}

/// Lines and columns count from 1; a file as a whole has none.
fn location(at: &Location) -> Value {
    let file = relative(&at.file).display().to_string();
    if at.is_whole() {
        return json!({ "file": file });
    }
    let ((line, column), (end_line, end_column)) = (at.start(), at.end());
    json!({
        "file": file,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "bytes": [at.range.start, at.range.end],
    })
}
