//! No number, name, phone or code in the database, beside it, or in the log.

use std::{
    fs,
    io::{self, Write},
    path::Path,
    sync::{Arc, Mutex},
};

use reqwest::Method;
use serde_json::Value;
use tracing_subscriber::fmt::MakeWriter;

use crate::support::{County, SAM, WANG, WANG_CODE, card, typed};

/// Numbers, names, phones, accounts, codes and reasons of the sample county.
fn secrets() -> Vec<String> {
    let mut secrets = Vec::new();
    for file in central::sample_county() {
        for line in fs::read_to_string(file).expect("readable").lines() {
            let line: Value = serde_json::from_str(line).expect("JSON");
            if line["type"] == "person" {
                for key in ["number", "name", "phone", "account", "query_code"] {
                    secrets.extend(line[key].as_str().map(str::to_owned));
                }
                secrets.extend(line["query_code"].as_str().map(|code| code.replace('-', "")));
            }
            secrets.extend(line["decision"]["reason"]["zh-Hans"].as_str().map(str::to_owned));
        }
    }
    assert!(secrets.len() > 150);
    secrets
}

fn holds(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle.as_bytes())
}

fn assert_silent(place: &str, bytes: &[u8], secrets: &[String]) {
    for secret in secrets {
        // A name of the place in a test's own failure text would be the first leak.
        assert!(!holds(bytes, secret), "{place} holds a resident's data");
    }
}

fn files(directory: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).expect("readable") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

#[tokio::test]
async fn at_rest_there_is_nothing_to_read() {
    let mut county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let body = serde_json::json!({ "evidence": card(WANG, SAM) });
    let request = kiosk.request(Method::POST, "/v1/visits").header("Idempotency-Key", "one");
    request.json(&body).send().await.expect("an answer");
    let opened = kiosk.open(typed(WANG, WANG_CODE)).await;
    let mut secrets = secrets();
    secrets.push(opened.token);
    for stopped in [false, true] {
        if stopped {
            county.stop().await;
        }
        let files = files(county.directory.path());
        assert!(files.iter().any(|file| file.ends_with("central.db")));
        for file in files {
            let bytes = fs::read(&file).expect("readable");
            assert_silent(&file.display().to_string(), &bytes, &secrets);
        }
    }
}

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("not poisoned").extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn the_log_names_kiosks_and_never_residents() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .with_env_filter("trace,h2=off,hyper=off,hyper_util=off,rustls=off,reqwest=off")
        .with_writer(log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let county = County::start_with(|config| config.limits.persons_per_kiosk_hour = 1).await;
    let kiosk = county.kiosk("k1").await;
    let opened = kiosk.open(card(WANG, SAM)).await;
    kiosk.visit(card("110101199003070134", SAM)).await;
    kiosk.visit(card(WANG, "another reader")).await;
    kiosk.visit(typed(WANG, "00000000")).await;
    kiosk.visit(typed("11010119900307013", "00000000")).await;
    let text = String::from_utf8(log.0.lock().expect("not poisoned").clone()).expect("text");
    assert!(text.contains("kiosk.cap_reached") && text.contains("reader.not_enrolled"));
    let mut secrets = secrets();
    secrets.extend([opened.token, "11010119900307013".to_owned()]);
    assert_silent("the log", text.as_bytes(), &secrets);
}
