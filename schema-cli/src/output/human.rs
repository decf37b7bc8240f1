//! Violations with the lines of source that they are about.

use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use tablewright_core::report::{Location, Report};

use super::{Findings, err, out, relative};

pub(super) fn print(findings: &Findings) {
    reports(&findings.notes, true);
    reports(&findings.violations, false);
    if findings.violations.is_empty() {
        out(&format!("{}\n", findings.praise));
    } else {
        count(&findings.violations);
    }
}

pub(super) fn count(reports: &[Report]) {
    let mut files: Vec<_> = reports.iter().map(|report| &report.at.file).collect();
    files.sort();
    files.dedup();
    let plural = |count: usize, word: &str| if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") };
    title(&format!("{} in {}", plural(reports.len(), "violation"), plural(files.len(), "file")), None);
}

/// One line of error, as cargo writes it.
pub(super) fn title(message: &str, help: Option<&str>) {
    listing(message, "", help);
}

/// The same with lines below.
pub(super) fn listing(message: &str, lines: &str, help: Option<&str>) {
    let render = |title| renderer().render(&[Group::with_title(title)]);
    err(&format!("{}\n{lines}", render(Level::ERROR.primary_title(message))));
    if let Some(help) = help {
        err(&format!("{}\n", render(Level::HELP.secondary_title(help))));
    }
}

pub(super) fn reports(reports: &[Report], notes: bool) {
    for report in reports {
        err(&format!("{}\n\n", render(report, notes)));
    }
}

/// Colours are always written: the stream removes them where they are not wanted.
fn renderer() -> Renderer {
    Renderer::styled()
}

fn render(report: &Report, note: bool) -> String {
    let message =
        if report.path.is_empty() { report.message.clone() } else { format!("{}: {}", report.path, report.message) };
    let level = if note { Level::NOTE } else { Level::ERROR };
    let mut group = Group::with_title(level.primary_title(message).id(report.rule));
    let together = report.second.as_ref().filter(|(second, _)| second.file == report.at.file && !second.is_whole());
    if report.at.is_whole() {
        if !report.at.file.as_os_str().is_empty() {
            group = group.element(Origin::path(relative(&report.at.file).display().to_string()));
        }
    } else {
        let window = Window::around(&report.at, together.map(|(second, _)| second));
        let mut snippet = window.snippet(&report.at).annotation(AnnotationKind::Primary.span(window.range(&report.at)));
        if let Some((second, label)) = together {
            snippet = snippet.annotation(AnnotationKind::Context.span(window.range(second)).label(label.as_str()));
        }
        group = group.element(snippet);
    }
    if let Some((second, label)) = report.second.as_ref().filter(|_| together.is_none()) {
        if second.is_whole() {
            group = group.element(Level::NOTE.message(format!("{label}: {}", relative(&second.file).display())));
        } else {
            let window = Window::around(second, None);
            let annotation = AnnotationKind::Context.span(window.range(second)).label(label.as_str());
            group = group.element(window.snippet(second).annotation(annotation));
        }
    }
    if let Some(help) = &report.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer().render(&[group])
}

/// The lines of a file that contain one or two places, and those between them.
struct Window {
    source: Arc<str>,
    bytes: Range<usize>,
    line: usize,
}

impl Window {
    fn around(first: &Location, second: Option<&Location>) -> Self {
        let text = &first.source;
        let start = second.map_or(first.range.start, |second| first.range.start.min(second.range.start));
        let end = second.map_or(first.range.end, |second| first.range.end.max(second.range.end));
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        // A byte order mark is not part of what the user typed.
        let mark = if line_start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let line_end = text[end..].find('\n').map_or(text.len(), |newline| end + newline);
        let line = text[..line_start].bytes().filter(|byte| *byte == b'\n').count() + 1;
        Self { source: Arc::clone(text), bytes: (line_start + mark).min(start)..line_end, line }
    }

    fn range(&self, location: &Location) -> Range<usize> {
        location.range.start - self.bytes.start..location.range.end - self.bytes.start
    }

    fn snippet<'a>(&self, location: &Location) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        Snippet::source(self.source[self.bytes.clone()].to_owned())
            .line_start(self.line)
            .path(relative(&location.file).display().to_string())
    }
}
