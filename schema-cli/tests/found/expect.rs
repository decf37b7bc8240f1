//! What is expected of a case.

use std::path::Path;

/// The sentences of a file.
#[derive(Default)]
pub struct Expect {
    pub with: Vec<String>,
    pub holds: bool,
    pub refused: Option<String>,
    pub then: Vec<String>,
    pub back_refused: Option<String>,
    pub says: Vec<String>,
    pub never: Vec<String>,
    pub asks: Vec<(String, String)>,
}

impl Expect {
    pub fn of(folder: &Path) -> Self {
        let mut expect = Self::default();
        for line in std::fs::read_to_string(folder.join("expect")).unwrap().lines() {
            let (word, text) = line.split_once(": ").unwrap_or((line, ""));
            match word {
                "holds" => expect.holds = true,
                "with" => expect.with = arguments(text),
                "refused" => expect.refused = Some(text.to_owned()),
                "then" => expect.then = arguments(text),
                "back refused" => expect.back_refused = Some(text.to_owned()),
                "says" => expect.says.push(text.to_owned()),
                "not" => expect.never.push(text.to_owned()),
                "asks" => {
                    let (query, answer) = text.split_once(" => ").unwrap();
                    expect.asks.push((query.to_owned(), answer.to_owned()));
                }
                _ => panic!("{}: no sentence begins with {word}", folder.display()),
            }
        }
        expect
    }

    /// Whether everything was said, and nothing else.
    pub fn heard(&self, text: &str) -> Result<(), String> {
        if let Some(missing) = self.says.iter().find(|it| !text.contains(it.as_str())) {
            return Err(format!("it does not say: {missing}\n{text}"));
        }
        match self.never.iter().find(|it| text.contains(it.as_str())) {
            Some(wrong) => Err(format!("it says: {wrong}\n{text}")),
            None => Ok(()),
        }
    }
}

/// Words, of which those in quotes are one.
fn arguments(text: &str) -> Vec<String> {
    let outside = |(place, part): (usize, &str)| {
        if place % 2 == 1 { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() }
    };
    text.split('"').enumerate().flat_map(outside).collect()
}
