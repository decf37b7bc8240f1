//! The parser's events as a tree.

use std::ops::Range;

use squawk_parser::SyntaxKind::{
    self, BIN_EXPR, COMMENT, ERROR, PAREN_EXPR, R_PAREN, SELECT, SELECT_CLAUSE, TARGET, TARGET_LIST, WHITESPACE,
};
use squawk_parser::{EntryPoint, LexedStr, StrStep};

use super::depth::{self, MOST_BYTES, MOST_DEPTH};
use super::{Problem, QUERIES};

/// A node of the syntax tree; ranges are bytes of the fragment.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) kind: SyntaxKind,
    /// From its first token to its last. Kept, because what asks for it at each level of a deep tree would walk it each time.
    range: Range<usize>,
    children: Vec<Child>,
}

#[derive(Debug)]
enum Child {
    Node(Node),
    Token(SyntaxKind, Range<usize>),
}

impl Child {
    fn range(&self) -> &Range<usize> {
        match self {
            Self::Node(node) => &node.range,
            Self::Token(_, range) => range,
        }
    }
}

impl Node {
    pub(super) fn nodes(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Child::Node(node) => Some(node),
            Child::Token(..) => None,
        })
    }

    pub(super) fn tokens(&self) -> impl Iterator<Item = (SyntaxKind, Range<usize>)> {
        self.children.iter().filter_map(|child| match child {
            Child::Node(_) => None,
            Child::Token(kind, range) => Some((*kind, range.clone())),
        })
    }

    /// How many tokens and nodes it has.
    pub(super) fn len(&self) -> usize {
        self.children.len()
    }

    /// The bytes from its first token to its last.
    pub(super) fn span(&self) -> Range<usize> {
        self.range.clone()
    }

    pub(super) fn first_token(&self) -> Option<SyntaxKind> {
        match self.children.first()? {
            Child::Node(node) => node.first_token(),
            Child::Token(kind, _) => Some(*kind),
        }
    }

    /// Whether its first child is a node with something in it.
    pub(super) fn starts_with_node(&self) -> bool {
        matches!(self.children.first(), Some(Child::Node(node)) if node.len() > 0)
    }

    /// The two sides of a binary expression and what is between them, in upper case: `NOT IN`, `->>`.
    pub(super) fn binary(&self, sql: &str) -> Option<(&Self, String, &Self)> {
        if self.kind != BIN_EXPR {
            return None;
        }
        let (left, right) = (self.nodes().next()?, self.nodes().last()?);
        let between = sql.get(left.span().end..right.span().start)?;
        Some((left, between.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase(), right))
    }

    fn into_only_node(self) -> Result<Self, Self> {
        if self.nodes().count() != 1 {
            return Err(self);
        }
        let node = self.children.into_iter().find_map(|child| match child {
            Child::Node(node) => Some(node),
            Child::Token(..) => None,
        });
        // One was counted.
        node.ok_or(Self { kind: ERROR, range: 0..0, children: Vec::new() })
    }
}

/// The grammar has no entry for an expression, so it is read as the one target of a query. The line break ends a
/// comment that would swallow the parenthesis.
const BEFORE: &str = "select (";

/// Parses exactly one expression.
pub(super) fn parse(sql: &str) -> Result<Node, Problem> {
    if sql.contains('\0') {
        return Err(Problem::new("a NUL character", sql.find('\0').unwrap_or(0)));
    }
    if sql.len() > MOST_BYTES {
        let at = sql.floor_char_boundary(MOST_BYTES);
        return Err(Problem::new(format!("this is longer than {} KiB", MOST_BYTES / 1024), at));
    }
    if let Some(at) = depth::too_deep(sql) {
        return Err(Problem::new(format!("this nests more than {MOST_DEPTH} levels deep"), at));
    }
    let source = format!("{BEFORE}{sql}\n)");
    let within = |position: usize| position.saturating_sub(BEFORE.len()).min(sql.len());
    let lexed = LexedStr::new(&source);
    if let Some((range, message)) = lexed.errors().next() {
        return Err(Problem::new(message, within(range.start as usize)));
    }
    let output = EntryPoint::SourceFile.parse(&lexed.to_input());
    let mut position = 0;
    let mut stack: Vec<Node> = Vec::new();
    let (mut root, mut problem) = (None, None);
    lexed.intersperse_trivia(&output, &mut |step| match step {
        StrStep::Enter { kind } => stack.push(Node { kind, range: within(position)..0, children: Vec::new() }),
        StrStep::Token { kind, text } => {
            let range = within(position)..within(position + text.len());
            position += text.len();
            if kind == COMMENT {
                problem.get_or_insert_with(|| Problem::new("a comment does not belong in a model's SQL", range.start));
            } else if kind != WHITESPACE
                && let Some(parent) = stack.last_mut()
            {
                parent.children.push(Child::Token(kind, range));
            }
        }
        StrStep::Exit => {
            let Some(mut node) = stack.pop() else { return };
            node.range = match (node.children.first(), node.children.last()) {
                (Some(first), Some(last)) => first.range().start..last.range().end,
                _ => node.range.start..within(position),
            };
            match stack.last_mut() {
                Some(parent) => parent.children.push(Child::Node(node)),
                None => root = Some((node, position)),
            }
        }
        StrStep::Error { msg, pos } => {
            let at = within(pos);
            let at = at + sql[at..].len() - sql[at..].trim_start().len();
            problem.get_or_insert_with(|| Problem::new(near(sql, at, msg), at));
        }
    });
    if let Some(problem) = problem {
        return Err(problem);
    }
    let Some((mut node, _)) = root else { return Err(Problem::new("an expression is missing", 0)) };
    for wanted in [SELECT, SELECT_CLAUSE, TARGET_LIST, TARGET, PAREN_EXPR] {
        let second = node.nodes().nth(1).map_or(0, |second| second.span().start);
        node = match node.into_only_node() {
            Ok(child) if child.kind == wanted => child,
            _ => return Err(Problem::new("this is more than one expression", second)),
        };
    }
    let closing = node.tokens().filter(|(kind, _)| *kind == R_PAREN).last();
    if closing.is_none_or(|(_, range)| range.start < sql.len()) {
        return Err(Problem::new("a parenthesis that nothing opens", sql.find(')').unwrap_or(0)));
    }
    match node.into_only_node() {
        Ok(expression) if QUERIES.contains(&expression.kind) => {
            Err(Problem::new("a query is not an expression", expression.span().start))
        }
        Ok(expression) => Ok(expression),
        Err(_) => Err(Problem::new("an expression is missing", 0)),
    }
}

fn near(sql: &str, at: usize, message: &str) -> String {
    if at >= sql.trim_end().len() {
        return "the expression ends too early".to_owned();
    }
    let rest = &sql[at..];
    format!("unexpected `{}` ({message})", &rest[LexedStr::new(rest).text_range(0)])
}
