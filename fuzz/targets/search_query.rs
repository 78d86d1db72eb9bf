//! What is typed into the search, in a hall as it is and in texts as they come.
#![no_main]

use std::sync::LazyLock;

use fuzz::{pieces, within};
use libfuzzer_sys::fuzz_target;
use search::{Entry, Index};

const TITLES: [&str; 4] = ["低保边缘家庭", "临时救助", "张*三 青石镇", "ＱＲ码Ａ类"];

static HALL: LazyLock<Index> = LazyLock::new(|| {
    let body = "人均收入低于标准的家庭\n先给救助再补手续";
    Index::new(TITLES.iter().map(|title| Entry { title, also: &["吃低保"], body }))
});

fuzz_target!(|input: &[u8]| {
    let query = String::from_utf8_lossy(input);
    LazyLock::force(&HALL);
    within(1 << 22, || {
        check(HALL.find(&query), TITLES.len());
        let texts: Vec<_> = pieces(input).map(String::from_utf8_lossy).take(8).collect();
        let also: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
        let titles = || also.iter().copied();
        let entries = titles().map(|title| Entry { title, also: &also, body: &query });
        let index = Index::new(entries);
        check(index.find(&query), also.len());
        for (number, title) in titles().enumerate().filter(|(_, title)| !title.contains('\n')) {
            let found = index.find(title);
            assert!(found.contains(&number), "a title does not find itself");
            check(found, also.len());
        }
    });
});

/// Some of the entries, once each.
fn check(mut found: Vec<usize>, entries: usize) {
    let count = found.len();
    found.sort_unstable();
    found.dedup();
    assert_eq!(found.len(), count);
    assert!(found.iter().all(|&number| number < entries));
}
