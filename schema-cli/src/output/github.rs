//! <https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions>

use std::fmt::Write as _;
use std::path::Path;

use tablewright_core::report::{Report, shown};

use super::{Findings, relative};

pub(super) fn commands(findings: &Findings) -> String {
    let mut text = String::new();
    for (reports, word) in [(&findings.notes, "notice"), (&findings.violations, "error")] {
        for report in reports {
            // Writing to a string does not fail.
            let _ = writeln!(text, "{}", command(report, word));
        }
    }
    text
}

fn command(report: &Report, word: &str) -> String {
    // Annotations are placed by paths relative to the root of the repository.
    let file = match std::env::var_os("GITHUB_WORKSPACE") {
        Some(root) => shown(&report.at.file, Path::new(&root)),
        None => relative(&report.at.file),
    };
    let mut command = format!("::{word} file={}", property(&file.display().to_string()));
    if !report.at.is_whole() {
        let ((line, column), (end_line, end_column)) = (report.at.start(), report.at.end());
        let _ = write!(command, ",line={line},endLine={end_line}");
        // Columns are for one line only.
        if line == end_line {
            let _ = write!(command, ",col={column},endColumn={end_column}");
        }
    }
    let mut message = if report.path.is_empty() { String::new() } else { format!("{}: ", report.path) };
    message.push_str(&report.message);
    if let Some(help) = &report.help {
        let _ = write!(message, "\nhelp: {help}");
    }
    format!("{command},title={}::{}", property(report.rule), data(&message))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
