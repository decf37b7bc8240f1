//! Every committed seed of every fuzz target, on a stable compiler: an input that failed once never fails again. Then
//! some that are changed at random: with `FUZZ_SECONDS=600` each target runs that long, `FUZZ_ONLY=cursors` runs one of them.

#[path = "../fuzz/src/lib.rs"]
#[allow(clippy::cast_possible_wrap, clippy::cast_possible_truncation, reason = "shared with the targets")]
mod bodies;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// The most that one input takes.
const MOST: Duration = Duration::from_secs(1);

fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
        .iter()
        .map(|file| (file.file_name().unwrap().to_string_lossy().into_owned(), fs::read(file).unwrap()))
        .collect()
}

/// Runs an input, and says what came of it where that is a panic or took too long.
fn run((target, body): bodies::Target, input: &[u8]) -> Result<Duration, String> {
    let once = || {
        let began = Instant::now();
        let done = std::panic::catch_unwind(|| body(input));
        (done, began.elapsed())
    };
    let (done, mut took) = once();
    // A busy machine is not a slow reader.
    for _ in 0..3 {
        if done.is_ok() && took > MOST {
            took = took.min(once().1);
        }
    }
    match done {
        Err(_) => Err(format!("{target} panics on {:?}", String::from_utf8_lossy(input))),
        // The first copy starts a server.
        Ok(()) if took > MOST && target != "copy_encoding" => {
            Err(format!("{target} takes {took:?} for {:?}", String::from_utf8_lossy(input)))
        }
        Ok(()) => Ok(took),
    }
}

#[test]
fn every_seed_holds() {
    let mut wrong = Vec::new();
    for target in bodies::TARGETS {
        let seeds = seeds(target.0);
        assert!(seeds.len() > 4, "{} has few seeds", target.0);
        let failed = seeds.iter().filter_map(|(name, input)| {
            // Where a stack overflows, nothing else says which it was.
            eprintln!("{} {name}", target.0);
            let shown: String = run(*target, input).err()?.chars().take(400).collect();
            Some(format!("{name}: {shown}"))
        });
        wrong.extend(failed);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_target_is_one_of_the_folder() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/Cargo.toml")).unwrap();
    let stated: Vec<&str> = manifest.lines().filter_map(|line| line.strip_prefix("path = \"fuzz_targets/")).collect();
    let mut stated: Vec<&str> = stated.iter().filter_map(|file| file.strip_suffix(".rs\"")).collect();
    stated.sort_unstable();
    assert_eq!(stated, bodies::TARGETS.iter().map(|target| target.0).collect::<Vec<_>>());
}

/// A generator of numbers whose series never changes: <https://prng.di.unimi.it/splitmix64.c>.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap()
    }
}

/// Pieces that mean something to one reader or another.
const PIECES: &[&str] = &[
    "'",
    "\"",
    "$$",
    "$1",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "--",
    "/*",
    "*/",
    ";",
    ",",
    ".",
    "::",
    "\\",
    "\0",
    "\n",
    " ",
    "é",
    "😀",
    "NULL",
    " AND ",
    " OR ",
    "NOT ",
    "CASE ",
    " END",
    "0",
    "-1",
    "9223372036854775808",
    "1e999",
    "#[",
    "= \"",
    "\"]",
    "%",
    "\u{feff}",
];

fn changed(random: &mut Random, seeds: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut input = seeds[random.below(seeds.len())].1.clone();
    for _ in 0..=random.below(4) {
        let (at, end) = (random.below(input.len() + 1), random.below(input.len() + 1));
        let (start, end) = (at.min(end), at.max(end).min(at.min(end) + 40));
        match random.below(6) {
            0 => drop(input.drain(start..end)),
            1 => {
                let part = input[start..end].to_vec();
                let to = random.below(input.len() + 1);
                input.splice(to..to, part);
            }
            2 => {
                let other = &seeds[random.below(seeds.len())].1;
                let from = random.below(other.len() + 1);
                let part = other[from..other.len().min(from + 40)].to_vec();
                input.splice(start..end, part);
            }
            3 if !input.is_empty() => {
                let at = random.below(input.len());
                input[at] ^= 1 << random.below(8);
            }
            _ => {
                let piece = PIECES[random.below(PIECES.len())].bytes();
                input.splice(start..start, piece);
            }
        }
    }
    input
}

/// How many inputs of each target are tried where nothing is said: always the same.
const INPUTS: usize = 200;

#[test]
fn changed_seeds_hold() {
    let seconds = std::env::var("FUZZ_SECONDS").ok().map(|text| text.parse::<u64>().unwrap());
    let only = std::env::var("FUZZ_ONLY").ok();
    let began = Instant::now();
    let (mut inputs, mut wrong) = (0, Vec::new());
    for target in bodies::TARGETS.iter().filter(|target| only.as_ref().is_none_or(|only| only == target.0)) {
        let seeds = seeds(target.0);
        let mut random = Random(seconds.unwrap_or_default());
        let (started, mut count) = (Instant::now(), 0);
        while seconds.map_or(count < INPUTS, |seconds| started.elapsed().as_secs() < seconds) {
            count += 1;
            let input = changed(&mut random, &seeds);
            inputs += 1;
            if let Err(problem) = run(*target, &input) {
                wrong.push(problem);
                if wrong.len() > 20 {
                    break;
                }
            }
        }
    }
    eprintln!("{inputs} inputs in {} s, {} faults", began.elapsed().as_secs(), wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
