//! Where spans are, in bytes.

use std::ops::Range;

use proc_macro2::{LineColumn, Span};

/// Where each line of a file begins.
///
/// `Span::byte_range` counts characters, from the nearest place that it was called for before: for all places of all models that
/// was a tenth of the whole scan.
pub(super) struct Lines {
    /// Nothing where a sign may be of several bytes.
    starts: Option<Vec<usize>>,
}

impl Lines {
    pub(super) fn of(source: &str) -> Self {
        let behind = |(at, byte)| (byte == b'\n').then_some(at + 1);
        let starts = || std::iter::once(0).chain(source.bytes().enumerate().filter_map(behind)).collect();
        Self { starts: source.is_ascii().then(starts) }
    }

    /// The bytes of a span.
    pub(super) fn bytes(&self, span: Span) -> Range<usize> {
        let at = |place: LineColumn| {
            // What has no place in the file is said to be on the first line.
            let line = place.line.checked_sub(1).filter(|line| *line > 0)?;
            Some(self.starts.as_ref()?.get(line)? + place.column)
        };
        at(span.start()).zip(at(span.end())).map_or_else(|| span.byte_range(), |(start, end)| start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proc_macro2::{TokenStream, TokenTree};

    #[test]
    fn bytes_are_those_that_the_span_says() {
        fn held(tokens: TokenStream, lines: &Lines) -> usize {
            let mut count = 0;
            for token in tokens {
                assert_eq!(lines.bytes(token.span()), token.span().byte_range(), "{token}");
                if let TokenTree::Group(group) = &token {
                    count += held(group.stream(), lines);
                }
                count += 1;
            }
            count
        }
        let text = include_str!("files.rs");
        for (text, most) in [(text.to_owned(), 400), (text.replace("a file", "ä file"), 400), ("a b".to_owned(), 1)] {
            assert!(held(text.parse().unwrap(), &Lines::of(&text)) > most);
        }
        assert_eq!(Lines::of("a\nb").bytes(Span::call_site()), Span::call_site().byte_range());
    }
}
