//! No number, name, phone or code in the database, beside it, or in the log.

use std::{
    fs,
    io::{self, Write},
    path::Path,
    sync::{Arc, Mutex},
};

use central_api::ComplaintWriter;
use reqwest::Method;
use serde_json::Value;
use tracing_subscriber::fmt::MakeWriter;

use crate::{
    filing::{CODE, ask, complaint, file, id, seal, send, standing},
    support::{County, SAM, WANG, WANG_CODE, card, typed},
};

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
            if line["type"] == "complaint" {
                for key in ["text", "tracking_number", "query_code"] {
                    secrets.extend(line[key].as_str().map(str::to_owned));
                }
                for key in ["name", "number", "phone"] {
                    secrets.extend(line["writer"][key].as_str().map(str::to_owned));
                }
                secrets.extend(line["reply"]["text"]["zh-Hans"].as_str().map(str::to_owned));
            }
        }
    }
    assert!(secrets.len() > 150);
    secrets
}

pub(crate) fn holds(haystack: &[u8], needle: &str) -> bool {
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
    let mut filed = complaint("7K0M1Q2X9Z");
    filed.writer = Some(ComplaintWriter {
        name: "贡布·索南达杰".to_owned(),
        number: Some("639926195103080244".to_owned()),
        phone: Some("0979-8239977".to_owned()),
    });
    file(&kiosk, &id(1), &filed).await;
    standing(&kiosk, "7K0M1Q2X9Z", CODE).await;
    ask(&kiosk, "7K0M1Q2X9Z", "00000000").await;
    let mut secrets = secrets();
    secrets.push(opened.token);
    secrets.extend([filed.text.clone(), filed.code_hash.clone(), filed.tracking_number.clone()]);
    secrets.extend([CODE.to_owned(), "贡布·索南达杰".to_owned(), "0979-8239977".to_owned()]);
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
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("not poisoned").clone()).expect("text")
    }
}

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
    let filed = complaint("7K0M1Q2X9Z");
    file(&kiosk, &id(1), &filed).await;
    ask(&kiosk, "7K0M1Q2X9Z", "00000000").await;
    let mut unfit = filed.clone();
    unfit.text.push('\t');
    unfit.text.push('x');
    send(&kiosk, &seal(&kiosk, &id(2), &unfit).await).await;
    let mut bent = seal(&kiosk, &id(3), &filed).await;
    bent.ciphertext.replace_range(..4, "AAAA");
    send(&kiosk, &bent).await;
    bent.key = "h0".to_owned();
    send(&kiosk, &bent).await;
    let text = log.text();
    assert!(text.contains("kiosk.cap_reached") && text.contains("reader.not_enrolled"));
    for code in ["key_unknown", "seal_refused", "content_refused"] {
        assert_eq!(text.matches(&format!("complaint.{code}")).count(), 1, "{code}");
    }
    let mut secrets = secrets();
    secrets.extend([opened.token, "11010119900307013".to_owned()]);
    secrets.extend([filed.text.clone(), filed.code_hash.clone(), filed.tracking_number.clone()]);
    secrets.extend([id(1), id(2), id(3), CODE.to_owned()]);
    assert_silent("the log", text.as_bytes(), &secrets);
}
