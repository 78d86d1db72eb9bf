//! The kiosk's program: reads the settings, chooses the parts, runs them.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use kiosk::app::{self, Clock};
use kiosk::{diagnose, telemetry};
use kiosk_config::Config;
use kiosk_ui::Ui;
use visit::Event;

/// Wipes whatever is freed: a resident's data does not linger in memory.
#[global_allocator]
static WIPING: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

/// Exit code for faulty settings.
const FAULTY_SETTINGS: u8 = 2;

/// The hall's social-assistance kiosk.
#[derive(Parser)]
#[command(version)]
struct Cli {
    /// Settings; kiosk.toml of the package documents every key.
    #[arg(long, global = true, default_value = "/etc/kiosk/kiosk.toml")]
    config: PathBuf,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Tell every fault of a settings file, one line each.
    CheckConfig {
        /// The file.
        file: PathBuf,
    },
    /// Tell how each device, central, disk, fonts and clock are.
    Diagnose {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

fn main() -> ExitCode {
    // What the pinyin engine frees is wiped, too; without that it is not used.
    let wiping = pinyin_input::wipe_freed_memory();
    let cli = Cli::parse();
    let path = match &cli.command {
        Some(Command::CheckConfig { file }) => file,
        _ => &cli.config,
    };
    let config = match kiosk_config::load(path) {
        Ok(config) => config,
        Err(faults) => {
            return told(&mut std::io::stderr(), &faults.to_string(), FAULTY_SETTINGS.into());
        }
    };
    match cli.command {
        Some(Command::CheckConfig { file }) => {
            let line = format!("{}: no faults", file.display());
            told(&mut std::io::stdout(), &line, ExitCode::SUCCESS)
        }
        Some(Command::Diagnose { json }) => {
            let report = diagnose::run(&config);
            let code = if report.has_failed() { ExitCode::FAILURE } else { ExitCode::SUCCESS };
            let text = if json { report.to_json() } else { report.to_string() };
            told(&mut std::io::stdout(), &text, code)
        }
        None => {
            telemetry::start(&config.kiosk);
            if let Err(error) = wiping {
                tracing::error!(code = "PINYIN-UNWIPED", %error, "pinyin is switched off");
            }
            match run(&config) {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => {
                    tracing::error!(code = "APP-FAILED", error = format!("{error:#}"), "it ends");
                    ExitCode::FAILURE
                }
            }
        }
    }
}

fn run(config: &Config) -> anyhow::Result<()> {
    let (inbox, mail) = app::channel();
    let fingers = inbox.clone();
    #[expect(clippy::cast_possible_truncation, reason = "pixels in a millimetre are a few")]
    let pixels_per_mm = config.display.pixels_per_mm() as f32;
    let press = move |event| fingers.send(Event::Ui(event));
    let ui = Ui::new(press, config.display.fullscreen, pixels_per_mm)?;
    // Full-screen too: where no window manager answers, the window keeps this size.
    ui.set_size(config.display.width, config.display.height);
    app::stop_on_signals(inbox.clone())?;
    let running = app::start(config, (inbox, mail), ui.handle(), Clock::system())?;
    let shown = ui.run();
    running.stop()?;
    Ok(shown?)
}

/// Writes to whoever called; a reader that went away is no fault of ours.
fn told(out: &mut dyn Write, text: &str, code: ExitCode) -> ExitCode {
    match writeln!(out, "{text}") {
        Ok(()) | Err(_) => code,
    }
}
