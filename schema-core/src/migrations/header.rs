//! The comment that a migration file begins with.

use crate::config::Timeouts;
use crate::plan::Phase;
use crate::sql::literal;

/// The widest line of a header.
const WIDTH: usize = 100;

/// `Why: the text.`
pub(super) fn sentence(key: &str, text: &str) -> String {
    let text = text.trim();
    let end = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{key}: {text}{end}")
}

/// The lines as comments, each wrapped.
pub(super) fn comment(lines: &[String]) -> String {
    let mut text = String::new();
    for line in lines {
        let mut width = 0;
        for word in line.split(char::is_whitespace).filter(|word| !word.is_empty()) {
            let length = word.chars().count() + 1;
            if width == 0 || width + length > WIDTH {
                text.push_str(if width == 0 { "--" } else { "\n--  " });
                width = 2;
            }
            // A name could hold anything, and what follows a line break would run as SQL.
            text.push(' ');
            text.extend(word.chars().filter(|c| !c.is_control()));
            width += length;
        }
        text.push('\n');
    }
    text
}

/// What a transaction begins with, so that it never queues long behind another and never holds its locks for long. One
/// that reads every row under a lock that nobody waits for may take its time.
pub(super) fn timeouts(timeouts: &Timeouts, long: bool) -> String {
    let statement = if long { "0" } else { &timeouts.statement };
    format!(
        "SET LOCAL lock_timeout = {};\nSET LOCAL statement_timeout = {};\n",
        literal(&timeouts.lock),
        literal(statement)
    )
}

/// What a file's header says behind a word: `-- Word: text`, and `--  ` before what is continued.
#[must_use]
pub fn field(text: &str, word: &str) -> Option<String> {
    let mut found: Option<String> = None;
    for line in text.lines() {
        let Some(comment) = line.strip_prefix("--") else { break };
        match &mut found {
            Some(text) => match comment.strip_prefix("  ") {
                Some(more) => {
                    text.push(' ');
                    text.push_str(more.trim());
                }
                None => break,
            },
            None => {
                found = comment
                    .strip_prefix(' ')
                    .and_then(|line| line.strip_prefix(word))
                    .and_then(|rest| rest.strip_prefix(':'))
                    .map(|rest| rest.trim().to_owned());
            }
        }
    }
    found
}

/// The phase that a file's header states; a file written by hand need not state one.
#[must_use]
pub fn phase(text: &str) -> Option<Phase> {
    let mut lines = text.lines().take_while(|line| line.starts_with("--") || line.trim().is_empty());
    let word = lines.find_map(|line| line.strip_prefix(Phase::HEADER))?.trim().trim_end_matches('.');
    [Phase::Expand, Phase::Backfill, Phase::Contract].into_iter().find(|phase| phase.word() == word)
}

/// Whether a file's header says that it was acknowledged to keep programs waiting, or that none runs.
#[must_use]
pub fn may_block(text: &str) -> bool {
    field(text, ACKNOWLEDGED).is_some_and(|words| words.trim_end_matches('.').split(", ").any(crate::plan::blocks))
}

const ACKNOWLEDGED: &str = "Acknowledged";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phase_is_read_back_from_a_header() {
        for phase in [Phase::Expand, Phase::Backfill, Phase::Contract] {
            let text = comment(&["Up: does it.".to_owned(), sentence("Phase", phase.word())]) + "\nSELECT 1;\n";
            assert_eq!(super::phase(&format!("-- no-transaction\n{text}")), Some(phase));
        }
        assert_eq!(phase("SELECT 1;\n-- Phase: expand.\n"), None);
    }

    #[test]
    fn headers_are_read_with_their_continued_lines() {
        let sql = "-- no-transaction\n-- 003_a, up: builds\n--   an index.\n-- Phase: backfill.\n-- Locks: SHARE UPDATE EXCLUSIVE\n--   on orders.\nSELECT 1;\n-- Phase: contract.\n";
        assert_eq!(field(sql, "Locks").as_deref(), Some("SHARE UPDATE EXCLUSIVE on orders."));
        assert_eq!(field("SELECT 1;\n-- Lost: rows.", "Lost"), None);
    }

    #[test]
    fn what_was_acknowledged_to_block_is_read_back() {
        for (words, blocks) in [
            (vec!["drops orders.note"], false),
            (vec!["no NULL in orders.note", "loses orders.note"], false),
            (vec!["rewrites orders", "drops orders.note"], true),
            (
                vec![
                    "drops a_table_with_a_long_name.a_column_with_a_long_name",
                    "drops another_table_of_that_kind.and_a_column",
                    "blocks orders",
                ],
                true,
            ),
            (vec!["offline rename"], true),
        ] {
            let text = comment(&[sentence("Acknowledged", &words.join(", ")), "Lost: the rewrites of it.".to_owned()]);
            assert_eq!(may_block(&text), blocks, "{text}");
        }
        assert!(!may_block("SELECT 1;\n"));
    }

    #[test]
    fn a_line_is_wrapped_and_cannot_carry_sql() {
        let text = comment(&[
            sentence("Up", &format!("adds {}", "a_long_name ".repeat(20))),
            "a\nDROP TABLE b;\u{7}".to_owned(),
        ]);
        assert!(text.lines().all(|line| line.starts_with("-- ") && line.chars().count() <= WIDTH + 4), "{text}");
        assert!(text.ends_with("-- a DROP TABLE b;\n"));
    }
}
