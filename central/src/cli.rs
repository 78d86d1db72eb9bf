//! The command line: reads arguments and configuration, calls [`App`], prints results.
//!
//! Exit codes: 0 done, 1 refused or broken, 2 bad arguments or configuration.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

use crate::{App, Clock, Config, ConfigError, telemetry};

#[derive(Parser)]
#[command(name = "central", version, about = "The service of record behind the kiosks")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve kiosks until SIGTERM or SIGINT.
    Serve(ConfigFile),
    /// Import JSONL files, each wholly or not at all.
    Import {
        #[command(flatten)]
        config: ConfigFile,
        /// Files of typed lines; `central schema` prints what they may hold.
        #[arg(required = true, value_name = "DATA.jsonl")]
        files: Vec<PathBuf>,
    },
    /// Admit and revoke kiosks.
    #[command(subcommand)]
    Kiosk(Kiosk),
    /// Check every audit chain against its anchors; exit 1 at a break.
    VerifyAudit(ConfigFile),
    /// Print the JSON Schema of an import line.
    Schema,
    /// Print the OpenAPI document.
    Openapi,
}

#[derive(Subcommand)]
enum Kiosk {
    /// Print the admission of a kiosk: a one-time token good for 24 hours.
    Enrol {
        /// Kiosk id.
        id: String,
        #[command(flatten)]
        config: ConfigFile,
        /// Serial number of a SAM_V module it reads cards with; may be given again.
        #[arg(long = "reader", value_name = "SAM_SERIAL")]
        readers: Vec<String>,
        /// Hall it stands in; may be left out while only one is known.
        #[arg(long)]
        hall: Option<String>,
    },
    /// Refuse a kiosk from now on.
    Revoke {
        /// Kiosk id.
        id: String,
        #[command(flatten)]
        config: ConfigFile,
    },
}

#[derive(Args)]
struct ConfigFile {
    /// Configuration file.
    #[arg(long = "config", value_name = "FILE")]
    path: PathBuf,
}

/// Runs the program with the process's arguments.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    telemetry::start();
    let result = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")
        .and_then(|runtime| runtime.block_on(execute(arguments.command)));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let mut stderr = io::stderr();
            if let Some(fault) = error.downcast_ref::<ConfigError>() {
                let _ = writeln!(stderr, "{fault}");
                return ExitCode::from(2);
            }
            let _ = writeln!(stderr, "{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn execute(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Serve(config) => serve(&config.read()?).await,
        Command::Import { config, files } => {
            let app = open(&config.read()?).await?;
            let result = app.import(&files).await;
            app.close().await;
            for (file, lines) in result?.files {
                print(&format!("{}: {lines} lines imported\n", file.display()))?;
            }
            Ok(())
        }
        Command::Kiosk(Kiosk::Enrol { id, config, readers, hall }) => {
            let app = open(&config.read()?).await?;
            let result = app.admit(&id, &readers, hall.as_deref()).await;
            app.close().await;
            print(&result?.to_toml())
        }
        Command::Kiosk(Kiosk::Revoke { id, config }) => {
            let app = open(&config.read()?).await?;
            let result = app.revoke(&id).await;
            app.close().await;
            result?;
            print(&format!("{id}: revoked\n"))
        }
        Command::VerifyAudit(config) => {
            let report = crate::verify_audit(&config.read()?).await?;
            print(&format!("{report}\n"))
        }
        Command::Schema => print(&crate::import_schema()),
        Command::Openapi => print(&format!("{}\n", crate::openapi())),
    }
}

impl ConfigFile {
    fn read(&self) -> Result<Config, ConfigError> {
        Config::read(&self.path)
    }
}

async fn open(config: &Config) -> anyhow::Result<App> {
    Ok(App::open(config, Clock::System).await?)
}

async fn serve(config: &Config) -> anyhow::Result<()> {
    let app = open(config).await?;
    let listen = config.server.listen;
    let listener =
        TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {listen}"))?;
    let address = listener.local_addr()?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let shutdown = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!(code = "central.stopping", "central stops");
    };
    if let Some(file) = &config.server.address_file {
        write_whole(file, &format!("{address}\n"))
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    tracing::info!(code = "central.listening", %address, "central listens on {address}");
    print(&format!("central listens on https://{address}\n"))?;
    Ok(app.serve(listener, shutdown).await?)
}

/// Writes a file so that a reader sees all of it or none.
fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let new = PathBuf::from(name);
    fs::write(&new, text)?;
    fs::rename(&new, path)
}

fn print(text: &str) -> anyhow::Result<()> {
    let mut stdout = io::stdout();
    stdout.write_all(text.as_bytes())?;
    Ok(stdout.flush()?)
}
