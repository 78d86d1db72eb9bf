//! Command line of the bench.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use dock::{Bench, BenchOptions, Door, ask, relay};

/// Stands in for the kiosk's hardware: cards, readers, printer.
#[derive(Parser)]
struct Cli {
    /// Directory of the bench's socket and links.
    #[arg(long, env = "DOCK_STATE", default_value = "run/dock", global = true)]
    state: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the devices in the foreground.
    Serve {
        /// Address of the printer.
        #[arg(long, default_value = "127.0.0.1:9100")]
        printer: String,
        /// A vpcd slot, HOST:PORT or the socket file of `dock relay`; once or twice.
        #[arg(long, default_values = ["127.0.0.1:35963", "127.0.0.1:35964"])]
        vpcd: Vec<Door>,
        /// Directory of sample cards.
        #[arg(long, env = "DOCK_CARDS", default_value = "drivers/dock/cards")]
        cards: PathBuf,
    },
    /// Stand beside a vpcd in its own network namespace and pass cards on to it.
    Relay {
        /// Socket file to make.
        socket: PathBuf,
        /// The vpcd slot.
        #[arg(default_value = "127.0.0.1:35963")]
        vpcd: SocketAddr,
    },
    /// Put a card on a reader or take it away.
    #[command(subcommand)]
    Card(Card),
    /// Break, mend or empty the printer.
    Printer {
        /// paper-out, near-end, cover-open, jam, ok, offline, silent, close-mid-slip; or `receipts`.
        what: String,
        /// Where `receipts` writes each slip as raw bytes and as PNG.
        directory: Option<PathBuf>,
    },
    /// Silence or revive the SAM_V module: `silent` or `ok`.
    Reader {
        /// silent or ok.
        what: String,
    },
}

#[derive(Subcommand)]
enum Card {
    /// Lay a card on a reader.
    Insert {
        /// Name of a sample card.
        #[arg(required_unless_present = "file")]
        name: Option<String>,
        /// A card file instead.
        #[arg(long, conflicts_with = "name")]
        file: Option<PathBuf>,
        /// Which reader; by default the one for the card's kind.
        #[arg(long)]
        reader: Option<Reader>,
    },
    /// Take every card away.
    Remove,
}

#[derive(Clone, Copy, ValueEnum)]
enum Reader {
    /// The plain PC/SC reader.
    Pcsc,
    /// The second plain PC/SC reader.
    Pcsc2,
    /// The SAM_V module.
    Sam,
}

fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    match cli.command {
        Command::Serve { printer, vpcd, cards } => {
            let state = std::path::absolute(&cli.state)?;
            Bench::start(BenchOptions { state, printer, vpcd, cards })?.serve()
        }
        Command::Relay { socket, vpcd } => Ok(relay(&socket, vpcd)?),
        Command::Card(Card::Insert { name, file, reader }) => {
            let reader = match reader {
                None => "auto",
                Some(Reader::Pcsc) => "pcsc",
                Some(Reader::Pcsc2) => "pcsc2",
                Some(Reader::Sam) => "sam",
            };
            let card = match file {
                Some(file) => std::path::absolute(file)?.to_string_lossy().into_owned(),
                None => name.unwrap_or_default(),
            };
            ask(&cli.state, &["insert", reader, &card])
        }
        Command::Card(Card::Remove) => ask(&cli.state, &["remove"]),
        Command::Printer { what, directory } if what == "receipts" => {
            let directory = std::path::absolute(directory.unwrap_or_else(|| "receipts".into()))?;
            ask(&cli.state, &["receipts", &directory.to_string_lossy()])
        }
        Command::Printer { what, .. } => ask(&cli.state, &["printer", &what]),
        Command::Reader { what } => ask(&cli.state, &["reader", &what]),
    }
}
