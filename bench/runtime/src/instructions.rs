//! How many instructions a call takes in the client, as valgrind counts them: a figure that no other program on the machine
//! disturbs. The kernel's are not in it.

use std::process::{Command, Stdio};

use crate::data::{self, Inputs};
use crate::runner::Kind;
use crate::work::Mode;
use crate::{PEERS, Peer, block_on, job};

/// The word that makes this program do one peer's work once, to be counted.
pub const ONE: &str = "one";

fn chunks(kind: Kind) -> usize {
    if kind == Kind::Bulk { 3 } else { 11 }
}

/// Instructions of a call; `None` where there is no valgrind.
pub fn count(peer: &Peer, kind: Kind, url: &str) -> Option<f64> {
    // What starting, connecting and making the inputs takes is in both.
    let (few, many) = (run(peer, kind, url, 1)?, run(peer, kind, url, chunks(kind))?);
    Some((many.0 - few.0) / (many.1 - few.1))
}

/// Instructions of the whole process, and its calls.
fn run(peer: &Peer, kind: Kind, url: &str, times: usize) -> Option<(f64, f64)> {
    if kind.inserts() {
        block_on(data::empty(url));
    }
    let profile = std::env::var("PROFILES")
        .map_or("/dev/null".to_owned(), |folder| format!("{folder}/{}-{}.callgrind", kind.word(), peer.name));
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", &format!("--callgrind-out-file={profile}")])
        .arg(std::env::current_exe().expect("our own path"))
        .args([ONE, peer.name, kind.word(), url, &times.to_string()])
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {text}", peer.name);
    if kind.inserts() {
        block_on(data::empty(url));
    }
    let refs = text.lines().find_map(|line| line.split_once("Collected :").or_else(|| line.split_once("refs:")));
    let (_, refs) = refs.expect("valgrind prints the number of instructions");
    let calls: f64 = String::from_utf8_lossy(&output.stdout).trim().parse().expect("the number of calls");
    Some((refs.trim().parse().expect("a number"), calls))
}

/// The work of one peer on a held connection, so many chunks of it; prints how many calls it was.
pub fn one(arguments: &[String]) {
    let [name, word, url, times] = arguments else { panic!("one PEER CALL URL TIMES") };
    let peer = PEERS.iter().find(|peer| peer.name == name).expect("a peer");
    let kind = Kind::ALL.into_iter().find(|kind| kind.word() == word).expect("a call");
    let mut inputs = block_on(Inputs::read(url));
    let mut runner = (peer.connect)(url, Mode::Held, kind);
    let mut calls = 0;
    let times: usize = times.parse().expect("a number");
    for chunk in 0..chunks(kind) {
        if kind.inserts() {
            block_on(data::empty(url));
        }
        let job = job(kind, &mut inputs);
        if chunk < times {
            calls += runner.run(&job).calls;
        } else {
            runner.prepare(&job);
        }
    }
    println!("{calls}");
}
