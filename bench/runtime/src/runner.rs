//! One peer doing one chunk of work while its thread's CPU time is taken.

use std::hint::black_box;
use std::time::Instant;

use futures_util::future::join_all;
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::clock;
use crate::data::PAGES;
use crate::work::{CONNECTIONS, Change, Fresh, Mode, Work};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Get,
    Page,
    Insert,
    Update,
    Bulk,
    Eight,
}

impl Kind {
    pub const ALL: [Self; 6] = [Self::Get, Self::Page, Self::Insert, Self::Update, Self::Bulk, Self::Eight];

    /// As it is named on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Page => "page",
            Self::Insert => "insert",
            Self::Update => "update",
            Self::Bulk => "bulk",
            Self::Eight => "eight",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "get by id",
            Self::Page => "page of 20 by cursor",
            Self::Insert => "insert",
            Self::Update => "update of 3 columns",
            Self::Bulk => "bulk insert of 10,000",
            Self::Eight => "get by id, 8 at a time",
        }
    }

    /// Whether it works on the empty table.
    pub fn inserts(self) -> bool {
        matches!(self, Self::Insert | Self::Bulk)
    }
}

/// The inputs of one chunk.
pub enum Job {
    Get(Vec<Uuid>),
    /// The owners; all pages of each are read.
    Page(Vec<Uuid>),
    Insert(Vec<Fresh>),
    Update(Vec<(Uuid, Change)>),
    Bulk(Vec<Fresh>),
    Eight(Vec<Uuid>),
}

/// What a chunk cost.
pub struct Sample {
    pub calls: usize,
    /// CPU seconds of the client.
    pub cpu: f64,
    /// Seconds from the first call to the last answer.
    pub wall: f64,
    /// Seconds of each call.
    pub latencies: Vec<f64>,
    /// The same for each peer that did the same.
    pub sum: i64,
}

/// A peer with its connections, ready for chunks.
pub trait Runner {
    fn run(&mut self, job: &Job) -> Sample;

    /// Only makes the inputs of the chunk, and leaks them: what `run` does while its clock is stopped.
    fn prepare(&self, job: &Job);
}

struct On<W> {
    runtime: Runtime,
    handles: Vec<W>,
}

/// Connects a peer.
pub fn runner<W: Work>(url: &str, mode: Mode, kind: Kind) -> Box<dyn Runner> {
    // One thread: what it uses is what the client uses.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let handles = if kind == Kind::Eight { CONNECTIONS } else { 1 };
    let handles = runtime.block_on(W::connect(url, mode, handles));
    Box::new(On { runtime, handles })
}

impl<W: Work> Runner for On<W> {
    fn run(&mut self, job: &Job) -> Sample {
        let Self { runtime, handles } = self;
        runtime.block_on(async {
            for handle in handles.iter_mut() {
                handle.begin().await;
            }
            let sample = chunk(handles, job).await;
            for handle in handles.iter_mut() {
                handle.end().await;
            }
            sample
        })
    }

    fn prepare(&self, job: &Job) {
        match job {
            Job::Insert(rows) | Job::Bulk(rows) => rows.iter().map(W::new).for_each(std::mem::forget),
            Job::Update(changes) => changes.iter().map(|(_, change)| W::change(change)).for_each(std::mem::forget),
            Job::Get(_) | Job::Page(_) | Job::Eight(_) => {}
        }
    }
}

async fn chunk<W: Work>(handles: &mut [W], job: &Job) -> Sample {
    if let Job::Eight(ids) = job {
        return eight(handles, ids).await;
    }
    let handle = &mut handles[0];
    let mut meter = Meter::new();
    match job {
        Job::Get(ids) => {
            meter.start();
            for id in ids {
                let sum = handle.get(*id).await;
                meter.call(sum);
            }
        }
        Job::Page(owners) => {
            meter.start();
            for owner in owners {
                let mut cursor = None;
                for _ in 0..PAGES {
                    let (sum, next) = handle.page(*owner, cursor.take()).await;
                    cursor = next;
                    meter.call(sum);
                }
                assert!(black_box(&cursor).is_none(), "the last page has no next");
            }
        }
        Job::Insert(rows) => {
            let rows: Vec<W::New> = rows.iter().map(W::new).collect();
            meter.start();
            for row in rows {
                let sum = handle.insert(row).await;
                meter.call(sum);
            }
        }
        Job::Update(changes) => {
            let changes: Vec<(Uuid, W::Change)> = changes.iter().map(|(id, change)| (*id, W::change(change))).collect();
            meter.start();
            for (id, change) in changes {
                let sum = handle.update(id, change).await;
                meter.call(sum);
            }
        }
        Job::Bulk(rows) => {
            let rows: Vec<W::New> = rows.iter().map(W::new).collect();
            meter.start();
            let sum = handle.bulk(rows).await;
            meter.call(sum);
        }
        Job::Eight(_) => unreachable!("taken above"),
    }
    meter.end()
}

async fn eight<W: Work>(handles: &mut [W], ids: &[Uuid]) -> Sample {
    let share = ids.len().div_ceil(handles.len());
    let mut meter = Meter::new();
    meter.start();
    let each = handles.iter_mut().zip(ids.chunks(share)).map(async |(handle, ids)| {
        let mut latencies = Vec::with_capacity(ids.len());
        let mut sum = 0;
        for id in ids {
            let start = Instant::now();
            sum += handle.get(*id).await;
            latencies.push(start.elapsed().as_secs_f64());
        }
        (sum, latencies)
    });
    let all = join_all(each).await;
    let mut sample = meter.end();
    for (sum, latencies) in all {
        sample.sum += sum;
        sample.latencies.extend(latencies);
    }
    sample.calls = ids.len();
    sample
}

struct Meter {
    cpu: f64,
    start: Instant,
    last: Instant,
    latencies: Vec<f64>,
    sum: i64,
}

impl Meter {
    fn new() -> Self {
        let now = Instant::now();
        Self { cpu: 0.0, start: now, last: now, latencies: Vec::with_capacity(1_024), sum: 0 }
    }

    fn start(&mut self) {
        self.start = Instant::now();
        self.last = self.start;
        self.cpu = clock::cpu();
    }

    fn call(&mut self, sum: i64) {
        let now = Instant::now();
        self.latencies.push((now - self.last).as_secs_f64());
        self.last = now;
        self.sum += sum;
    }

    fn end(self) -> Sample {
        let cpu = clock::cpu() - self.cpu;
        Sample {
            calls: self.latencies.len(),
            cpu,
            wall: self.start.elapsed().as_secs_f64(),
            latencies: self.latencies,
            sum: self.sum,
        }
    }
}
