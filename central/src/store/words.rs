//! Words of the field as they are stored: the same snake_case that travels in JSON.

use serde::{
    Serialize,
    de::{
        DeserializeOwned, IntoDeserializer,
        value::{Error, StrDeserializer},
    },
};

use super::StoreError;

/// The stored word of an enum value.
pub(crate) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The enum value of a stored word.
///
/// # Errors
/// When `column` holds a word this version does not know.
pub(crate) fn from_word<T: DeserializeOwned>(
    column: &'static str,
    word: &str,
) -> Result<T, StoreError> {
    let words: StrDeserializer<'_, Error> = word.into_deserializer();
    T::deserialize(words).map_err(|_| StoreError::Content(column))
}
