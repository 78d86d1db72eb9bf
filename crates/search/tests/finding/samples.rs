//! A small hall: programmes, categories and notices of invented people.

use search::{Entry, Index};

pub(crate) const HALL: &[Entry] = &[
    entry("最低生活保障", &["低保", "吃低保"], "人均收入低于低保标准的家庭，按月发放低保金。"),
    entry(
        "特困人员救助供养",
        &["五保户", "五保"],
        "没有劳动能力、没有生活来源的老人、残疾人和孩子。",
    ),
    entry("医疗救助", &["看病报销", "大病救助"], "医保报销以后，自己负担的住院费用再补一部分。"),
    entry("教育救助", &["助学金"], "减免学费，发生活补助。"),
    entry("住房救助", &["公租房", "危房改造"], "配租公租房，发租赁补贴，帮着修房子。"),
    entry("就业救助", &["公益岗位"], "家里没有人上班的，至少有一个人能找到活干。"),
    entry("受灾人员救助", &["救灾"], "火灾、洪水、地震以后的吃、穿、住。"),
    entry("临时救助", &["救急"], "遇到车祸或者大病，一时过不下去，\n先给救助再补手续。"),
    entry("疾病应急救助", &[], "需要急救但身份不明的病人。"),
    entry("流浪乞讨人员救助", &["救助站"], "送吃送住，联系家里人，帮着回家。"),
    entry("慈善和社会力量", &["志愿者"], "基金会、志愿者来帮忙。"),
    entry("低保边缘家庭", &["低收入家庭"], "收入比低保标准高一点的家庭。"),
    entry("刚性支出困难家庭", &["因病致贫"], "看病、上学花费太大的家庭。"),
    entry("张*三 青石镇柳湾村", &[], "最低生活保障，3人，2026年11月公示"),
    entry("欧阳* 白杨乡", &[], "特困人员救助供养，1人"),
    entry("买买提·吐*· 石桥镇", &[], "临时救助，ＱＲ码Ａ类"),
];

const fn entry<'a>(title: &'a str, also: &'a [&'a str], body: &'a str) -> Entry<'a> {
    Entry { title, also, body }
}

/// Titles of what is found in the hall.
pub(crate) fn found(query: &str) -> Vec<&'static str> {
    titles(HALL, query)
}

/// Titles of what is found in these entries.
pub(crate) fn titles<'a>(entries: &[Entry<'a>], query: &str) -> Vec<&'a str> {
    let index = Index::new(entries.iter().copied());
    index.find(query).into_iter().map(|number| entries[number].title).collect()
}

/// Titles of what is found among titles alone.
pub(crate) fn among<'a>(all: &[&'a str], query: &str) -> Vec<&'a str> {
    let entries: Vec<_> = all.iter().map(|title| entry(title, &[], "")).collect();
    titles(&entries, query)
}
