//! Texts that match a pattern: of LIKE, or a simple regular expression.

/// The letters and digits that stand where a pattern leaves the choice.
const PLAIN: &str = "abcdefghijklmnopqrstuvwxyz0123456789";

/// How often a part comes that may come any number of times.
const REPEATS: usize = 3;

/// A text that is like the pattern: another one for each number, where there is a choice.
pub(super) fn like(pattern: &str, number: usize) -> String {
    let mut choice = Choice(number);
    let mut text = String::new();
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '%' => (0..REPEATS).for_each(|_| text.push(choice.of(PLAIN))),
            '_' => text.push(choice.of(PLAIN)),
            '\\' => text.extend(letters.next()),
            letter => text.push(letter),
        }
    }
    text
}

/// A text that matches a regular expression; `None` where it holds what is not understood.
pub(super) fn regex(pattern: &str, number: usize) -> Option<String> {
    let mut reader = Reader { letters: pattern.chars().collect(), at: 0, choice: Choice(number) };
    let text = reader.alternatives()?;
    (reader.at == reader.letters.len()).then_some(text)
}

/// Choices that a number stands for, digit by digit.
struct Choice(usize);

impl Choice {
    fn index(&mut self, count: usize) -> usize {
        let index = self.0 % count.max(1);
        self.0 /= count.max(1);
        index
    }

    fn of(&mut self, letters: &str) -> char {
        let count = letters.chars().count();
        letters.chars().nth(self.index(count)).unwrap_or('a')
    }
}

struct Reader {
    letters: Vec<char>,
    at: usize,
    choice: Choice,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += 1;
        Some(next)
    }

    fn takes(&mut self, letter: char) -> bool {
        let found = self.peek() == Some(letter);
        self.at += usize::from(found);
        found
    }

    /// The first alternative; the others are read over.
    fn alternatives(&mut self) -> Option<String> {
        let mut all = vec![self.sequence()?];
        while self.takes('|') {
            all.push(self.sequence()?);
        }
        let chosen = self.choice.index(all.len());
        all.into_iter().nth(chosen)
    }

    fn sequence(&mut self) -> Option<String> {
        let mut text = String::new();
        while let Some(letter) = self.peek().filter(|letter| !matches!(letter, '|' | ')')) {
            if matches!(letter, '^' | '$') {
                self.at += 1;
                continue;
            }
            let start = self.at;
            let mut part = self.part()?;
            let end = self.at;
            let times = self.times()?;
            let behind = self.at;
            for time in 0..times {
                // A part that comes again is chosen again.
                if time > 0 {
                    self.at = start;
                    part = self.part()?;
                    debug_assert_eq!(self.at, end, "a part is read the same again");
                }
                text.push_str(&part);
            }
            self.at = behind;
        }
        Some(text)
    }

    fn part(&mut self) -> Option<String> {
        match self.next()? {
            '(' => {
                if self.takes('?') && !self.takes(':') {
                    return None;
                }
                let inner = self.alternatives()?;
                self.takes(')').then_some(inner)
            }
            '[' => self.class(),
            '.' => Some(self.choice.of(PLAIN).to_string()),
            '\\' => {
                let letter = self.next()?;
                match escaped(letter) {
                    Some(class) => Some(self.choice.of(class).to_string()),
                    None if letter.is_alphanumeric() => None,
                    None => Some(letter.to_string()),
                }
            }
            '*' | '+' | '?' | '{' => None,
            letter => Some(letter.to_string()),
        }
    }

    fn class(&mut self) -> Option<String> {
        let negated = self.takes('^');
        let mut members = String::new();
        let mut is_first = true;
        loop {
            let letter = self.next()?;
            match letter {
                ']' if !is_first => break,
                // `[:alpha:]` and its kind.
                '[' if self.peek() == Some(':') => {
                    let rest: String = self.letters[self.at..].iter().collect();
                    let (name, _) = rest.strip_prefix(':')?.split_once(":]")?;
                    members.push_str(named(name)?);
                    self.at += name.chars().count() + 3;
                }
                '\\' => {
                    let letter = self.next()?;
                    match escaped(letter) {
                        Some(class) => members.push_str(class),
                        None => members.push(letter),
                    }
                }
                from if self.peek() == Some('-') && self.letters.get(self.at + 1).is_some_and(|to| *to != ']') => {
                    self.at += 1;
                    members.extend(from..=self.next()?);
                }
                letter => members.push(letter),
            }
            is_first = false;
        }
        if negated {
            members = PLAIN.chars().filter(|letter| !members.contains(*letter)).collect();
        }
        (!members.is_empty()).then(|| self.choice.of(&members).to_string())
    }

    fn times(&mut self) -> Option<usize> {
        let times = match self.peek() {
            Some('*' | '+') => REPEATS,
            Some('?') => 1,
            Some('{') => {
                self.at += 1;
                let rest: String = self.letters[self.at..].iter().collect();
                let (bounds, _) = rest.split_once('}')?;
                self.at += bounds.chars().count();
                let (least, most) = bounds.split_once(',').unwrap_or((bounds, bounds));
                let least: usize = least.trim().parse().ok()?;
                let most = most.trim().parse().unwrap_or(usize::MAX);
                least.max(REPEATS).min(most)
            }
            _ => return Some(1),
        };
        self.at += 1;
        // What follows says how eagerly, which changes nothing here.
        self.takes('?');
        Some(times)
    }
}

fn escaped(letter: char) -> Option<&'static str> {
    match letter {
        'd' => Some("0123456789"),
        'w' | 'S' => Some(PLAIN),
        's' => Some(" "),
        'D' => Some("abcdefghij"),
        _ => None,
    }
}

fn named(name: &str) -> Option<&'static str> {
    match name {
        "alpha" | "lower" => Some("abcdefghijklmnopqrstuvwxyz"),
        "upper" => Some("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        "digit" => Some("0123456789"),
        "alnum" => Some(PLAIN),
        "space" | "blank" => Some(" "),
        "xdigit" => Some("0123456789abcdef"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_match_their_pattern_and_differ() {
        assert_eq!(like("a%_\\%", 0), "aaaaa%");
        assert_ne!(like("%@x.org", 1), like("%@x.org", 2));
        for (pattern, text) in [
            ("^[A-Z]{2}-\\d{4}$", Some("AA-0000")),
            ("^(?:a|b)c?$", Some("ac")),
            ("^[^@\\s]+@[^@]+\\.[a-z]+$", Some("aaa@aaa.aaa")),
            ("^#[0-9a-f]{6}$", Some("#000000")),
            ("^[[:alpha:]_]+$", Some("aaa")),
            ("(?=a)", None),
            ("a**", None),
            ("[a", None),
            ("(a", None),
            ("\\m", None),
        ] {
            assert_eq!(regex(pattern, 0).as_deref(), text, "{pattern}");
        }
        let different: std::collections::BTreeSet<_> = (0..500).map(|number| regex("^[a-z0-9-]+$", number)).collect();
        assert_eq!(different.len(), 500);
    }
}
