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

/// Lists and fields can stand so deep within one another; content needs seven.
const MAX_DEPTH: usize = 16;

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
    let node: Node =
        serde_yaml::from_str_with_options(text, options()).map_err(|error| syntax::explain(file, text, &error))?;
    match node.value {
        Value::Empty => Err(syntax::nothing(file)),
        _ => Ok(node),
    }
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
        budget.max_depth = MAX_DEPTH;
        budget.flow_nesting_limit = MAX_DEPTH;
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

#[cfg(test)]
mod tests {
    use super::*;

    /// On the small stack that a worker thread has.
    fn error(text: String) -> String {
        let parse = move || parse("a.yaml", &text).map(|_| ()).unwrap_err().message;
        std::thread::Builder::new().stack_size(2 << 20).spawn(parse).unwrap().join().unwrap()
    }

    #[test]
    fn depth_is_limited_in_brackets_in_indents_and_through_aliases() {
        let brackets = "[".repeat(10_000) + &"]".repeat(10_000);
        let indents: String = (0..5_000).map(|depth| " ".repeat(depth) + "a:\n").collect();
        let alias = |n: usize| format!("a{n}: &a{n} [*a{}]\n", n - 1);
        let aliases: String = std::iter::once("a0: &a0 [x]\n".to_owned()).chain((1..1000).map(alias)).collect();
        for text in [brackets, indents, aliases] {
            assert_eq!(error(text), "lists and fields stand too deep within one another");
        }
    }
}
