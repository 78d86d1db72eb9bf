//! The `central` program itself: arguments, configuration, exit codes, signals.

use std::{
    fs,
    io::{self, BufRead, BufReader},
    path::Path,
    process::{Command, Output, Stdio},
};

use central::Admission;
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::support::{County, Kiosk, SAM, WANG, card};

fn central(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_central"));
    command.args(arguments).env_remove("RUST_LOG");
    command
}

fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = central(arguments).output().expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (status.code(), text(stdout), text(stderr))
}

fn configured(directory: &Path) -> String {
    let path = directory.join("central.toml");
    let text = "[server]\nlisten = \"127.0.0.1:0\"\naddress_file = \"address\"\n\n[store]\npath = \"central.db\"\nkeys = \"keys\"\n";
    fs::write(&path, text).expect("written");
    path.display().to_string()
}

#[test]
fn a_fault_in_the_configuration_is_one_line_and_exit_code_2() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let path = directory.path().join("central.toml");
    let file = path.display().to_string();
    let store = "[store]\npath = \"a\"\nkeys = \"b\"\n";
    for (text, line, key) in [
        (format!("{store}colour = 1\n"), 4, "store"),
        (format!("{store}[limits]\nvisit_s = \"long\"\n"), 5, "limits.visit_s"),
        (format!("{store}[limits]\nvisit_s = 0\n"), 5, "limits.visit_s"),
        (format!("{store}[server]\nlisten = \"here\"\n"), 5, "server.listen"),
        ("[store]\npath = \"a\"\n".to_owned(), 1, "store"),
        ("[store\n".to_owned(), 1, "(file)"),
        (format!("{store}[server]\nnames = []\n"), 5, "server.names"),
    ] {
        fs::write(&path, &text).expect("written");
        let (code, _, stderr) = run(&["serve", "--config", &file]);
        assert_eq!(code, Some(2), "{text}{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
        assert!(stderr.starts_with(&format!("{file}:{line}: {key}")), "{text}{stderr}");
        assert!(stderr.contains("expected"), "{stderr}");
    }
    fs::remove_file(&path).expect("removed");
    let (code, _, stderr) = run(&["verify-audit", "--config", &file]);
    assert_eq!((code, stderr.lines().count()), (Some(2), 1), "{stderr}");
}

#[tokio::test]
async fn from_import_to_a_served_kiosk_to_a_clean_stop() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let config = configured(directory.path());
    let files: Vec<String> =
        central::sample_county().iter().map(|file| file.display().to_string()).collect();
    let mut import = vec!["import", "--config", &config];
    import.extend(files.iter().map(String::as_str));
    let (code, stdout, stderr) = run(&import);
    assert_eq!((code, stdout.lines().count()), (Some(0), 5), "{stderr}");
    let (code, ticket, _) = run(&["kiosk", "enrol", "k1", "--config", &config, "--reader", SAM]);
    assert_eq!(code, Some(0));
    let ticket: toml::Table = ticket.parse().expect("TOML");
    let word = |key: &str| ticket[key].as_str().expect("a string").to_owned();
    let admission = Admission {
        kiosk: word("kiosk"),
        token: word("token"),
        authority_pem: word("authority_pem"),
    };
    let log = directory.path().join("log");
    let mut serving = central(&["serve", "--config", &config])
        .env("RUST_LOG", "trace")
        .stdout(Stdio::piped())
        .stderr(fs::File::create(&log).expect("a log"))
        .spawn()
        .expect("it starts");
    let mut line = String::new();
    let stdout = serving.stdout.take().expect("its output");
    BufReader::new(stdout).read_line(&mut line).expect("a line");
    let address = fs::read_to_string(directory.path().join("address")).expect("an address");
    assert_eq!(line.trim_end(), format!("central listens on https://{}", address.trim_end()));
    let address = address.trim_end().parse().expect("an address");
    let stranger = Kiosk::new(address, &admission.authority_pem, None);
    assert_eq!(stranger.get("/readyz").await.status(), 200);
    let refused = stranger.get("/v1/hall").await;
    assert_eq!(refused.status(), 403);
    let pid = serving.id().to_string();
    let killed = Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs");
    assert!(killed.success());
    assert!(serving.wait().expect("it ends").success());
    // However wide the log, it is central's own.
    let log = fs::read_to_string(log).expect("text");
    assert!(log.contains("central.listening"), "{log}");
    assert!(log.lines().all(|line| line.contains("\"target\":\"central")), "{log}");
    let (code, stdout, _) = run(&["verify-audit", "--config", &config]);
    assert_eq!((code, stdout.lines().last()), (Some(0), Some("audit: ok")));
    let (code, _, stderr) = run(&["kiosk", "revoke", "k9", "--config", &config]);
    assert_eq!((code, stderr.trim_end()), (Some(1), "no such kiosk"));
}

