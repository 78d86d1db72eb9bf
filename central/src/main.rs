//! The `central` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    central::cli::run()
}
