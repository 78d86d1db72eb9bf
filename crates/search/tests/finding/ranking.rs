//! What comes before what.

use search::Entry;

use crate::samples::{among, found, titles};

#[test]
fn title_before_other_names_before_body() {
    let entries = [
        Entry { title: "甲", also: &[], body: "可以申请低保" },
        Entry { title: "乙", also: &["吃低保"], body: "" },
        Entry { title: "低保边缘家庭", also: &[], body: "" },
    ];
    for query in ["低保", "底保", "dibao", "第报"] {
        assert_eq!(titles(&entries, query), ["低保边缘家庭", "乙", "甲"], "{query}");
    }
}

#[test]
fn written_before_heard_before_confused() {
    let all = ["宁时", "灵石", "林石", "临时"];
    assert_eq!(among(&all, "临时"), ["临时", "林石", "宁时", "灵石"]);
    assert_eq!(among(&all, "linshi"), ["林石", "临时", "宁时", "灵石"]);
    assert_eq!(among(&["龙业", "农业"], "nongye"), ["农业", "龙业"]);
    assert_eq!(among(&["市民", "寺庙", "十"], "si"), ["寺庙", "十", "市民"]);
}

#[test]
fn usual_readings_before_others() {
    // 洗 is xian in a few names.
    assert_eq!(among(&["洗衣", "西安"], "xian"), ["西安", "洗衣"]);
    assert_eq!(among(&["重新", "充新"], "虫新"), ["充新", "重新"]);
}

#[test]
fn whole_syllables_before_initials() {
    assert_eq!(among(&["生活", "说话", "上海"], "shuohua"), ["说话"]);
    assert_eq!(among(&["电报", "低保", "代表"], "dib"), ["低保"]);
    assert_eq!(among(&["打车", "大吃", "搭"], "dac"), ["打车", "大吃"]);
    assert_eq!(among(&["拉啊", "来岸", "蓝"], "la"), ["蓝", "拉啊", "来岸"]);
}

#[test]
fn the_very_characters_in_a_body_before_what_sounds_alike_by_accent_in_a_title() {
    let entries = [
        Entry { title: "凌*", also: &[], body: "" },
        Entry { title: "甲", also: &[], body: "青石镇林家村" },
        Entry { title: "林*", also: &[], body: "" },
    ];
    assert_eq!(titles(&entries, "林"), ["林*", "甲", "凌*"]);
}

#[test]
fn names_shown_before_names_masked() {
    assert_eq!(among(&["张*", "张*三", "张小三"], "张小三"), ["张小三", "张*三"]);
    assert_eq!(among(&["张*三", "张*", "张三"], "张三"), ["张三", "张*三", "张*"]);
}

#[test]
fn earlier_before_later_and_short_before_long() {
    assert_eq!(
        among(&["家庭低保", "低保边缘家庭", "低保家庭", "城低保"], "低保"),
        ["低保家庭", "低保边缘家庭", "城低保", "家庭低保"]
    );
}

#[test]
fn equals_stay_in_order() {
    assert_eq!(among(&["低保乙", "低保甲", "低保丙"], "dibao"), ["低保乙", "低保甲", "低保丙"]);
}

#[test]
fn words_together_before_words_apart() {
    assert_eq!(among(&["低额医保", "低保"], "di bao"), ["低保", "低额医保"]);
}

#[test]
fn the_hall_answers_what_people_ask() {
    assert_eq!(found("低保")[..2], ["低保边缘家庭", "最低生活保障"]);
    assert_eq!(found("五保")[0], "特困人员救助供养");
    assert_eq!(found("ls")[0], "临时救助");
    assert_eq!(found("救助")[..3], ["医疗救助", "教育救助", "住房救助"]);
}
