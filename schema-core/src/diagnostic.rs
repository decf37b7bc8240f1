//! What is wrong with a schema: the rule that was broken, where, and the line to type.

use crate::ids;
use crate::place::Place;

/// One violation, placed at `P`: a [`Place`] as a rule reports it, a span once the source is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic<P = Place> {
    /// The rule's id, or the id of a parse error.
    pub rule: &'static str,
    /// The table or column: `orders.user_id`.
    pub path: String,
    /// What is wrong, and why it is a rule.
    pub message: String,
    /// What it is about, for a program that acts on it.
    pub about: Option<Subject>,
    /// What to type.
    pub help: Option<String>,
    /// Where.
    pub at: P,
    /// The other place, where two conflict, and what is there.
    pub second: Option<(P, String)>,
    /// The change that fixes it, where there is only one and no judgement is asked for.
    pub fix: Option<Fix<P>>,
}

/// What a violation is about, where its place does not say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A name that is unknown.
    Name(String),
    /// The rule of that id, which a waiver names.
    Rule(String),
}

/// A change of the source that `cargo schema fix` makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix<P = Place> {
    /// Where.
    pub at: P,
    /// What.
    pub edit: Edit,
}

/// What a fix does at its place. Nothing else in the file changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The tokens become this text.
    Replace(String),
    /// The attribute, whose name the place is, gets a further argument.
    AddArgument(String),
    /// The item gets a further attribute.
    AddAttribute(String),
}

impl Diagnostic {
    /// A violation at a place.
    #[must_use]
    pub fn new(rule: &'static str, at: Place, message: impl Into<String>) -> Self {
        debug_assert!(ids::is_known(rule), "nobody could look up `{rule}`");
        Self { rule, path: at.path(), message: message.into(), about: None, help: None, at, second: None, fix: None }
    }
}

impl<P> Diagnostic<P> {
    /// A violation at a span, by the path that messages show.
    pub fn spanned(rule: &'static str, path: impl Into<String>, at: P, message: impl Into<String>) -> Self {
        debug_assert!(ids::is_known(rule), "nobody could look up `{rule}`");
        Self { rule, path: path.into(), message: message.into(), about: None, help: None, at, second: None, fix: None }
    }

    /// Adds what it is about.
    #[must_use]
    pub fn about(mut self, subject: Subject) -> Self {
        self.about = Some(subject);
        self
    }

    /// Adds what to type.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the other place of a conflict.
    #[must_use]
    pub fn second(mut self, at: P, label: impl Into<String>) -> Self {
        self.second = Some((at, label.into()));
        self
    }

    /// Adds the change that fixes it.
    #[must_use]
    pub fn fix(mut self, at: P, edit: Edit) -> Self {
        self.fix = Some(Fix { at, edit });
        self
    }

    /// The same violation at another place.
    pub fn map<Q>(self, mut place: impl FnMut(P) -> Q) -> Diagnostic<Q> {
        Diagnostic {
            rule: self.rule,
            path: self.path,
            message: self.message,
            about: self.about,
            help: self.help,
            at: place(self.at),
            second: self.second.map(|(at, label)| (place(at), label)),
            fix: self.fix.map(|fix| Fix { at: place(fix.at), edit: fix.edit }),
        }
    }

    /// The text of the compile error: path, message, help and rule id.
    pub fn text(&self) -> String {
        let mut text =
            if self.path.is_empty() { self.message.clone() } else { format!("{}: {}", self.path, self.message) };
        if let Some(help) = &self.help {
            text.push_str("\n  help: ");
            text.push_str(&help.replace('\n', "\n        "));
        }
        text.push_str("\n  rule: ");
        text.push_str(self.rule);
        text
    }
}
