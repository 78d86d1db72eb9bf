//! Kinds of values: what a key takes, said in words and checked in one place.

use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use toml::de::DeValue;

/// A value before it is understood.
pub(crate) enum Raw<'a> {
    /// From the file, with its TOML type.
    Typed(&'a DeValue<'a>),
    /// From a variable: always text.
    Plain(&'a str),
}

impl Raw<'_> {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Typed(value) => value.as_str(),
            Self::Plain(text) => Some(text),
        }
    }

    fn whole(&self) -> Option<u64> {
        match self {
            Self::Typed(value) => {
                let number = value.as_integer()?;
                u64::from_str_radix(number.as_str(), number.radix()).ok()
            }
            Self::Plain(text) => text.trim().parse().ok(),
        }
    }

    fn decimal(&self) -> Option<f64> {
        match self {
            Self::Typed(value) => match value.as_float() {
                Some(float) => float.as_str().parse().ok(),
                None => u32::try_from(self.whole()?).ok().map(f64::from),
            },
            Self::Plain(text) => text.trim().parse().ok(),
        }
    }

    fn switch(&self) -> Option<bool> {
        match self {
            Self::Typed(value) => value.as_bool(),
            Self::Plain(text) => text.trim().parse().ok(),
        }
    }

    /// What was found, in words that fit on a line.
    pub(crate) fn describe(&self) -> String {
        let text = match self {
            Self::Plain(text) => format!("{text:?}"),
            Self::Typed(DeValue::String(text)) => format!("{text:?}"),
            // What only begins like a number can hold anything.
            Self::Typed(DeValue::Integer(number)) => escaped(number),
            Self::Typed(DeValue::Float(number)) => escaped(number),
            Self::Typed(DeValue::Boolean(switch)) => switch.to_string(),
            Self::Typed(value) => match value.type_str() {
                name if name.starts_with(['a', 'i']) => format!("an {name}"),
                name => format!("a {name}"),
            },
        };
        match text.char_indices().nth(60) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text,
        }
    }
}

fn escaped(number: &impl std::fmt::Display) -> String {
    number.to_string().escape_debug().to_string()
}

type Take<T> = Box<dyn Fn(&Raw<'_>) -> Option<T>>;

/// What a key takes.
pub(crate) struct Kind<T> {
    pub(crate) expected: String,
    pub(crate) take: Take<T>,
}

impl<T: 'static> Kind<T> {
    fn new(expected: impl Into<String>, take: impl Fn(&Raw<'_>) -> Option<T> + 'static) -> Self {
        Self { expected: expected.into(), take: Box::new(take) }
    }

    fn map<U: 'static>(self, change: impl Fn(T) -> Option<U> + 'static) -> Kind<U> {
        let take = self.take;
        Kind::new(self.expected, move |raw| take(raw).and_then(&change))
    }
}

pub(crate) fn switch() -> Kind<bool> {
    Kind::new("true or false", |raw| raw.switch())
}

pub(crate) fn whole(range: RangeInclusive<u64>, of: &str) -> Kind<u64> {
    let expected = format!("a whole number{of} from {} to {}", range.start(), range.end());
    Kind::new(expected, move |raw| raw.whole().filter(|number| range.contains(number)))
}

pub(crate) fn count(range: RangeInclusive<u32>, of: &str) -> Kind<u32> {
    let range = u64::from(*range.start())..=u64::from(*range.end());
    whole(range, of).map(|number| u32::try_from(number).ok())
}

pub(crate) fn seconds(range: RangeInclusive<u64>) -> Kind<Duration> {
    whole(range, " of seconds").map(|number| Some(Duration::from_secs(number)))
}

pub(crate) fn milliseconds(range: RangeInclusive<u64>) -> Kind<Duration> {
    whole(range, " of milliseconds").map(|number| Some(Duration::from_millis(number)))
}

pub(crate) fn decimal(range: RangeInclusive<f64>) -> Kind<f64> {
    let expected = format!("a number from {} to {}", range.start(), range.end());
    Kind::new(expected, move |raw| raw.decimal().filter(|number| range.contains(number)))
}

pub(crate) fn path() -> Kind<PathBuf> {
    optional_path("a path").map(std::convert::identity)
}

/// A path, or an empty text for none.
pub(crate) fn optional_path(expected: &str) -> Kind<Option<PathBuf>> {
    optional_text(expected, |text| !text.contains('\0')).map(|text| Some(text.map(PathBuf::from)))
}

pub(crate) fn text(expected: &str, good: fn(&str) -> bool) -> Kind<String> {
    Kind::new(expected, move |raw| raw.text().filter(|text| good(text)).map(str::to_owned))
}

/// A text, or an empty one for none.
pub(crate) fn optional_text(expected: &str, good: fn(&str) -> bool) -> Kind<Option<String>> {
    Kind::new(expected, move |raw| match raw.text()? {
        "" => Some(None),
        text => good(text).then(|| Some(text.to_owned())),
    })
}

/// One of a few words or numbers.
pub(crate) fn one_of<T: Copy + 'static>(choices: &'static [(&'static str, T)]) -> Kind<T> {
    let names: Vec<String> = choices.iter().map(|(name, _)| format!("{name:?}")).collect();
    Kind::new(format!("one of {}", names.join(", ")), move |raw| {
        let text = raw.text()?;
        choices.iter().find(|(name, _)| *name == text).map(|(_, choice)| *choice)
    })
}

/// One of a few numbers.
pub(crate) fn one_number_of(choices: &'static [u8]) -> Kind<u8> {
    let names: Vec<String> = choices.iter().map(u8::to_string).collect();
    Kind::new(format!("one of {}", names.join(", ")), move |raw| {
        let number = u8::try_from(raw.whole()?).ok()?;
        choices.contains(&number).then_some(number)
    })
}
