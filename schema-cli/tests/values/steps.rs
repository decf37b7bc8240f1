//! What happens in a case.

use std::path::Path;

use tablewright_core::plan::Phase;

/// One line of `steps`.
pub enum Step {
    With(Vec<String>),
    Models(String),
    Refused(String),
    Written,
    Planned,
    Header { way: Way, text: String },
    NoHeader(String),
    Files { way: Way, phase: Phase },
    Stops { way: Way, phase: Phase, message: String },
    AsOwner,
    Run(String),
    Asks { statement: String, rows: String },
    Fails { statement: String, message: String },
    Meanwhile(String),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Up,
    Back,
}

impl Way {
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Up => ".up.sql",
            Self::Back => ".down.sql",
        }
    }
}

/// The steps of a case, each with the line that states it.
pub fn of(folder: &Path) -> Vec<(String, Step)> {
    let text = std::fs::read_to_string(folder.join("steps")).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| (line.to_owned(), step(line))).collect()
}

fn step(line: &str) -> Step {
    let (word, text) = line.split_once(": ").unwrap_or((line, ""));
    let whole = text.to_owned();
    let phase = |text: &str| text.parse().unwrap_or_else(|_| panic!("{line}: no phase is called {text}"));
    let two = || text.split_once(" => ").unwrap_or_else(|| panic!("{line}: what comes of it?"));
    let stops = |way| Step::Stops { way, phase: phase(two().0), message: two().1.to_owned() };
    match word {
        "with" => Step::With(arguments(text)),
        "with nothing" => Step::With(Vec::new()),
        "models" => Step::Models(whole),
        "refused" => Step::Refused(whole),
        "written" => Step::Written,
        "planned" => Step::Planned,
        "header" => Step::Header { way: Way::Up, text: whole },
        "back header" => Step::Header { way: Way::Back, text: whole },
        "no header" => Step::NoHeader(whole),
        "up" => Step::Files { way: Way::Up, phase: phase(text) },
        "back" => Step::Files { way: Way::Back, phase: phase(text) },
        "up stops" => stops(Way::Up),
        "back stops" => stops(Way::Back),
        "as owner" => Step::AsOwner,
        "run" => Step::Run(whole),
        "asks" => Step::Asks { statement: two().0.to_owned(), rows: two().1.to_owned() },
        "fails" => Step::Fails { statement: two().0.to_owned(), message: two().1.to_owned() },
        "meanwhile" => Step::Meanwhile(whole),
        _ => panic!("no step begins with {word}"),
    }
}

/// Words, of which those in quotes are one.
fn arguments(text: &str) -> Vec<String> {
    let outside = |(place, part): (usize, &str)| {
        if place % 2 == 1 { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() }
    };
    text.split('"').enumerate().flat_map(outside).collect()
}
