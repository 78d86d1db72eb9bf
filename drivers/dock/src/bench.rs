//! The whole bench in one process, driven over a unix socket by one-line requests.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::card::{Kind, SampleCard};
use crate::door::Door;
use crate::paper;
use crate::printer::{Condition, Printer};
use crate::sam::Module;
use crate::vpcd::Slot;

/// Where the devices appear.
#[derive(Debug, Clone)]
pub struct BenchOptions {
    /// Directory of the control socket and the link to the SAM_V line (`sam`).
    pub state: PathBuf,
    /// Address of the printer.
    pub printer: String,
    /// Slots of the plain readers, first and second.
    pub vpcd: Vec<Door>,
    /// Directory of sample cards.
    pub cards: PathBuf,
}

/// The devices.
pub struct Bench {
    sam: Module,
    slots: Vec<Slot>,
    printer: Printer,
    options: BenchOptions,
}

impl Bench {
    /// Starts the devices.
    ///
    /// # Errors
    /// When the printer's port is taken or the state directory cannot be used.
    pub fn start(options: BenchOptions) -> anyhow::Result<Self> {
        std::fs::create_dir_all(&options.state)
            .with_context(|| format!("cannot make {}", options.state.display()))?;
        Ok(Self {
            sam: Module::start(Some(&options.state.join("sam")))?,
            slots: options.vpcd.iter().cloned().map(Slot::start).collect(),
            printer: Printer::start(&options.printer).context("printer's port is taken")?,
            options,
        })
    }

    /// Answers requests on the control socket until the process ends.
    ///
    /// # Errors
    /// When the socket cannot be made.
    pub fn serve(&self) -> anyhow::Result<()> {
        let path = socket(&self.options.state);
        if path.exists() {
            std::fs::remove_file(&path)?;
        }
        let listener = UnixListener::bind(&path).context("no control socket")?;
        for stream in listener.incoming() {
            let mut stream = stream?;
            let mut line = String::new();
            BufReader::new(&stream).read_line(&mut line)?;
            let words: Vec<&str> = line.trim_end().split('\t').collect();
            let answer = match self.carry_out(&words) {
                Ok(()) => "ok\n".to_owned(),
                Err(error) => format!("{error:#}\n"),
            };
            stream.write_all(answer.as_bytes())?;
        }
        Ok(())
    }

    fn carry_out(&self, words: &[&str]) -> anyhow::Result<()> {
        match *words {
            ["insert", reader, card] => {
                let card = self.find_card(card)?;
                let slot = match reader {
                    "sam" => None,
                    "pcsc" => Some(0),
                    "pcsc2" => Some(1),
                    _ if card.kind == Kind::Resident => None,
                    _ => Some(0),
                };
                match slot {
                    None => self.sam.insert(card),
                    Some(n) => self.slots.get(n).context("no such slot")?.insert(card),
                }
            }
            ["remove"] => {
                self.sam.remove();
                self.slots.iter().for_each(Slot::remove);
            }
            ["reader", "silent"] => self.sam.set_silent(true),
            ["reader", "ok"] => self.sam.set_silent(false),
            ["printer", condition] => self.printer.set(parse_condition(condition)?),
            ["receipts", directory] => self.write_receipts(Path::new(directory))?,
            _ => bail!("no such request"),
        }
        Ok(())
    }

    fn find_card(&self, name: &str) -> anyhow::Result<SampleCard> {
        if name.contains('/') || Path::new(name).extension().is_some() {
            return SampleCard::load(Path::new(name));
        }
        SampleCard::load(&self.options.cards.join(name).with_extension("toml"))
    }

    fn write_receipts(&self, directory: &Path) -> anyhow::Result<()> {
        std::fs::create_dir_all(directory)?;
        for (n, slip) in (1..).zip(self.printer.slips()) {
            std::fs::write(directory.join(format!("{n:03}.bin")), &slip)?;
            paper::write_png(&slip, &directory.join(format!("{n:03}.png")))?;
        }
        Ok(())
    }
}

fn parse_condition(word: &str) -> anyhow::Result<Condition> {
    Ok(match word {
        "ok" => Condition::Ok,
        "near-end" => Condition::NearEnd,
        "paper-out" => Condition::PaperOut,
        "cover-open" => Condition::CoverOpen,
        "jam" => Condition::Jam,
        "offline" => Condition::Offline,
        "silent" => Condition::Silent,
        "close-mid-slip" => Condition::CloseMidSlip,
        _ => bail!("no such printer condition"),
    })
}

fn socket(state: &Path) -> PathBuf {
    state.join("dock.sock")
}

/// Sends one request to a running bench.
///
/// # Errors
/// When no bench runs there, or with the bench's own answer when it refused.
pub fn ask(state: &Path, words: &[&str]) -> anyhow::Result<()> {
    let mut stream = UnixStream::connect(socket(state))
        .with_context(|| format!("no dock runs in {}", state.display()))?;
    stream.write_all(format!("{}\n", words.join("\t")).as_bytes())?;
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer)?;
    match answer.trim_end() {
        "ok" => Ok(()),
        refusal => bail!("{refusal}"),
    }
}
