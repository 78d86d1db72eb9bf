//! Whatever is typed and whatever the texts are.

use pinyin::ToPinyin;
use proptest::collection::vec;
use proptest::prelude::*;
use search::{Entry, Index};

/// What people type, mistype and paste.
fn query() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,80}",
        ".{0,20}",
        "[a-z ]{0,70}",
        "[zcshnlrfgaiueo]{0,70}",
        "[低保救助临时医疗张三a-z *]{0,12}",
        vec(any::<char>(), 0..80).prop_map(|characters| characters.into_iter().collect()),
    ]
}

/// Hanzi that have a reading.
fn title() -> impl Strategy<Value = String> {
    let hanzi = prop_oneof![
        4 => proptest::sample::select("最低生活保障特困人员救助供养医疗行单都长".chars().collect::<Vec<_>>()),
        1 => proptest::char::range('一', '龥'),
    ];
    let read = hanzi.prop_filter("read", |c| initial(*c).is_some());
    vec(read, 1..24).prop_map(|title| title.into_iter().collect())
}

fn sound(c: char) -> Option<&'static str> {
    c.to_pinyin().map(|sound| sound.plain())
}

fn initial(c: char) -> Option<char> {
    sound(c)?.chars().next().filter(char::is_ascii_lowercase)
}

fn index(titles: &[String], body: &str) -> Index {
    let also = [body];
    Index::new(titles.iter().map(|title| Entry { title, also: &also, body }))
}

proptest! {
    // Each makes an index of its own.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_found_are_some_of_the_entries_once_each(
        query in query(),
        titles in vec(query(), 0..6),
        body in query(),
    ) {
        let mut found = index(&titles, &body).find(&query);
        let count = found.len();
        found.sort_unstable();
        found.dedup();
        prop_assert_eq!(found.len(), count);
        prop_assert!(found.iter().all(|&number| number < titles.len()));
    }

    #[test]
    fn each_is_found_by_its_title(titles in vec(query(), 1..6)) {
        let index = index(&titles, "");
        for (number, title) in titles.iter().enumerate() {
            // A title in lines is no name.
            prop_assume!(!title.contains('\n'));
            prop_assert!(index.find(title).contains(&number));
        }
    }

    #[test]
    fn each_is_found_by_its_sound_and_its_initials(titles in vec(title(), 1..6)) {
        let index = index(&titles, "");
        for (number, title) in titles.iter().enumerate() {
            let sounds: Vec<_> = title.chars().filter_map(sound).collect();
            prop_assert!(index.find(&sounds.concat()).contains(&number));
            prop_assert!(index.find(&sounds.join(" ")).contains(&number));
            let initials: String = title.chars().filter_map(initial).collect();
            prop_assert!(index.find(&initials).contains(&number));
        }
    }

    #[test]
    fn each_is_found_by_any_part_of_its_title(title in title(), from in 0usize..24, length in 1usize..24) {
        let part: String = title.chars().skip(from).take(length).collect();
        prop_assert_eq!(index(&[title], "").find(&part), [0]);
    }

    #[test]
    fn the_same_is_found_whatever_stands_before(titles in vec(title(), 1..6), query in query()) {
        let alone = index(&titles, "").find(&query);
        let others = [vec!["青石镇".to_owned()], titles].concat();
        let among: Vec<usize> =
            index(&others, "").find(&query).iter().filter_map(|n| n.checked_sub(1)).collect();
        prop_assert_eq!(alone, among);
    }
}
