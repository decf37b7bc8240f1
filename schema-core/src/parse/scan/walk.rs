//! From file to file: each is read once, parsed, and left before the next, so that memory holds one syntax tree.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::str::FromStr as _;
use std::sync::Arc;

use proc_macro2::{Span, TokenStream};

use super::attributes::{Effective, Truth};
use super::files::{self, Folder};
use super::{ModelSource, SOURCE, bodies, items};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::report::{Location, Report, shown};
use crate::schema::{Enumeration, SqlType, Table};

/// Everything that the files hold.
#[derive(Default)]
pub(super) struct Walked {
    pub(super) tables: Vec<(Table, ModelSource)>,
    pub(super) enumerations: Vec<(Enumeration, ModelSource)>,
    pub(super) newtypes: Vec<(SqlType, ModelSource)>,
    /// The SQL types of `type Id = Uuid;`, by the alias's name.
    pub(super) type_aliases: Vec<(String, SqlType)>,
    /// The names of items that derive, and that could not be read at all.
    pub(super) failed: BTreeSet<String>,
    pub(super) reports: Vec<Report>,
    pub(super) notes: Vec<Report>,
    pub(super) files: Vec<PathBuf>,
}

/// A file that is to be read.
pub(super) struct Task {
    pub(super) file: PathBuf,
    pub(super) folder: Folder,
    /// The item that names it; nothing for the crate root.
    pub(super) named_at: Option<Location>,
    /// The open conditions that it is under.
    pub(super) open: Rc<Vec<Location>>,
    /// The files that it is read from, innermost first.
    pub(super) within: Option<Rc<Within>>,
}

/// A file and the files that it is read from.
pub(super) struct Within {
    file: PathBuf,
    outer: Option<Rc<Within>>,
}

impl Within {
    fn holds(&self, file: &Path) -> bool {
        let mut within = Some(self);
        while let Some(Within { file: own, outer }) = within {
            if own == file {
                return true;
            }
            within = outer.as_deref();
        }
        false
    }
}

/// How many files are read before the scan gives up: a chain of `#[path]`s can name the same file over and over.
const MOST_FILES: usize = 100_000;

pub(super) fn walk(package: &Path, profile: &Profile) -> Walked {
    let mut found = Walked::default();
    let mut reported = BTreeSet::new();
    let mut tasks: Vec<Task> = root(package, profile, &mut found).into_iter().collect();
    while let Some(task) = tasks.pop() {
        if found.files.len() == MOST_FILES {
            let message = format!("more than {MOST_FILES} files: modules name the same files over and over");
            found.reports.push(Diagnostic::spanned(SOURCE, "", Location::whole(&task.file), message));
            break;
        }
        let mut children = open(task, package, profile, &mut found, &mut reported);
        // The next file is the first child: files are met in the order in which a reader would meet them.
        children.reverse();
        tasks.append(&mut children);
        // No span is left, and the thread is ours, so the text of this file can go.
        proc_macro2::extra::invalidate_current_thread_spans();
    }
    found
}

/// The file that the scan starts at.
fn root(package: &Path, profile: &Profile, found: &mut Walked) -> Option<Task> {
    let candidates = match &profile.models {
        Some(models) => vec![package.join(models)],
        None => vec![package.join("src/lib.rs"), package.join("src/main.rs")],
    };
    let Some(file) = candidates.iter().find(|file| file.symlink_metadata().is_ok()) else {
        let (file, message) = match &profile.models {
            Some(models) => ("schema.toml", format!("`models` names `{models}`, which does not exist")),
            None => ("Cargo.toml", "there is neither src/lib.rs nor src/main.rs".to_owned()),
        };
        found.files = candidates;
        found.reports.push(
            Diagnostic::spanned(SOURCE, "", Location::whole(&package.join(file)), message)
                .help("models = \"src/models.rs\"    in schema.toml: the file that the scan starts at"),
        );
        return None;
    };
    Some(Task { file: file.clone(), folder: Folder::of(file), named_at: None, open: Rc::default(), within: None })
}

