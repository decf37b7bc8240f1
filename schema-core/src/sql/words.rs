//! The words and strings of each statement of SQL that a person wrote.

use std::collections::BTreeSet;

use super::tokens::{Kind, tokens};
use crate::expression::folded;

/// What one statement names, as far as that can be told without knowing what it does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Keywords and names, as the server reads them; those of a body between dollar signs too.
    pub names: BTreeSet<String>,
    /// Strings.
    pub texts: BTreeSet<String>,
}

/// The words of each statement, in order.
#[must_use]
pub fn words(sql: &str) -> Vec<Words> {
    let mut found = vec![Words::default()];
    for token in tokens(sql) {
        let Some(last) = found.last_mut() else { continue };
        match token.kind {
            Kind::Word | Kind::Quoted => _ = last.names.insert(folded(token.text)),
            Kind::Text if token.text.starts_with('$') => {
                let body = token.text.trim_start_matches(|c| c != '$');
                let tag = body[1..].find('$').map_or(1, |end| end + 2).min(body.len() / 2);
                for inner in words(&body[tag..body.len() - tag]) {
                    last.names.extend(inner.names);
                    last.texts.extend(inner.texts);
                }
            }
            Kind::Text => {
                let text = token.text.trim_start_matches(|c| c != '\'');
                _ = last.texts.insert(text.trim_matches('\'').replace("''", "'"));
            }
            Kind::Sign if token.text == ";" => found.push(Words::default()),
            Kind::Sign => {}
        }
    }
    found.retain(|words| *words != Words::default());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_names_what_its_body_names() {
        let sql =
            "-- note\nUPDATE orders SET \"Note\" = 'it''s';\nDO $x$ BEGIN PERFORM total; END $x$; SELECT $$a$$, $1";
        let found = words(sql);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].names.contains("Note") && !found[0].names.contains("note"), "{found:?}");
        assert_eq!(found[0].texts, BTreeSet::from(["it's".to_owned()]));
        assert!(found[1].names.contains("total") && !found[1].names.contains("orders"), "{found:?}");
        assert!(found[2].names.contains("a"), "{found:?}");
    }

    #[test]
    fn what_is_cut_off_has_words_too() {
        for sql in ["$$", "$a$", "$a$b", "'", "\"", "$a$é", ";;"] {
            _ = words(sql);
        }
    }
}
