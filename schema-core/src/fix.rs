//! Changes of a source file that leave everything else in it as it is.

use std::ops::Range;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::diagnostic::Edit;

/// A file with its changes made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// How many changes were made.
    pub made: usize,
    /// How many were not, because they touch the same place as another or their tokens were not found.
    pub left: usize,
}

/// Makes the changes, each at its bytes of `source`. Of two that touch, the first in the file is made; the other is for
/// the next run.
#[must_use]
pub fn apply(source: &str, fixes: &[(Range<usize>, Edit)]) -> Fixed {
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    let mut left = 0;
    for (range, edit) in fixes {
        match change(source, range, edit) {
            Some(change) if !changes.contains(&change) => changes.push(change),
            // The same line, required by two rules, is added once.
            Some(_) => {}
            None => left += 1,
        }
    }
    changes.sort_by_key(|(range, _)| (range.start, range.end));
    let mut text = String::with_capacity(source.len());
    let (mut done, mut made) = (0, 0);
    for (range, new) in changes {
        if range.start < done {
            left += 1;
            continue;
        }
        text.push_str(&source[done..range.start]);
        text.push_str(&new);
        done = range.end;
        made += 1;
    }
    text.push_str(&source[done..]);
    Fixed { text, made, left }
}

fn change(source: &str, range: &Range<usize>, edit: &Edit) -> Option<(Range<usize>, String)> {
    source.get(range.clone())?;
    match edit {
        Edit::Replace(text) => Some((range.clone(), text.clone())),
        Edit::AddArgument(argument) => {
            let tokens: TokenStream = source.parse().ok()?;
            let inside = match arguments(tokens, range)? {
                Arguments::None => return Some((range.end..range.end, format!("({argument})"))),
                Arguments::Inside(inside) => inside,
            };
            if source[inside.clone()].trim().is_empty() {
                return Some((inside, argument.clone()));
            }
            let end = inside.start + source[inside.clone()].trim_end().len();
            let comma = if source[..end].ends_with(',') { " " } else { ", " };
            Some((end..end, format!("{comma}{argument}")))
        }
        Edit::AddAttribute(attribute) => {
            let line_start = source[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
            let before = &source[line_start..range.start];
            let indent = &before[..before.len() - before.trim_start().len()];
            let alone = matches!(before.split_whitespace().next(), None | Some("struct" | "enum"))
                || before.trim_start().starts_with("pub");
            if alone && !before.contains(['{', ',', ';']) {
                return Some((line_start..line_start, format!("{indent}{attribute}\n")));
            }
            // The field shares its line with others, so the attribute is on it too.
            let start = before.rfind(['{', ',']).map_or(0, |mark| mark + 1);
            let start = line_start + start + (before[start..].len() - before[start..].trim_start().len());
            Some((start..start, format!("{attribute} ")))
        }
    }
}

/// What follows the name of an attribute.
enum Arguments {
    /// No parentheses.
    None,
    /// These bytes, between parentheses.
    Inside(Range<usize>),
}

/// What follows the identifier at `range`; `None` where there is no such identifier.
fn arguments(tokens: TokenStream, range: &Range<usize>) -> Option<Arguments> {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(ident) if ident.span().byte_range().end == range.end => {
                return Some(match tokens.peek() {
                    Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
                        Arguments::Inside(group.span_open().byte_range().end..group.span_close().byte_range().start)
                    }
                    _ => Arguments::None,
                });
            }
            TokenTree::Group(group) => {
                if let Some(found) = arguments(group.stream(), range) {
                    return Some(found);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(source: &str, at: &str, edit: Edit) -> String {
        let start = source.find(at).unwrap();
        let fixed = apply(source, &[(start..start + at.len(), edit)]);
        assert_eq!((fixed.made, fixed.left), (1, 0));
        fixed.text
    }

    #[test]
    fn only_the_place_changes() {
        let source = "#[derive(Table)]\n  pub struct  A {\n    #[references( User )] // why\n    user_id: Uuid,\n}\n";
        assert_eq!(
            fixed(source, "references", Edit::AddArgument("on_delete = restrict".into())),
            source.replace("( User )", "( User, on_delete = restrict )")
        );
        assert_eq!(
            fixed(source, "user_id", Edit::AddAttribute("#[column(pii)]".into())),
            source.replace("    user_id", "    #[column(pii)]\n    user_id")
        );
        assert_eq!(
            fixed(source, "A", Edit::AddAttribute("#[table(soft_delete)]".into())),
            source.replace("  pub struct", "  #[table(soft_delete)]\n  pub struct")
        );
        assert_eq!(fixed(source, "User", Edit::Replace("Account".into())), source.replace("User", "Account"));
    }

    #[test]
    fn a_field_that_shares_its_line_keeps_it() {
        let source = "struct A { id: Uuid, pub email: String }";
        assert_eq!(
            fixed(source, "email", Edit::AddAttribute("#[column(pii)]".into())),
            "struct A { id: Uuid, #[column(pii)] pub email: String }"
        );
        assert_eq!(fixed("#[a] struct B;", "a", Edit::AddArgument("b".into())), "#[a(b)] struct B;");
        assert_eq!(fixed("#[a()] struct B;", "a", Edit::AddArgument("b".into())), "#[a(b)] struct B;");
        assert_eq!(fixed("#[a(c,)] struct B;", "a", Edit::AddArgument("b".into())), "#[a(c, b)] struct B;");
    }

    #[test]
    fn of_two_changes_that_touch_one_is_made() {
        let fixes =
            [(0..3, Edit::Replace("x".into())), (2..4, Edit::Replace("y".into())), (9..12, Edit::Replace("z".into()))];
        assert_eq!(apply("abcdef", &fixes), Fixed { text: "xdef".into(), made: 1, left: 2 });
        let twice = [(0..1, Edit::Replace("x".into())), (0..1, Edit::Replace("x".into()))];
        assert_eq!(apply("abc", &twice), Fixed { text: "xbc".into(), made: 1, left: 0 });
    }
}
