//! Takes keys out of the file and the environment and collects every fault on the way.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::PREFIX;
use crate::fault::{Fault, Faults, Place};
use crate::kind::{Kind, Raw};

/// A file and an environment being read.
pub(crate) struct Reader<'a> {
    text: &'a str,
    file: &'a str,
    root: DeTable<'a>,
    /// Variables with the prefix, by their names without it, in capitals.
    variables: BTreeMap<String, String>,
    sections: Vec<&'static str>,
    faults: Vec<Fault>,
}

/// One section being read.
pub(crate) struct Section<'r, 'a> {
    reader: &'r mut Reader<'a>,
    name: &'static str,
    table: DeTable<'a>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(
        text: &'a str,
        file: &'a str,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let (root, errors) = DeTable::parse_recoverable(text);
        let variables = variables
            .into_iter()
            .filter_map(|(name, value)| Some((name.strip_prefix(PREFIX)?.to_owned(), value)));
        let mut reader = Self {
            text,
            file,
            root: root.into_inner(),
            variables: variables.collect(),
            sections: Vec::new(),
            faults: Vec::new(),
        };
        for error in errors {
            let place = reader.place(error.span().map_or(0, |span| span.start));
            let found = error.message().lines().collect::<Vec<_>>().join(", ");
            reader.fault(place, None, "valid TOML", found);
        }
        reader
    }

    /// Reads one section through `read`; keys it does not ask for are faults.
    pub(crate) fn section<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&mut Section<'_, 'a>) -> T,
    ) -> T {
        self.sections.push(name);
        let table = match self.root.remove(name).map(|value| (value.span(), value.into_inner())) {
            Some((_, DeValue::Table(table))) => table,
            Some((span, value)) => {
                let place = self.place(span.start);
                let found = Raw::Typed(&value).describe();
                self.fault(place, Some(name.to_owned()), "a section", found);
                DeTable::new()
            }
            None => DeTable::new(),
        };
        let mut section = Section { reader: self, name, table };
        let value = read(&mut section);
        section.finish();
        value
    }

    /// All faults, those of unknown sections and variables included.
    pub(crate) fn finish(mut self) -> Result<(), Faults> {
        for (key, _) in std::mem::take(&mut self.root) {
            let place = self.place(key.span().start);
            let expected = format!("a known section ({})", self.sections.join(", "));
            let name = key.into_inner();
            self.fault(place, Some(printable(&name)), &expected, "an unknown one".to_owned());
        }
        for name in std::mem::take(&mut self.variables).into_keys() {
            let place = Place::Variable(format!("{PREFIX}{}", printable(&name)));
            let expected = format!("{PREFIX}SECTION__KEY of a known key");
            self.fault(place, None, &expected, "an unknown one".to_owned());
        }
        if self.faults.is_empty() { Ok(()) } else { Err(Faults::new(self.faults)) }
    }

    fn place(&self, offset: usize) -> Place {
        let before = &self.text.as_bytes()[..offset.min(self.text.len())];
        let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
        Place::Line(self.file.to_owned(), line)
    }

    fn fault(&mut self, place: Place, key: Option<String>, expected: &str, found: String) {
        self.faults.push(Fault { place, key, expected: expected.to_owned(), found });
    }
}

impl<'a> Section<'_, 'a> {
    /// Takes one key; `default` stands in when it is absent or faulty.
    #[expect(clippy::needless_pass_by_value, reason = "kinds are made where they are used")]
    pub(crate) fn take<T>(&mut self, key: &'static str, kind: Kind<T>, default: T) -> T {
        let from_file = self.table.remove(key).and_then(|value: Spanned<DeValue<'a>>| {
            let place = self.reader.place(value.span().start);
            let raw = Raw::Typed(value.get_ref());
            self.check(place, Some(key), &kind, &raw)
        });
        let variable = format!("{}__{}", self.name, key).to_uppercase();
        let from_variable = self.reader.variables.remove(&variable).and_then(|value| {
            let place = Place::Variable(format!("{PREFIX}{variable}"));
            self.check(place, None, &kind, &Raw::Plain(&value))
        });
        from_variable.or(from_file).unwrap_or(default)
    }

    fn check<T>(
        &mut self,
        place: Place,
        key: Option<&str>,
        kind: &Kind<T>,
        raw: &Raw<'_>,
    ) -> Option<T> {
        let value = (kind.take)(raw);
        if value.is_none() {
            let key = key.map(|key| format!("{}.{key}", self.name));
            self.reader.fault(place, key, &kind.expected, raw.describe());
        }
        value
    }

    fn finish(self) {
        for (key, _) in self.table {
            let place = self.reader.place(key.span().start);
            let name = format!("{}.{}", self.name, printable(key.get_ref()));
            self.reader.fault(place, Some(name), "a known key", "an unknown one".to_owned());
        }
    }
}

/// A name from outside, fit for one line of a terminal.
fn printable(name: &str) -> String {
    name.escape_debug().take(60).collect()
}
