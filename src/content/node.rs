//! YAML as a tree of values that know their places.
//!
//! Every value is kept as it was written: `6.10` is those four characters, and `N` is a letter. What type a value
//! should have is for whoever asks for it; so a file is read to its end whatever is wrong in it, and everything
//! wrong is told at once. Only a file that isn't YAML at all stops at its first error.

use super::syntax;
use crate::diagnostic::Diagnostic;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, MergeKeyPolicy, NonFiniteFloatPolicy, Options, Spanned};
use std::fmt;

/// So many values a file can hold; a table of a thousand rows has some seventeen thousand.
const MAX_VALUES: usize = 1_000_000;

/// So many values can come from aliases, which make a small file large.
const MAX_ALIASED_VALUES: usize = 100_000;

pub(super) type Node = Spanned<Value>;

#[derive(Debug)]
pub(super) enum Value {
    Empty,
    /// A number or a truth value to YAML. Its text stands in the source, at the node's place.
    Bare,
    Text(String),
    List(Vec<Node>),
    /// In the order of the file, with every key that stands twice.
    Map(Vec<(Spanned<String>, Node)>),
}

/// Reads the one document in a text.
pub(super) fn parse(file: &str, text: &str) -> Result<Node, Diagnostic> {
    serde_yaml::from_str_with_options(text, options()).map_err(|error| syntax::explain(file, text, &error))
}

fn options() -> Options {
    let mut options = Options::default();
    options.duplicate_keys = DuplicateKeyPolicy::PassThrough;
    options.merge_keys = MergeKeyPolicy::AsOrdinary;
    options.non_finite_float_policy = NonFiniteFloatPolicy::AsString;
    options.reject_unsupported_tags = true;
    options.with_snippet = false;
    options.alias_limits.max_total_replayed_events = MAX_ALIASED_VALUES;
    if let Some(budget) = &mut options.budget {
        budget.max_nodes = MAX_VALUES;
        budget.max_events = 4 * MAX_VALUES;
        // Rows that share their cells by alias are fair use; what they amount to is limited above.
        budget.enforce_alias_anchor_ratio = false;
    }
    options
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text, a list or fields")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Empty)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Bare)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Value, E> {
        Ok(Value::Bare)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Value, E> {
        Ok(Value::Bare)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Bare)
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Value::Map(map))
    }
}
