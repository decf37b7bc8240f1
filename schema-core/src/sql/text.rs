//! SQL with holes that only a derive can fill.

/// SQL text that may have holes, which only the compiler of the user's program can fill.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SqlText {
    pieces: Vec<Piece>,
}

/// A part of an [`SqlText`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text.
    Text(String),
    /// A hole.
    Hole(Hole),
}

/// What one struct alone cannot say about a column whose Rust type is defined elsewhere in the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hole {
    /// The column's SQL type as CREATE TABLE spells it.
    Type {
        /// The column.
        column: String,
    },
    /// The name of the column's SQL type, without parameters.
    TypeName {
        /// The column.
        column: String,
    },
    /// The values of the column's enumeration as an SQL list; nothing where the type is none.
    Values {
        /// The column.
        column: String,
    },
    /// A text that appears only if the column's type is an enumeration with values.
    IfValues {
        /// The column.
        column: String,
        /// The text.
        text: String,
    },
}

impl SqlText {
    /// Adds text.
    pub fn push(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text),
            _ => self.pieces.push(Piece::Text(text.to_owned())),
        }
    }

    /// Adds a hole.
    pub fn hole(&mut self, hole: Hole) {
        self.pieces.push(Piece::Hole(hole));
    }

    /// Adds another text with its holes.
    pub fn append(&mut self, other: &Self) {
        for piece in &other.pieces {
            match piece {
                Piece::Text(text) => self.push(text),
                Piece::Hole(hole) => self.hole(hole.clone()),
            }
        }
    }

    /// Texts below each other.
    #[must_use]
    pub fn lines(texts: &[Self]) -> Self {
        let mut lines = Self::default();
        for (number, text) in texts.iter().enumerate() {
            if number > 0 {
                lines.push("\n");
            }
            lines.append(text);
        }
        lines
    }

    /// The parts, in order.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The text; `None` where a hole is left.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [] => Some(""),
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }
}

impl From<String> for SqlText {
    fn from(text: String) -> Self {
        Self { pieces: vec![Piece::Text(text)] }
    }
}
