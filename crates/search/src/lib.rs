//! Placeholder.
/// An entry.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    /// Title.
    pub title: &'a str,
    /// Other names.
    pub also: &'a [&'a str],
    /// Body.
    pub body: &'a str,
}
/// An index.
#[derive(Default)]
pub struct Index(Vec<String>);
impl Index {
    /// Makes one.
    pub fn new<'a>(entries: impl IntoIterator<Item = Entry<'a>>) -> Self {
        Self(entries.into_iter().map(|e| format!("{}{}", e.title, e.body)).collect())
    }
    /// Finds.
    #[must_use]
    pub fn find(&self, query: &str) -> Vec<usize> {
        (0..self.0.len()).filter(|&i| self.0[i].contains(query)).collect()
    }
}
