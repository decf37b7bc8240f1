//! A statement, with what it does to the objects of a schema.

use std::fmt;
use std::ops::Deref;

use crate::schema::Object;

/// What a statement does to an object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// It is there afterwards.
    Makes(Object),
    /// It is gone afterwards.
    Drops(Object),
    /// It is another afterwards, under the same name.
    Changes(Object),
    /// It has another name afterwards.
    Renames {
        /// The name before.
        from: Object,
        /// The name afterwards.
        to: Object,
    },
}

impl Effect {
    /// What takes it back does.
    #[must_use]
    pub fn undone(self) -> Self {
        match self {
            Self::Makes(object) => Self::Drops(object),
            Self::Drops(object) => Self::Makes(object),
            Self::Changes(object) => Self::Changes(object),
            Self::Renames { from, to } => Self::Renames { from: to, to: from },
        }
    }
}

/// One statement, which ends with `;`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    text: String,
    effects: Vec<Effect>,
}

impl Statement {
    /// The same, which makes an object.
    #[must_use]
    pub fn makes(self, object: Object) -> Self {
        self.with(Effect::Makes(object))
    }

    /// The same, which drops an object.
    #[must_use]
    pub fn drops(self, object: Object) -> Self {
        self.with(Effect::Drops(object))
    }

    /// The same, which changes an object.
    #[must_use]
    pub fn changes(self, object: Object) -> Self {
        self.with(Effect::Changes(object))
    }

    /// The same, which renames an object.
    #[must_use]
    pub fn renames(self, from: Object, to: Object) -> Self {
        self.with(Effect::Renames { from, to })
    }

    fn with(mut self, effect: Effect) -> Self {
        self.effects.push(effect);
        self
    }

    /// The same with what other statements do, which run within it.
    #[must_use]
    pub fn runs<'a>(mut self, others: impl IntoIterator<Item = &'a Self>) -> Self {
        self.effects.extend(others.into_iter().flat_map(|other| other.effects.iter().cloned()));
        self
    }

    /// What it does.
    #[must_use]
    pub fn effects(&self) -> &[Effect] {
        &self.effects
    }

    /// The SQL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// A statement that does nothing to an object of the schema.
impl From<String> for Statement {
    fn from(text: String) -> Self {
        Self { text, effects: Vec::new() }
    }
}

/// The same.
impl From<&str> for Statement {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<Statement> for String {
    fn from(statement: Statement) -> Self {
        statement.text
    }
}

impl Deref for Statement {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl AsRef<str> for Statement {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// By the text alone.
impl PartialEq<&str> for Statement {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}
