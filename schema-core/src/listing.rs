//! Long lists, as commands print them: a line for each, and a count of the rest.

/// How many are listed before the rest is counted.
pub const MOST: usize = 20;

/// What happens to the rest of a long list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest<'a> {
    /// It is listed as well: someone asked for it.
    Told,
    /// It is counted, with the word where all of it is: `--all lists them`.
    Counted(&'a str),
}

/// A list that is short enough to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut<'a, T> {
    /// The first of them.
    pub shown: &'a [T],
    /// `and 37 more: --all lists them`, where there are more.
    pub rest: Option<String>,
}

/// Cuts a list. What a program reads, such as JSON, is not cut.
///
/// ```
/// use tablewright_core::listing::{Rest, cut};
///
/// let differences: Vec<u8> = (0..57).collect();
/// let cut = cut(&differences, Rest::Counted("--all lists them"));
/// assert_eq!(cut.shown.len(), 20);
/// assert_eq!(cut.rest.as_deref(), Some("and 37 more: --all lists them"));
/// ```
#[must_use]
pub fn cut<'a, T>(all: &'a [T], rest: Rest<'_>) -> Cut<'a, T> {
    match rest {
        Rest::Counted(elsewhere) if all.len() > MOST => {
            let (shown, more) = all.split_at(MOST);
            Cut { shown, rest: Some(format!("and {} more: {elsewhere}", more.len())) }
        }
        Rest::Counted(_) | Rest::Told => Cut { shown: all, rest: None },
    }
}

/// The lines of a list, each after an indentation.
#[must_use]
pub fn lines<T: AsRef<str>>(all: &[T], indentation: &str, rest: Rest<'_>) -> String {
    let cut = cut(all, rest);
    let lines = cut.shown.iter().map(AsRef::as_ref).chain(cut.rest.as_deref());
    lines.map(|line| format!("{indentation}{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_cut_at_twenty_and_the_rest_is_counted() {
        for (count, told, rest) in [(0, 0, None), (1, 1, None), (20, 20, None), (21, 20, Some("and 1 more: here"))] {
            let all: Vec<String> = (0..count).map(|number| number.to_string()).collect();
            let cut = cut(&all, Rest::Counted("here"));
            assert_eq!((cut.shown, cut.rest.as_deref()), (&all[..told], rest));
            let text = lines(&all, "  ", Rest::Counted("here"));
            let expected: Vec<String> =
                all[..told].iter().map(String::as_str).chain(rest).map(|line| format!("  {line}")).collect();
            assert_eq!(text.lines().collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn a_list_that_someone_asked_for_is_whole() {
        let all = vec!["x"; 100];
        assert_eq!(lines(&all, "", Rest::Told).lines().count(), 100);
    }
}
