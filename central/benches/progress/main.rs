//! How fast central answers a progress query, beside the least a service could do: one bare SQLite
//! read and one durable append per request, over the same HTTP and TLS stack.
//!
//! `cargo bench -p central`. Both run in turns in one process, with the same client, and each on a
//! database of its own on the disk of the build directory. The figure: central reaches at least
//! half of the peer's rate, although it checks the visit, opens what is sealed, works out the
//! legal dates and chains its audit.

mod client;
mod ours;
mod peer;
mod report;

use std::{fs::File, io::Write, path::Path, time::Duration, time::Instant};

use client::{Ask, Target};
use report::Runs;

/// Connections kept busy at once.
const CONNECTIONS: [usize; 3] = [1, 8, 32];
/// Rounds of every target at every number of connections.
const ROUNDS: usize = 5;
/// Length of a round.
const ROUND: Duration = Duration::from_millis(450);

fn main() {
    // The build directory is on a disk; a directory in memory would make every append durable free.
    let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a directory");
    let servers = tokio::runtime::Runtime::new().expect("a runtime for the servers");
    let clients = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime for the clients");

    let address = servers.block_on(ours::start(directory.path()));
    let (ours, ours_client) = clients.block_on(ours::enrol(address));
    let read = clients.block_on(ours.read());
    let opened = clients.block_on(ours.open());
    let peer = servers.block_on(peer::start(directory.path(), [&read, &opened]));

    let read = [
        Target::new("central", address, &ours_client, ours.read_request()),
        peer.target("read + INSERT", Ask::get("/read/insert")),
        peer.target("read + fdatasync", Ask::get("/read/append")),
    ];
    let opened = [
        Target::new("central", address, &ours_client, ours.open_request()),
        peer.target("read + INSERT", ours.open_request_at("/opened/insert")),
        peer.target("read + fdatasync", ours.open_request_at("/opened/append")),
    ];

    let (mut reads, mut opens) = (Runs::default(), Runs::default());
    for round in 0..=ROUNDS {
        for connections in CONNECTIONS {
            for (targets, runs) in [(&read, &mut reads), (&opened, &mut opens)] {
                for target in targets {
                    let run = clients.block_on(client::run(target, connections, ROUND));
                    // The first round only warms up.
                    if round > 0 {
                        runs.add(target.name, connections, run);
                    }
                }
            }
        }
    }
    let append = append_alone(directory.path());
    report::print("GET /v1/visits/current/applications", ours.read_bytes(), &reads, append);
    report::print("POST /v1/visits, by card", ours.open_bytes(), &opens, append);
}

/// The median time of one append made durable, with nothing around it.
fn append_alone(directory: &Path) -> Duration {
    let mut file = File::create(directory.join("alone")).expect("a file");
    let mut times: Vec<Duration> = (0..200)
        .map(|_| {
            let began = Instant::now();
            file.write_all(&[b'.'; peer::RECORD]).expect("an append");
            file.sync_data().expect("a durable append");
            began.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}
