//! Nations by code: GB/T 3304.

/// Names in the order of their codes, from 01.
const NAMES: [&str; 56] = [
    "汉",
    "蒙古",
    "回",
    "藏",
    "维吾尔",
    "苗",
    "彝",
    "壮",
    "布依",
    "朝鲜",
    "满",
    "侗",
    "瑶",
    "白",
    "土家",
    "哈尼",
    "哈萨克",
    "傣",
    "黎",
    "傈僳",
    "佤",
    "畲",
    "高山",
    "拉祜",
    "水",
    "东乡",
    "纳西",
    "景颇",
    "柯尔克孜",
    "土",
    "达斡尔",
    "仫佬",
    "羌",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "锡伯",
    "阿昌",
    "普米",
    "塔吉克",
    "怒",
    "乌孜别克",
    "俄罗斯",
    "鄂温克",
    "德昂",
    "保安",
    "裕固",
    "京",
    "塔塔尔",
    "独龙",
    "鄂伦春",
    "赫哲",
    "门巴",
    "珞巴",
    "基诺",
];

/// A nation as its card codes it. Codes this crate has no name for are passed on as they are: the standard
/// was extended before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Nation([char; 2]);

impl Nation {
    /// `None` unless it is two characters.
    pub(crate) fn new(code: &str) -> Option<Self> {
        let mut characters = code.chars();
        let code = [characters.next()?, characters.next()?];
        characters.next().is_none().then_some(Self(code))
    }

    /// The two characters on the card.
    #[must_use]
    pub fn code(self) -> String {
        self.0.iter().collect()
    }

    /// What the code means, without 族.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        match self.code().as_str() {
            "97" => Some("其他"),
            "98" => Some("外国血统中国籍人士"),
            // 穿青人: in no edition of the standard, but on cards.
            "81" => Some("穿青人"),
            code if code.bytes().all(|b| b.is_ascii_digit()) => {
                NAMES.get(code.parse::<usize>().ok()?.checked_sub(1)?).copied()
            }
            _ => None,
        }
    }
}
