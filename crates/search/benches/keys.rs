//! How long a key takes while one types into the search of a county: 300 policies and 2,000 or 20,000
//! notices, all of them invented. `cargo bench -p search`.

use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use search::{Entry, Index};

const POLICIES: usize = 300;
/// Characters of a policy's body.
const BODY: usize = 1500;
const ROUNDS: usize = 40;
const BUILDS: usize = 9;

/// Typed key by key, each beginning of them a search.
const QUERIES: [&str; 16] = [
    "低保边缘家庭",
    "底保",
    "零时救助",
    "dibao",
    "shehuijiuzhu",
    "lingsijiuzu",
    "lsjz",
    "yiliaojiuzhushenqing",
    "低bao",
    "城市 低保 标准",
    "cheng shi di bao",
    "张小三",
    "王xiulan",
    "shishishishishishishishishishishi",
    "没有这样的词句",
    "zzzzzzzz",
];

/// What sentences are made of.
const PHRASES: [&str; 40] = [
    "共同生活的家庭成员",
    "人均收入",
    "低于本县的标准",
    "可以申请",
    "户口本和身份证",
    "残疾人证",
    "到乡镇窗口",
    "由村委会帮助",
    "十个工作日内",
    "入户调查",
    "经济状况核对",
    "公示七天",
    "有异议的",
    "按月发到卡里",
    "住院的费用",
    "医保报销以后",
    "自己负担的部分",
    "学费和生活费",
    "危房改造",
    "公益岗位",
    "遇到火灾或者车祸",
    "先给救助再补手续",
    "流浪在外的人",
    "冬天的棉被和煤",
    "失去劳动能力",
    "没有生活来源",
    "护理照料",
    "丧葬费用",
    "不用重复提交",
    "银行存款",
    "机动车",
    "赡养义务人",
    "重新评估",
    "收入有变化时",
    "应当告诉",
    "书面说明理由",
    "可以复议",
    "社会捐助",
    "志愿者上门",
    "电话咨询",
];

const NAMES: [&str; 12] = [
    "最低生活保障",
    "特困人员救助供养",
    "医疗救助",
    "教育救助",
    "住房救助",
    "就业救助",
    "受灾人员救助",
    "临时救助",
    "疾病应急救助",
    "流浪乞讨人员救助",
    "低保边缘家庭",
    "刚性支出困难家庭",
];

const TOWNS: [&str; 8] =
    ["青石镇", "白杨乡", "柳湾镇", "红土街道", "上河乡", "石桥镇", "东川街道", "南坡乡"];

const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗";

const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华";

/// A small generator of the same numbers each time (Knuth's 64-bit linear congruence).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// One of the hanzi, so that there are as many different ones as a county has.
    fn hanzi(&mut self) -> char {
        ('一'..='鿿').nth(self.below(4000)).expect("21,000 of them")
    }

    fn character(&mut self, of: &str) -> char {
        of.chars().nth(self.below(of.chars().count())).expect("as many")
    }
}

struct Text {
    title: String,
    also: [&'static str; 2],
    body: String,
}

fn policy(dice: &mut Dice) -> Text {
    let mut body = String::new();
    while body.chars().count() < BODY {
        let end = if dice.below(4) == 0 { '\n' } else { '，' };
        body.push_str(dice.one(&PHRASES));
        body.push(end);
    }
    let title = format!("{}{}", dice.one(&TOWNS), dice.one(&NAMES));
    Text { title, also: ["吃低保", "五保户"], body }
}

fn notice(dice: &mut Dice) -> Text {
    let name = format!("{}*{}", dice.character(SURNAMES), dice.hanzi());
    let place = format!("{}{}村", dice.one(&TOWNS), dice.character(GIVEN));
    let (day, persons) = (dice.below(28) + 1, dice.below(6) + 1);
    let body = format!("{}，{place}，{persons}人，2026年11月{day}日公示七天", dice.one(&NAMES));
    Text { title: format!("{name} {place}"), also: ["公示", ""], body }
}

fn main() {
    let mut out = std::io::stdout().lock();
    for notices in [2_000, 20_000] {
        let mut dice = Dice(1);
        let mut texts: Vec<Text> = (0..POLICIES).map(|_| policy(&mut dice)).collect();
        texts.extend((0..notices).map(|_| notice(&mut dice)));
        let built = (0..BUILDS).map(|_| time(|| index(&texts)));
        let built = percentiles(built.collect());
        let index = index(&texts);
        writeln!(
            out,
            "{POLICIES} policies, {notices} notices: index built in {} µs (median), {} µs (worst)\n\
             {:>8} {:>8} {:>8} {:>8}  µs a key; last: the slowest key at its fastest",
            built[0], built[2], "median", "p95", "worst", "alone"
        )
        .expect("standard output");
        let mut all = Vec::new();
        for query in QUERIES {
            let keys = keys(&index, query);
            line(&mut out, &keys, &format!("{query}: {} found", index.find(query).len()));
            all.extend(keys);
        }
        line(&mut out, &all, "all keys");
    }
}

fn index(texts: &[Text]) -> Index {
    Index::new(texts.iter().map(|Text { title, also, body }| Entry { title, also, body }))
}

/// Times of the searches while the query grows, by key.
fn keys(index: &Index, query: &str) -> Vec<Vec<Duration>> {
    let ends = query.char_indices().map(|(at, c)| at + c.len_utf8());
    let rounds = |end| (0..ROUNDS).map(|_| time(|| index.find(&query[..end]))).collect();
    ends.map(rounds).collect()
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let began = Instant::now();
    black_box(work());
    began.elapsed()
}

fn line(out: &mut impl Write, keys: &[Vec<Duration>], name: &str) {
    let [median, p95, worst] = percentiles(keys.concat());
    // What a key takes when nothing else has the machine.
    let alone = keys.iter().filter_map(|times| times.iter().min());
    let alone = alone.max().expect("a key").as_micros();
    writeln!(out, "{median:8} {p95:8} {worst:8} {alone:8}  {name}").expect("standard output");
}

/// Median, 95th percentile and worst in µs.
fn percentiles(mut times: Vec<Duration>) -> [u128; 3] {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_micros();
    [at(50), at(95), at(100)]
}
