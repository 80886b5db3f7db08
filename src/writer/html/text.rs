//! Text that can't be taken for markup, and names that a page can be entered at.

use std::collections::{BTreeMap, BTreeSet};

/// Appends text to a page, so that it reads as it is and is nothing else.
pub(super) fn push(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
}

/// The same, by itself.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push(&mut out, text);
    out
}

/// Appends an attribute.
pub(super) fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push(out, value);
    out.push('"');
}

/// What the place that a row of a table is wants to be named.
pub(super) fn row_of(table: &str, key: &str) -> String {
    format!("row-{table}-{key}")
}

/// The names that a page can be entered at, each given once.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
    counted: BTreeMap<String, usize>,
}

impl Names {
    /// A name as near to the one that is asked for as a page can have and hasn't given yet.
    pub fn give(&mut self, wanted: &str) -> String {
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
        let plain: String = wanted.chars().map(|c| if is_plain(c) { c } else { '-' }).collect();
        let mut name = plain.clone();
        while !self.taken.insert(name.clone()) {
            let count = self.counted.entry(plain.clone()).or_insert(1);
            *count += 1;
            name = format!("{plain}-{count}");
        }
        name
    }
}
