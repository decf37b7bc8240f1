//! What a refusal prints to type, typed.

use std::collections::BTreeSet;

use tablewright_core::diagnostic::Diagnostic;
use tablewright_core::plan::Allowed;

const COMMAND: &str = "cargo schema migrate …";

/// The arguments that the refusals print after the command. Where one prints several commands, `choice` takes the one of that
/// number, or the last. Nothing where one of them prints none.
pub fn typed(refusals: &[Diagnostic], choice: usize) -> Option<Allowed> {
    let mut allowed = Allowed::default();
    for refusal in refusals {
        let help = refusal.help.as_deref().unwrap_or_default();
        let commands: Vec<&str> =
            help.lines().filter_map(|line| line.split_once(COMMAND)).map(|(_, arguments)| arguments).collect();
        let arguments = commands.get(choice).or(commands.last())?;
        let words = words(arguments);
        let mut words = words.iter();
        let mut any = false;
        while let Some(word) = words.next() {
            match word.as_str() {
                "--offline-rename" => allowed.offline_rename = true,
                "--drop" => drop(allowed.drops.insert(words.next()?.clone())),
                "--acknowledge" => drop(allowed.acknowledged.insert(words.next()?.clone())),
                // What follows is for the person.
                _ => break,
            }
            any = true;
        }
        if !any {
            return None;
        }
    }
    Some(allowed)
}

/// How a person would type it.
pub fn line(allowed: &Allowed) -> String {
    let quoted = |words: &BTreeSet<String>, flag: &str| {
        words.iter().map(|word| format!("{flag} \"{word}\"")).collect::<Vec<_>>()
    };
    let mut words = quoted(&allowed.drops, "--drop");
    words.extend(quoted(&allowed.acknowledged, "--acknowledge"));
    words.extend(allowed.offline_rename.then(|| "--offline-rename".to_owned()));
    words.join(" ")
}

/// The words of a command line, as a shell takes them apart.
fn words(text: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted, mut begun) = (Vec::new(), String::new(), false, false);
    for character in text.chars() {
        match character {
            '"' => (quoted, begun) = (!quoted, true),
            ' ' if !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            _ => {
                word.push(character);
                begun = true;
            }
        }
    }
    if begun {
        words.push(word);
    }
    words
}
