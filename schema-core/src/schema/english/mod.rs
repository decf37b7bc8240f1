//! Plural and singular of English words, by the endings of the crate `pluralizer`.
//!
//! That crate compiles sixty regular expressions, which took more time than all else that the derive does in a crate of
//! ten models.

mod rules;

use self::rules::{IRREGULAR, PLURALS, SINGULARS, UNCHANGED, UNCOUNTABLE};

/// What is done to words that end in one of `stems` and one of `ends`: the end is replaced.
///
/// In a stem `[aou]` is one of these letters, `[^aou]` one of any other, `<` the start of the word.
struct Rule {
    stems: &'static [&'static str],
    ends: &'static [&'static str],
    put: &'static str,
}

/// The plural of a lower-case word.
pub(super) fn plural(word: &str) -> String {
    if IRREGULAR.iter().any(|(_, plural)| *plural == word) {
        return word.to_owned();
    }
    match IRREGULAR.iter().rfind(|(singular, _)| *singular == word) {
        Some((_, plural)) => (*plural).to_owned(),
        None => regular(word, PLURALS),
    }
}

/// The singular of a lower-case word.
pub(super) fn singular(word: &str) -> String {
    if IRREGULAR.iter().any(|(singular, _)| *singular == word) {
        return word.to_owned();
    }
    match IRREGULAR.iter().rfind(|(_, plural)| *plural == word) {
        Some((singular, _)) => (*singular).to_owned(),
        None => regular(word, SINGULARS),
    }
}

fn regular(word: &str, rules: &[Rule]) -> String {
    // The endings are English; what ends in another letter is left alone.
    let is_fixed = word.bytes().last().is_none_or(|last| !last.is_ascii()) || UNCOUNTABLE.binary_search(&word).is_ok();
    let changed = if is_fixed { None } else { UNCHANGED.iter().chain(rules).find_map(|rule| rule.apply(word)) };
    changed.unwrap_or_else(|| word.to_owned())
}

impl Rule {
    fn apply(&self, word: &str) -> Option<String> {
        let last = word.as_bytes().last();
        for end in self.ends {
            // One letter distinguishes most of them.
            if end.as_bytes().last().is_some_and(|letter| Some(letter) != last) {
                continue;
            }
            let Some(stem) = word.strip_suffix(end) else { continue };
            for pattern in self.stems {
                if ends_with(stem.as_bytes(), pattern.as_bytes()) {
                    return Some(format!("{stem}{}", self.put));
                }
            }
        }
        None
    }
}

/// Whether a word ends as a pattern says.
fn ends_with(word: &[u8], pattern: &[u8]) -> bool {
    let mut letters = word.iter().rev();
    let mut pattern = pattern.iter().rev();
    while let Some(wanted) = pattern.next() {
        let letter = letters.next();
        let fits = match wanted {
            b'<' => letter.is_none_or(|letter| letter.is_ascii() && !letter.is_ascii_alphanumeric() && *letter != b'_'),
            b']' => {
                let (mut is_in, mut wanted) = (false, true);
                for one in pattern.by_ref().take_while(|one| **one != b'[') {
                    wanted &= *one != b'^';
                    is_in |= *one != b'^' && letter == Some(one);
                }
                letter.is_some() && is_in == wanted
            }
            _ => letter == Some(wanted),
        };
        if !fits {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every word of the rules, and every ending with letters before it that a class names or does not.
    fn words() -> Vec<String> {
        let mut words: Vec<String> =
            IRREGULAR.iter().flat_map(|(a, b)| [a, b]).map(|word| (*word).to_owned()).collect();
        words.extend(UNCOUNTABLE.iter().map(|word| (*word).to_owned()));
        let rules: Vec<&Rule> = UNCHANGED.iter().chain(PLURALS).chain(SINGULARS).collect();
        let letters = ["", "a", "e", "i", "u", "y", "l", "s", "t", "x", "-", "é", "1"];
        let ends = ["s", "es", "y", "ies", "x", "ves", "f", "fe", "a", "on", "um", "us", "i", "is", "ses", "o", "ey"];
        for rule in rules {
            for stem in rule.stems {
                // A class stands for each of its letters, and for one in no class.
                let stem = stem.trim_start_matches('<');
                let classes: Vec<String> = match (stem.find('['), stem.find(']')) {
                    (Some(from), Some(to)) => stem[from + 1..to]
                        .chars()
                        .chain(['k', 'b'])
                        .filter(|letter| *letter != '^')
                        .map(|letter| {
                            let rest = stem[to + 1..].replace(['[', ']', '^'], "");
                            format!("{}{letter}{rest}", &stem[..from])
                        })
                        .collect(),
                    _ => vec![stem.to_owned()],
                };
                for (stem, before) in classes.iter().flat_map(|stem| letters.map(|before| (stem, before))) {
                    let own = rule.ends.iter().copied().chain([rule.put, ""]);
                    words.extend(own.chain(ends).map(|end| format!("{before}{stem}{end}")));
                }
            }
        }
        words.sort();
        words.dedup();
        // There it is a whole word, here one after any other sign.
        words.retain(|word| word != "-thou");
        words
    }

    #[test]
    fn words_are_sorted_for_the_search() {
        assert!(UNCOUNTABLE.is_sorted());
    }

    #[test]
    fn words_are_those_of_the_library() {
        let words = words();
        assert!(words.len() > 10_000, "{}", words.len());
        let differ: Vec<String> = words
            .iter()
            .filter_map(|word| {
                let ours = [plural(word), singular(word)];
                let theirs = [2, 1].map(|count| pluralizer::pluralize(word, count, false).to_lowercase());
                (ours != theirs).then(|| format!("{word}: {ours:?}, not {theirs:?}"))
            })
            .collect();
        assert_eq!(differ, Vec::<String>::new());
    }
}
