//! What is wrong with a schema: the rule that was broken, where, and the line to type.

use std::fmt;

/// A symbolic place in a model: `orders`, `orders.user_id`, `orders.user_id#references`, `orders#index.0`.
///
/// Rules know the schema, not the source; a [source map](crate::parse::SourceMap) turns a place into a span. A place
/// that has no span of its own is shown at the nearest one around it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(String);

impl Place {
    /// A table, or another item that stands alone.
    #[must_use]
    pub fn table(table: &str) -> Self {
        Self(table.to_owned())
    }

    /// A column.
    #[must_use]
    pub fn column(table: &str, column: &str) -> Self {
        Self(format!("{table}.{column}"))
    }

    /// A part of this place: `type`, `references`, `default`.
    #[must_use]
    pub fn part(&self, part: &str) -> Self {
        Self(format!("{}#{part}", self.0))
    }

    /// One of several like parts of this place, counted from 0 in declaration order.
    #[must_use]
    pub fn nth(&self, part: &str, index: usize) -> Self {
        Self(format!("{}#{part}.{index}", self.0))
    }

    /// The place without its last part; `None` for a table.
    #[must_use]
    pub fn around(&self) -> Option<Self> {
        let end = self.0.rfind('#').or_else(|| self.0.rfind('.'))?;
        Some(Self(self.0[..end].to_owned()))
    }

    /// The table or column that the place lies in, without parts: the path that a message shows.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.split_once('#').map_or(self.0.as_str(), |(path, _)| path)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One violation, placed at `P`: a [`Place`] as a rule reports it, a span once the source is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic<P = Place> {
    /// The rule's id, or the id of a parse error.
    pub rule: &'static str,
    /// The table or column: `orders.user_id`.
    pub path: String,
    /// What is wrong, and why it is a rule.
    pub message: String,
    /// What to type.
    pub help: Option<String>,
    /// Where.
    pub at: P,
    /// The other place, where two conflict, and what stands there.
    pub second: Option<(P, String)>,
    /// The change that mends it, where there is only one and no judgement is asked for.
    pub fix: Option<Fix<P>>,
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
        Self { rule, path: at.path().to_owned(), message: message.into(), help: None, at, second: None, fix: None }
    }
}

impl<P> Diagnostic<P> {
    /// A violation at a span, by the path that messages show.
    pub fn spanned(rule: &'static str, path: impl Into<String>, at: P, message: impl Into<String>) -> Self {
        Self { rule, path: path.into(), message: message.into(), help: None, at, second: None, fix: None }
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

    /// Adds the change that mends it.
    #[must_use]
    pub fn fix(mut self, at: P, edit: Edit) -> Self {
        self.fix = Some(Fix { at, edit });
        self
    }

    /// The same violation, placed anew.
    pub fn map<Q>(self, mut place: impl FnMut(P) -> Q) -> Diagnostic<Q> {
        Diagnostic {
            rule: self.rule,
            path: self.path,
            message: self.message,
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