/// Reads one file; what it holds goes to `found`, the files that it names come back.
fn open(
    task: Task,
    package: &Path,
    profile: &Profile,
    found: &mut Walked,
    reported: &mut BTreeSet<(PathBuf, usize)>,
) -> Vec<Task> {
    let name = shown(&task.file, package);
    let refuse = |message: String| {
        let at = task.named_at.clone().unwrap_or_else(|| Location::whole(&task.file));
        Diagnostic::spanned(SOURCE, "", at, message)
    };
    found.files.push(task.file.clone());
    let canonical = match task.file.canonicalize() {
        Ok(canonical) => canonical,
        Err(error) => {
            // A link that leads nowhere is more than that there is no such file.
            let error = crate::files::read(&task.file).err().unwrap_or(error);
            found.reports.push(refuse(format!("cannot read {}: {error}", name.display())).help(HELP_READ));
            return Vec::new();
        }
    };
    if task.within.as_ref().is_some_and(|within| within.holds(&canonical)) {
        found.reports.push(
            refuse(format!("{} is a module of itself", name.display()))
                .help("take this item away, or let its `#[path]` name another file"),
        );
        return Vec::new();
    }
    let source = match files::read(&task.file) {
        Ok(source) => source,
        Err(problem) => {
            found.reports.push(refuse(format!("cannot read {}: {problem}", name.display())).help(HELP_READ));
            return Vec::new();
        }
    };
    let file = match parse(&source) {
        Ok(file) => file,
        Err((at, message)) => {
            let location = Location::new(&task.file, &source, at);
            found.reports.push(Diagnostic::spanned(SOURCE, "", location, message).help(HELP_PARSE));
            return Vec::new();
        }
    };
    let effective = Effective::of(file.attrs);
    if effective.present == Truth::No {
        return Vec::new();
    }
    let within = Some(Rc::new(Within { file: canonical, outer: task.within }));
    let mut reading = items::Reading::new(&task.file, &source, package, profile, within, found, reported);
    let open = reading.under(&task.open, &effective.open);
    reading.file(file.items, &task.folder, &open);
    reading.children
}

const HELP_READ: &str = "a file that is not read could hold a model, so there is no schema without it";
const HELP_PARSE: &str = "fix the file; `models = \"…\"` in schema.toml lets the scan start at a file of models alone";

/// Parses a file; the error is the bytes and what is wrong there.
fn parse(source: &Arc<str>) -> Result<syn::File, (std::ops::Range<usize>, String)> {
    let text = without_shebang(source);
    let tokens = TokenStream::from_str(&text).map_err(|error| {
        let start = error.span().byte_range().start;
        let width = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        (start..start + width, "this file does not parse: a bracket or a quote has no counterpart".to_owned())
    })?;
    let tokens = bodies::without_bodies(tokens)
        .map_err(|at| (at.byte_range(), "this nests too deeply to be read".to_owned()))?;
    syn::parse2::<syn::File>(tokens).map_err(|error| {
        let mut range = error.span().byte_range();
        // The end of the input has no token, so it has no span either.
        if is_nowhere(error.span()) {
            let end = text.trim_end().len();
            range = text[..end].char_indices().next_back().map_or(0, |(last, _)| last)..end;
        }
        (range, format!("this file does not parse: {error}"))
    })
}

fn is_nowhere(span: Span) -> bool {
    span.byte_range() == (0..0)
}

/// The text with a `#!` line, as a script has it, made blank: every other byte stays where it is.
fn without_shebang(source: &str) -> String {
    let (mark, rest) = match source.strip_prefix('\u{feff}') {
        Some(rest) => ("\u{feff}", rest),
        None => ("", source),
    };
    let line = rest.lines().next().unwrap_or("");
    // `#![…]` is an attribute, also where a line ends between its characters.
    let attribute = line.strip_prefix("#!").is_some_and(|after| {
        let after = if after.trim().is_empty() { &rest[2..] } else { after };
        after.trim_start().starts_with('[')
    });
    if !line.starts_with("#!") || attribute {
        return source.to_owned();
    }
    format!("{mark}{}{}", " ".repeat(line.len()), &rest[line.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shebang_moves_nothing() {
        assert_eq!(without_shebang("#!/bin/x ä\nmod a;"), "           \nmod a;");
        assert_eq!(without_shebang("\u{feff}#!/bin/x\nmod a;"), "\u{feff}        \nmod a;");
        assert_eq!(without_shebang("#![allow(dead_code)]\n"), "#![allow(dead_code)]\n");
        assert_eq!(without_shebang("#!\n[allow(dead_code)]\n"), "#!\n[allow(dead_code)]\n");
        assert_eq!(without_shebang("mod a;"), "mod a;");
    }
}
