//! Each way to write a thing differently from the texts.

use search::{Entry, Index, QUERY_MAX};

use crate::samples::{HALL, among, found, titles};

/// The first found is this.
fn check(query: &str, title: &str) {
    assert_eq!(found(query).first().copied(), Some(title), "{query}");
}

#[test]
fn as_it_is_written() {
    check("低保边缘", "低保边缘家庭");
    check("五保户", "特困人员救助供养");
    check("急救但身份", "疾病应急救助");
    check("2026", "张*三 青石镇柳湾村");
}

#[test]
fn width_case_spaces_and_punctuation_do_not_count() {
    for query in ["qr码a类", "QR码", "ｑｒ码", "QR·码、A", "２", "　qr　"] {
        let expected = if query == "２" {
            "张*三 青石镇柳湾村"
        } else {
            "买买提·吐*· 石桥镇"
        };
        check(query, expected);
    }
    check("低保-边缘。", "低保边缘家庭");
    check("买买提吐", "买买提·吐*· 石桥镇");
    check("买买提·吐", "买买提·吐*· 石桥镇");
    check("火灾洪水", "受灾人员救助");
}

#[test]
fn nothing_is_found_across_names_and_lines() {
    assert!(found("低保吃低保").is_empty());
    assert!(found("过不下去先给救助").is_empty());
}

#[test]
fn homophones() {
    check("底保", "低保边缘家庭");
    check("地宝", "低保边缘家庭");
    check("零时救助", "临时救助");
    check("林时就住", "临时救助");
    check("医疗救住", "医疗救助");
    check("五宝户", "特困人员救助供养");
    check("慈扇", "慈善和社会力量");
    check("臨時救助", "临时救助");
}

#[test]
fn any_reading_of_a_hanzi() {
    assert_eq!(among(&["银行", "行人"], "yinhang"), ["银行"]);
    assert_eq!(among(&["银行", "行人"], "xingren"), ["行人"]);
    assert_eq!(among(&["重新评估", "重大疾病"], "虫新"), ["重新评估"]);
    assert_eq!(among(&["重新评估", "重大疾病"], "众大"), ["重大疾病"]);
}

#[test]
fn full_pinyin_key_by_key() {
    let pinyin = "linshijiuzhu";
    for typed in 3..=pinyin.len() {
        check(&pinyin[..typed], "临时救助");
    }
    for typed in ["d", "di", "dib", "diba", "dibao", "dibaob", "dibaobian"] {
        check(typed, "低保边缘家庭");
    }
    check("cishan he shehuililiang", "慈善和社会力量");
    check("shehuililiang", "慈善和社会力量");
    check("shòuzāi", "受灾人员救助");
    check("DIBAO", "低保边缘家庭");
}

#[test]
fn the_letter_u_with_dots() {
    for query in ["lvshi", "lüshi", "lǜshī"] {
        assert_eq!(among(&["绿色", "律师"], query), ["律师"]);
    }
    assert_eq!(among(&["侵略", "虐待"], "nuedai"), ["虐待"]);
    assert_eq!(among(&["侵略", "虐待"], "nvedai"), ["虐待"]);
}

#[test]
fn initials() {
    check("lsjz", "临时救助");
    check("zdshbz", "最低生活保障");
    check("dbby", "低保边缘家庭");
    check("wbh", "特困人员救助供养");
    check("zhfjz", "住房救助");
}

#[test]
fn mixtures() {
    check("低bao", "低保边缘家庭");
    check("低b", "低保边缘家庭");
    check("dibao边缘", "低保边缘家庭");
    check("临时jz", "临时救助");
    check("linsjiuz", "临时救助");
}

#[test]
fn accents() {
    check("lingshijiuzhu", "临时救助");
    check("linsijiuzu", "临时救助");
    check("zufang", "住房救助");
    check("yiniaojiuzhu", "医疗救助");
    check("rinshijiuzhu", "临时救助");
    assert_eq!(among(&["福利", "安家"], "huli"), ["福利"]);
    assert_eq!(among(&["花费", "安家"], "fahui"), ["花费"]);
    assert_eq!(among(&["风险", "安家"], "hongxian"), ["风险"]);
    assert_eq!(among(&["听证", "安家"], "tinzen"), ["听证"]);
    assert_eq!(among(&["热线", "安家"], "勒线"), ["热线"]);
    assert_eq!(among(&["农业", "安家"], "龙业"), ["农业"]);
    assert_eq!(among(&["神", "安家"], "升"), ["神"]);
}

#[test]
fn every_word_must_fit() {
    assert_eq!(found("临时 医疗"), Vec::<&str>::new());
    check("救助 车祸", "临时救助");
    check("chehuo linshi", "临时救助");
    check("柳湾 张", "张*三 青石镇柳湾村");
    check("lin shi jiu zhu", "临时救助");
}

#[test]
fn masked_names() {
    for query in
        ["张三", "张*三", "张＊三", "张 三", "zhangsan", "章三", "zs", "张小三", "zhangxiaosan"]
    {
        check(query, "张*三 青石镇柳湾村");
    }
    check("欧阳", "欧阳* 白杨乡");
    check("欧阳春", "欧阳* 白杨乡");
    check("ouyangchun", "欧阳* 白杨乡");
    assert!(found("李小三").is_empty());
    assert!(found("小三").is_empty());
    assert!(found("张小四").is_empty());
}

#[test]
fn little_is_not_heard_in_a_body() {
    let entries = [Entry { title: "甲", also: &[], body: "人均收入低于标准的家庭" }];
    for query in ["shou", "rj", "rjs", "弟"] {
        assert!(titles(&entries, query).is_empty(), "{query}");
    }
    for query in ["shouru", "人", "rjsr", "首入", "shour"] {
        assert_eq!(titles(&entries, query), ["甲"], "{query}");
    }
}

#[test]
fn nothing_asked_finds_all_in_order() {
    let all: Vec<&str> = HALL.iter().map(|entry| entry.title).collect();
    for query in ["", "  ", "，。", "\u{0}\u{7}", "*", "😀"] {
        assert_eq!(found(query), all, "{query:?}");
    }
}

#[test]
fn what_is_nowhere_is_not_found() {
    for query in ["飞机", "xyz", "zzzzzz", "𠮷", "9", "дом", "feijichang"] {
        assert!(found(query).is_empty(), "{query}");
    }
    assert!(Index::new([]).find("低保").is_empty());
    assert!(Index::new([]).find("").is_empty());
}

#[test]
fn rare_hanzi_are_found() {
    assert_eq!(among(&["䶮*", "𠮷*", "喆*", "\u{323AF}"], "𠮷"), ["𠮷*"]);
    assert_eq!(among(&["䶮*", "𠮷*", "喆*", "\u{323AF}"], "\u{323AF}"), ["\u{323AF}"]);
    assert_eq!(among(&["䶮*", "𠮷*", "喆*"], "yan"), ["䶮*"]);
}

#[test]
fn what_is_too_much_is_ignored() {
    let long = format!("低保边缘{}", " ".repeat(QUERY_MAX));
    check(&format!("{long}飞机"), "低保边缘家庭");
    assert!(found(&"低保".repeat(5_000)).is_empty());
    assert!(found(&"a".repeat(10_000)).is_empty());
    assert_eq!(found(&"救 ".repeat(5_000)), found("救 救 救 救 救 救 救 救"));
}

#[test]
fn debug_shows_no_text() {
    assert_eq!(format!("{:?}", Index::new(HALL.iter().copied())), "Index(16 entries)");
}
