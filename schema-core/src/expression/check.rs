//! What the parser accepts and the server does not.

use squawk_parser::SyntaxKind::{
    self, ALL_FN, ANY_FN, ARRAY_EXPR, ARRAY_KW, BIN_EXPR, CALL_EXPR, CARET, CURRENT_TIME_KW, CURRENT_TIMESTAMP_KW,
    CUSTOM_OP, DEFAULT_KW, DOCUMENT_KW, EQ, FALSE_KW, FIELD_EXPR, GTEQ, IN_KW, INDEX_EXPR, L_ANGLE, L_PAREN, LITERAL,
    LOCALTIME_KW, LOCALTIMESTAMP_KW, LTEQ, NAME_REF, NAMED_ARG, NEQ, NEQB, NON_STANDARD_PARAM, NULL_KW, OVERLAPS_KW,
    PAREN_EXPR, PAREN_SELECT, PERCENT, POSITIONAL_PARAM, PREFIX_EXPR, R_ANGLE, SLASH, SOME_FN, STAR, TRUE_KW,
    TUPLE_EXPR, UNKNOWN_KW,
};
use squawk_parser::is_reserved_keyword;

use super::tree::Node;
use super::{Problem, QUERIES, is_test};

pub(super) fn check(node: &Node, sql: &str) -> Result<(), Problem> {
    visit(node, None, sql)
}

fn is_comparison(kind: SyntaxKind) -> bool {
    matches!(kind, EQ | NEQ | NEQB | L_ANGLE | R_ANGLE | LTEQ | GTEQ)
}

fn compares(node: &Node) -> bool {
    node.kind == BIN_EXPR && node.tokens().any(|(kind, _)| is_comparison(kind))
}

fn visit(node: &Node, parent: Option<&Node>, sql: &str) -> Result<(), Problem> {
    let refuse = |message: &str| Err(Problem::new(message, node.span().start));
    let token = node.tokens().next().map(|(kind, _)| kind);
    match node.kind {
        LITERAL => literal(node, token, sql)?,
        NON_STANDARD_PARAM => return Err(Problem::parameter(node.span().start)),
        ARRAY_EXPR if token != Some(ARRAY_KW) && parent.is_none_or(|parent| parent.kind != ARRAY_EXPR) => {
            return refuse("an array starts with ARRAY");
        }
        ARRAY_EXPR
            if node.tokens().any(|(kind, _)| kind == L_PAREN)
                && node.nodes().any(|part| !QUERIES.contains(&part.kind)) =>
        {
            return refuse("ARRAY(…) contains a query; write a list as ARRAY[…]");
        }
        CUSTOM_OP
            if node.len() == 1
                && parent.is_some_and(|parent| parent.kind == PREFIX_EXPR)
                && token.is_some_and(|kind| is_comparison(kind) || matches!(kind, PERCENT | STAR | SLASH | CARET)) =>
        {
            return refuse("this operator has two sides");
        }
        BIN_EXPR => binary(node, token)?,
        INDEX_EXPR if node.nodes().count() < 2 => return refuse("the subscript is empty"),
        ANY_FN | SOME_FN | ALL_FN if parent.is_none_or(|parent| parent.kind != CALL_EXPR) => {
            return refuse("ANY, SOME and ALL follow an operator");
        }
        NAMED_ARG if !node.starts_with_node() => return refuse("the argument has no name"),
        FIELD_EXPR
            if node
                .nodes()
                .next()
                .is_some_and(|base| base.kind == NAME_REF && base.first_token().is_some_and(is_reserved_keyword)) =>
        {
            return refuse("a reserved word is quoted before a point");
        }
        CALL_EXPR
            if node.nodes().next().is_some_and(|function| matches!(function.kind, ANY_FN | SOME_FN | ALL_FN))
                && parent.is_none_or(|parent| parent.kind != BIN_EXPR) =>
        {
            return refuse("ANY, SOME and ALL follow an operator");
        }
        CALL_EXPR => call(node)?,
        NAME_REF if sql[node.span()] == *"\"\"" => return refuse("the quoted name is empty"),
        _ => {}
    }
    node.nodes().try_for_each(|part| visit(part, Some(node), sql))
}

fn literal(node: &Node, token: Option<SyntaxKind>, sql: &str) -> Result<(), Problem> {
    let refuse = |message: &str| Err(Problem::new(message, node.span().start));
    if token == Some(DEFAULT_KW) {
        return refuse("DEFAULT is not an expression");
    }
    if token == Some(POSITIONAL_PARAM) {
        return Err(Problem::parameter(node.span().start));
    }
    // Two strings are one only across a line break.
    let parts: Vec<_> = node.tokens().collect();
    for pair in parts.windows(2) {
        if !sql[pair[0].1.end..pair[1].1.start].contains(['\n', '\r']) {
            return Err(Problem::new("a second string", pair[1].1.start));
        }
    }
    Ok(())
}

fn binary(node: &Node, token: Option<SyntaxKind>) -> Result<(), Problem> {
    let refuse = |message: &str| Err(Problem::new(message, node.span().start));
    if compares(node) && node.nodes().any(compares) {
        return refuse("comparisons do not chain: join them with AND");
    }
    let last = node.nodes().last();
    if node.tokens().any(|(kind, _)| kind == IN_KW)
        && last.is_some_and(|right| !matches!(right.kind, TUPLE_EXPR | PAREN_EXPR | PAREN_SELECT))
    {
        return refuse("IN takes a list in parentheses");
    }
    if is_test(node)
        && let Some(right) = last
        && !matches!(right.first_token(), Some(NULL_KW | TRUE_KW | FALSE_KW | UNKNOWN_KW | DOCUMENT_KW))
    {
        return Err(Problem::new("IS takes NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM", right.span().start));
    }
    if token == Some(OVERLAPS_KW) && node.nodes().any(|part| !matches!(part.kind, TUPLE_EXPR | CALL_EXPR)) {
        return refuse("OVERLAPS takes two rows of two");
    }
    Ok(())
}

fn call(node: &Node) -> Result<(), Problem> {
    let mut parts = node.nodes();
    let (Some(function), Some(arguments)) = (parts.next(), parts.next()) else { return Ok(()) };
    let word = function.first_token();
    let takes_precision =
        matches!(word, Some(CURRENT_TIME_KW | CURRENT_TIMESTAMP_KW | LOCALTIME_KW | LOCALTIMESTAMP_KW));
    if function.kind == NAME_REF
        && word.is_some_and(is_reserved_keyword)
        && !(takes_precision && arguments.nodes().count() > 0)
    {
        return Err(Problem::new("a reserved word is not a function", node.span().start));
    }
    Ok(())
}