/// A busy morning's database with its configuration, served and stopped.
async fn with_entries(directory: &Path) -> (String, Vec<String>) {
    let config = configured(directory);
    let settings = central::Config::read(Path::new(&config)).expect("a configuration");
    let mut county = County::start_with(|of| of.store = settings.store).await;
    let kiosk = county.kiosk("k1").await;
    for _ in 0..6 {
        kiosk.open(card(WANG, SAM)).await;
    }
    county.stop().await;
    (config, listing(directory))
}

fn listing(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).expect("a directory");
    let name = |entry: io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
    let mut names: Vec<_> = entries.map(|e| name(e).to_string_lossy().into_owned()).collect();
    // SQLite's own, which come and go with whoever reads.
    names.retain(|name| !name.ends_with("-wal") && !name.ends_with("-shm"));
    names.sort();
    names
}

#[tokio::test]
async fn a_cut_log_without_its_anchors_is_no_sound_log() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let (config, before) = with_entries(directory.path()).await;
    let check = || run(&["verify-audit", "--config", &config]);
    let (code, stdout, stderr) = check();
    assert_eq!((code, stdout.lines().last()), (Some(0), Some("audit: ok")), "{stderr}");
    assert_eq!(listing(directory.path()), before);
    let options = SqliteConnectOptions::new().filename(directory.path().join("central.db"));
    let mut database = SqliteConnection::connect_with(&options).await.expect("opens");
    sqlx::query("DELETE FROM audit WHERE seq >= 5").execute(&mut database).await.expect("cut");
    let cut_off = check();
    assert_eq!(cut_off.0, Some(1), "{cut_off:?}");
    for kind in ["head", "anchors"] {
        let path = directory.path().join(format!("central.db.main.{kind}"));
        fs::remove_file(&path).expect("removed");
    }
    let missing = check();
    assert_eq!((missing.0, missing.1.as_str()), (Some(1), ""), "{missing:?}");
    assert!(missing.2.contains("broken at writer main"), "{}", missing.2);
    for kind in ["head", "anchors"] {
        fs::write(directory.path().join(format!("central.db.main.{kind}")), "").expect("emptied");
    }
    let empty = check();
    assert_eq!((empty.0, empty.1.as_str()), (Some(1), ""), "{empty:?}");
    sqlx::query("DELETE FROM audit").execute(&mut database).await.expect("cut");
    for kind in ["head", "anchors"] {
        let path = directory.path().join(format!("central.db.main.{kind}"));
        fs::remove_file(&path).expect("removed");
    }
    let nothing = check();
    assert_eq!(nothing.0, Some(1), "{nothing:?}");
}

#[tokio::test]
async fn a_check_makes_nothing_and_changes_nothing() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let config = configured(directory.path());
    let (code, stdout, stderr) = run(&["verify-audit", "--config", &config]);
    assert_eq!((code, stdout.as_str()), (Some(1), ""), "{stderr}");
    assert!(stderr.contains("central.db"), "{stderr}");
    assert_eq!(listing(directory.path()), ["central.toml"]);

    let (config, before) = with_entries(directory.path()).await;
    let options = SqliteConnectOptions::new().filename(directory.path().join("central.db"));
    let mut database = SqliteConnection::connect_with(&options).await.expect("opens");
    // As if a newer version were to bring it up to date.
    let undone = "DELETE FROM _sqlx_migrations";
    sqlx::query(undone).execute(&mut database).await.expect("undone");
    database.close().await.expect("closed");
    let (code, _, stderr) = run(&["verify-audit", "--config", &config]);
    assert_eq!(code, Some(0), "{stderr}");
    let mut database = SqliteConnection::connect_with(&options).await.expect("opens");
    let rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM _sqlx_migrations")
        .fetch_one(&mut database)
        .await
        .expect("a count");
    assert_eq!(rows, 0);
    assert_eq!(listing(directory.path()), before);
}

#[test]
fn the_schema_and_the_document_are_printed() {
    let (code, schema, _) = run(&["schema"]);
    assert_eq!((code, schema), (Some(0), central::import_schema()));
    let (code, document, _) = run(&["openapi"]);
    assert_eq!((code, document.trim_end()), (Some(0), central::openapi().as_str()));
    assert_eq!(run(&["dance"]).0, Some(2));
}
