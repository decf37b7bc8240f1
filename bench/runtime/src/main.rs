//! What a call costs the client: ours, sqlx by hand, and other libraries at the same work on the same server.
//!
//! `bench-runtime [--quick] [--no-instructions] [PEER …] [CALL …]`; without names, all of them. Peers and calls are listed
//! in the README.

mod clock;
mod data;
mod instructions;
mod peers;
mod report;
mod runner;
mod work;

use std::time::Duration;

use data::Inputs;
use runner::{Job, Kind, Runner, Sample, runner};
use sqlx::{Connection as _, PgConnection};
use work::{Mode, Work};

/// A library on the list.
pub struct Peer {
    pub name: &'static str,
    connect: fn(&str, Mode, Kind) -> Box<dyn Runner>,
}

const fn peer<W: Work>(name: &'static str) -> Peer {
    Peer { name, connect: runner::<W> }
}

/// The first is the yardstick.
const PEERS: [Peer; 6] = [
    peer::<peers::sqlx::ByHand>("sqlx"),
    peer::<peers::tablewright::Ours>("tablewright"),
    peer::<peers::sqlx_lean::Lean>("sqlx-lean"),
    peer::<peers::tokio_postgres::Tokio>("tokio-postgres"),
    peer::<peers::diesel::Diesel>("diesel-async"),
    peer::<peers::sea_orm::SeaOrm>("sea-orm"),
];

/// Rounds that do not count.
const WARM: usize = 3;

const MODES: [Mode; 2] = [Mode::Held, Mode::Pooled];

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|word| word == instructions::ONE) {
        return instructions::one(&arguments[1..]);
    }
    let mut flag = |name: &str| {
        let before = arguments.len();
        arguments.retain(|word| word != name);
        arguments.len() < before
    };
    let (quick, no_instructions) = (flag("--quick"), flag("--no-instructions"));
    let named = |word: &str| arguments.iter().any(|argument| argument == word);
    for word in &arguments {
        let known = PEERS.iter().any(|peer| peer.name == word) || Kind::ALL.iter().any(|kind| kind.word() == word);
        assert!(known, "`{word}` is neither a peer nor a call");
    }
    let all_peers = !PEERS.iter().any(|peer| named(peer.name));
    let all_kinds = !Kind::ALL.iter().any(|kind| named(kind.word()));
    // The yardstick is always there.
    let peers: Vec<&Peer> = PEERS
        .iter()
        .enumerate()
        .filter(|(index, peer)| *index == 0 || all_peers || named(peer.name))
        .map(|(_, p)| p)
        .collect();
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| all_kinds || named(kind.word())).collect();

    clock::stay_on_one_processor();
    let (filled, empty) = (tablewright_tempdb::database(), tablewright_tempdb::database());
    let mut inputs = block_on(async {
        data::set_up(filled.url(), true).await;
        data::set_up(empty.url(), false).await;
        Inputs::read(filled.url()).await
    });
    let mut rows = Vec::new();
    for kind in kinds {
        let url = if kind.inserts() { empty.url() } else { filled.url() };
        for mode in MODES {
            eprintln!("{}, {}", kind.name(), mode.name());
            let measured = measure(&peers, kind, mode, url, &mut inputs, quick);
            let counted = (!no_instructions && mode == Mode::Held && kind != Kind::Eight)
                .then(|| peers.iter().map(|peer| instructions::count(peer, kind, url)).collect());
            rows.push(report::Row { kind, mode, measured, counted });
        }
    }
    let server = block_on(data::server(filled.url()));
    report::print(&peers, &rows, &server);
}

fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}

/// The samples of each peer, in rounds in which each has its turn.
fn measure(peers: &[&Peer], kind: Kind, mode: Mode, url: &str, inputs: &mut Inputs, quick: bool) -> Vec<Vec<Sample>> {
    let rounds = match (kind, quick) {
        (_, true) => 5,
        (Kind::Bulk, false) => 21,
        (Kind::Eight, false) => 61,
        (_, false) => 241,
    };
    let mut runners: Vec<Box<dyn Runner>> = peers.iter().map(|peer| (peer.connect)(url, mode, kind)).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut emptying = runtime.block_on(PgConnection::connect(url)).expect("a connection");
    let mut samples: Vec<Vec<Sample>> = peers.iter().map(|_| Vec::new()).collect();
    // The first rounds open the connections of pools and prepare the statements on them.
    for round in 0..rounds + WARM {
        let job = job(kind, inputs);
        let mut sum = None;
        for turn in 0..peers.len() {
            // No candidate always runs after the same other one.
            let turn = if round % 2 == 0 { turn } else { peers.len() - 1 - turn };
            let index = (turn + round / 2) % peers.len();
            let sample = runners[index].run(&job);
            if kind.inserts() {
                runtime.block_on(data::truncate(&mut emptying));
            }
            assert_eq!(*sum.get_or_insert(sample.sum), sample.sum, "{} does other work", peers[index].name);
            if round >= WARM {
                samples[index].push(sample);
            }
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    samples
}

/// The inputs of one chunk of calls.
pub fn job(kind: Kind, inputs: &mut Inputs) -> Job {
    match kind {
        Kind::Get => Job::Get(inputs.items(50)),
        Kind::Page => Job::Page(inputs.owners(10)),
        Kind::Insert => Job::Insert(inputs.fresh(50)),
        Kind::Update => Job::Update(inputs.changes(50)),
        Kind::Bulk => Job::Bulk(inputs.fresh(10_000)),
        Kind::Eight => Job::Eight(inputs.items(400)),
    }
}
