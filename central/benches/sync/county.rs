//! A county of 300 policies and 20,000 notices, as import lines.

use std::{fmt::Write, path::Path};

pub(crate) const POLICIES: usize = 300;
pub(crate) const NOTICES: usize = 20_000;

const TOWNS: [&str; 6] =
    ["639926100", "639926101", "639926102", "639926103", "639926104", "639926105"];
const PROGRAMMES: [&str; 4] = ["dibao", "tekun", "temporary", "housing"];
const SENTENCE: &str =
    "共同生活的家庭成员人均收入低于本县标准、财产状况符合规定的家庭，可以提出申请。";

/// Writes the policies that `there` lacks, and the notices, into `directory`.
pub(crate) fn write(directory: &Path, there: usize) -> std::path::PathBuf {
    let mut lines = String::new();
    for n in there..POLICIES {
        let programme = PROGRAMMES[n % PROGRAMMES.len()];
        let entries = vec![format!(r#"{{"zh-Hans":"{SENTENCE}"}}"#); 5].join(",");
        let steps = (1..=5)
            .map(|step| {
                format!(
                    r#"{{"title":{{"zh-Hans":"第{step}步"}},"what":{{"zh-Hans":"{SENTENCE}"}},"limit":{{"days":10,"unit":"working_days","rule":{{"instrument":"最低生活保障审核确认办法","article":"第二十条"}}}}}}"#
                )
            })
            .collect::<Vec<_>>()
            .join(",");
        writeln!(
            lines,
            r#"{{"type":"policy","id":"bench-{n}","area":"639926","position":{n},"about":{{"programme":"{programme}"}},"title":{{"zh-Hans":"第{n}项救助"}},"summary":{{"zh-Hans":"{SENTENCE}"}},"who":[{entries}],"what":[{entries}],"papers":[{{"name":{{"zh-Hans":"居民身份证"}}}},{{"name":{{"zh-Hans":"户口簿"}}}}],"steps":[{steps}],"place":{{"zh-Hans":"户籍所在地的乡镇窗口。"}},"phone":"0979-8210018","articles":[{{"instrument":"中华人民共和国社会救助法","article":"第十八条"}}]}}"#
        )
        .expect("memory");
    }
    for n in 0..NOTICES {
        let (town, programme) = (TOWNS[n % TOWNS.len()], PROGRAMMES[n % PROGRAMMES.len()]);
        let (village, day) = (n % 12 + 1, n % 28 + 1);
        writeln!(
            lines,
            r#"{{"type":"notice","id":"bench-{n}","area":"{town}{village:03}","kind":"announcement","programme":"{programme}","place":{{"zh-Hans":"第{village}村"}},"applicant":"某某{n}","member_count":3,"amount_fen":148600,"from":"2026-11-{day:02}","until":"2027-10-{day:02}","rule":{{"instrument":"最低生活保障审核确认办法","article":"第二十四条"}}}}"#
        )
        .expect("memory");
    }
    let file = directory.join("bench.jsonl");
    std::fs::write(&file, lines).expect("written");
    file
}
