//! JSON Schemas under making.

use crate::model::{Appendix, Column, ColumnKind};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;

/// The schemas under making: what is defined beside the one at hand, and the words of the project.
#[derive(Debug)]
pub(super) struct Definitions<'w> {
    words: Option<&'w Appendix>,
    /// The keys of the command-variant columns of every version.
    columns: BTreeSet<&'w str>,
    defined: Map<String, Json>,
}

impl<'w> Definitions<'w> {
    pub fn new(words: Option<&'w Appendix>, columns: impl Iterator<Item = &'w Column>) -> Self {
        let own = words.into_iter().flat_map(|words| words.columns.iter());
        let keys = own.chain(columns).filter(|column| column.kind == ColumnKind::Cv).map(|column| &*column.key);
        Self { words, columns: keys.collect(), defined: Map::new() }
    }

    /// A reference to a definition, which is made if it isn't there yet.
    pub fn define(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Json) -> Json {
        if !self.defined.contains_key(name) {
            // Its place is taken before its parts are made, so that the order is that of first use.
            self.defined.insert(name.to_owned(), Json::Null);
            let schema = make(self);
            self.defined.insert(name.to_owned(), schema);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    /// What has been defined since the last time.
    pub fn take(&mut self) -> Map<String, Json> {
        std::mem::take(&mut self.defined)
    }

    /// One of the names that the project has of something, if it has any.
    pub fn one_of<'n>(&self, names: impl Fn(&'w Appendix) -> Vec<&'n str>) -> Json
    where
        'w: 'n,
    {
        match self.words.map(names).filter(|names| !names.is_empty()) {
            Some(names) => json!({ "enum": names }),
            None => text(),
        }
    }

    /// Values by the keys of command-variant columns.
    pub fn by_column(&self, value: &Json) -> Json {
        let mut schema = json!({ "type": "object", "additionalProperties": value });
        if !self.columns.is_empty() {
            // Figures first, by their worth, as the tables have them.
            let mut keys: Vec<&str> = self.columns.iter().copied().collect();
            keys.sort_by_key(|key| (key.parse::<u32>().unwrap_or(u32::MAX), *key));
            schema["propertyNames"] = json!({ "enum": keys });
        }
        schema
    }
}

/// Text, which an unquoted `6.10` or `true` is too: the reader takes it as it is written.
pub(super) fn text() -> Json {
    json!({ "type": ["string", "number", "boolean"] })
}
