//! Typed values out of a file's tree, with everything that is wrong told at its place.
//!
//! Each question gives `None` where there is no fit answer, after saying why, so that reading goes on and the next
//! mistake is told too.

use super::extent::Extent;
use super::node::{Key, Node, Value};
use crate::diagnostic::Code;
use crate::files::{Root, control_character, is_forbidden};
use crate::model::{Appendix, Findings, LinePlace, Origin, Placed, Source, Text};
use crate::suggest::{did_you_mean, in_curly_quotes, nearest};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A file under reading.
#[derive(Debug)]
pub(super) struct Reader<'t> {
    source: Arc<Source>,
    text: &'t str,
    lines: Vec<&'t str>,
    pub findings: Findings,
    /// The appendix's own words, where they are known.
    pub words: Option<&'t Appendix>,
    /// Where files stand that the file names.
    pub beside: Option<Beside<'t>>,
}

/// What is known while a file is read, besides its text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known<'k> {
    pub words: Option<&'k Appendix>,
    pub beside: Option<Beside<'k>>,
}

/// Where files stand that a style sheet names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside<'r> {
    pub root: &'r Root,
    /// The folder of the sheet, relative to the root.
    pub folder: &'r str,
}

/// A value with the name that the drafter gave it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'n> {
    pub name: &'n str,
    /// Where the name stands; for an item of a list, where the item does.
    name_at: Extent,
    node: &'n Node<'n>,
}

/// The fields of a thing, all of them known to it.
#[derive(Clone, Debug)]
pub(super) struct Fields<'n> {
    /// What the fields belong to, such as "the row".
    what: &'static str,
    known: &'static [&'static str],
    pub origin: Origin,
    entries: &'n [(Key<'n>, Node<'n>)],
}

impl<'t> Reader<'t> {
    pub fn new(source: Arc<Source>, text: &'t str, known: Known<'t>) -> Self {
        let lines = text.lines().collect();
        Self { source, text, lines, findings: Findings::default(), words: known.words, beside: known.beside }
    }

    pub fn error(&mut self, code: Code, at: &Origin, message: impl Into<String>, help: impl Into<String>) {
        self.findings.error(code, at, message, help);
    }

    /// The whole file, as a field.
    pub fn root<'n>(&self, node: &'n Node<'n>) -> Field<'n> {
        Field { name: "the file", name_at: node.referenced, node }
    }

    pub fn origin(&self, field: Field<'_>) -> Origin {
        self.place(match &field.node.value {
            Value::Map(entries) => entries.first().map_or(field.name_at, |(key, _)| key.at),
            Value::Empty => field.name_at,
            _ => field.node.referenced,
        })
    }

    /// A place, as wide as what stands there on its first line.
    fn place(&self, at: Extent) -> Origin {
        let source_text = self.text.get(at.start..at.end).unwrap_or_default();
        let width = source_text.lines().next().unwrap_or_default().chars().count();
        Origin {
            source: Some(Arc::clone(&self.source)),
            line: at.line.max(1),
            column: at.column.max(1),
            length: u32::try_from(width).unwrap_or(u32::MAX),
        }
    }

    /// The fields of a thing; those that it doesn't know, and those that stand twice, are errors.
    pub fn fields<'n>(
        &mut self,
        field: Field<'n>,
        what: &'static str,
        known: &'static [&'static str],
    ) -> Option<Fields<'n>> {
        let entries = self.entries(field, "fields, such as “name: value”")?;
        for (key, _) in entries.iter().filter(|(key, _)| !known.contains(&&*key.name)) {
            if self.findings.is_full() {
                break;
            }
            let help = did_you_mean(&key.name, known.iter().copied(), "its fields are");
            let at = self.place(key.at);
            self.error(Code::UnknownField, &at, format!("{what} has no field “{}”", key.name), help);
        }
        Some(Fields { what, known, origin: self.origin(field), entries })
    }

    /// The entries of a map whose keys the drafter chooses, in the order of the file.
    pub fn map<'n>(&mut self, field: Field<'n>, expected: &str) -> Option<Vec<Field<'n>>> {
        let entries = self.entries(field, expected)?;
        Some(entries.iter().map(|(key, node)| Field { name: &key.name, name_at: key.at, node }).collect())
    }

    fn entries<'n>(&mut self, field: Field<'n>, expected: &str) -> Option<&'n [(Key<'n>, Node<'n>)]> {
        let Value::Map(entries) = &field.node.value else {
            self.wrong_type(field, expected);
            return None;
        };
        let mut first_lines = BTreeMap::new();
        for (key, _) in entries {
            if let Some(first) = first_lines.insert(&*key.name, key.at.line) {
                let at = self.place(key.at);
                let message = format!("“{}” stands here a second time", key.name);
                self.error(
                    Code::DuplicateKey,
                    &at,
                    message,
                    format!("keep one of the two; the other is on line {first}"),
                );
            }
        }
        Some(entries)
    }

    pub fn list<'n>(&mut self, field: Field<'n>, item: &'n str) -> Option<Vec<Field<'n>>> {
        let Value::List(items) = &field.node.value else {
            self.wrong_type(field, "a list: a line for each item, which begins with “- ”");
            return None;
        };
        Some(items.iter().map(|node| Field { name: item, name_at: node.referenced, node }).collect())
    }

    /// Text on one line, as it was written: a number keeps all its digits.
    pub fn text(&mut self, field: Field<'_>) -> Option<Placed<String>> {
        let text = self.scalar(field)?;
        if text.contains('\n') {
            let at = self.origin(field);
            let message = format!("{} runs over several lines", field.label());
            self.error(Code::WrongType, &at, message, "write it on one line");
            return None;
        }
        Some(Placed::new(text, self.origin(field)))
    }

    /// Words for a reader, which may run over lines.
    pub fn prose(&mut self, field: Field<'_>) -> Option<Text> {
        let mut text = self.scalar(field)?;
        text.truncate(text.trim_end_matches('\n').len());
        Some(Text { lines: self.line_places(field.node, &text), text, origin: self.origin(field) })
    }

    fn scalar(&mut self, field: Field<'_>) -> Option<String> {
        let text = match &field.node.value {
            Value::Text(text) => text.clone().into_owned(),
            _ => {
                self.wrong_type(field, "text");
                return None;
            }
        };
        if text.trim().is_empty() {
            self.wrong_type(field, "text");
            return None;
        }
        let (before, written) = self.text.split_at_checked(field.node.referenced.start).unwrap_or_default();
        // On a line of its own, below “|”, a mark is a word's.
        let is_beside = !before.ends_with('\n') && !before.trim_end_matches(' ').ends_with('\n');
        if let Some(within) = in_curly_quotes(&text).filter(|_| is_beside && written.starts_with(['“', '”'])) {
            let at = self.origin(field);
            let help = format!("type straight ones: \"{within}\"");
            self.error(Code::CurlyQuotes, &at, format!("the quotation marks of {} are curly", field.label()), help);
            return None;
        }
        if let Some(character) = text.chars().find(|&character| is_forbidden(character)) {
            // Written as an escape, or it would have been found before the file was parsed.
            let at = self.origin(field).location();
            let help = "in double quotation marks a backslash can stand for it: write two backslashes for one";
            self.findings.push(control_character(character).at(at).help(help));
            return None;
        }
        Some(text)
    }

    /// Where each line of a text stands, as long as the source holds it letter for letter.
    fn line_places(&self, node: &Node<'_>, text: &str) -> Vec<Option<LinePlace>> {
        let first = usize::try_from(node.defined.line).unwrap_or(1);
        let place = |(index, line): (usize, &str)| {
            let source = self.lines.get((first + index).checked_sub(1)?)?;
            let byte = source.find(line)?;
            let column = source.get(..byte)?.chars().count() + 1;
            Some(LinePlace { line: u32::try_from(first + index).ok()?, column: u32::try_from(column).ok()? })
        };
        let places: Vec<_> = text.split('\n').enumerate().map(place).collect();
        let exact = places.iter().take_while(|place| place.is_some()).count();
        places.into_iter().enumerate().map(|(index, place)| place.filter(|_| index < exact)).collect()
    }

    /// Words for a reader, on one line.
    pub fn text_line(&mut self, field: Field<'_>) -> Option<Text> {
        let placed = self.text(field)?;
        Some(Text { lines: self.line_places(field.node, &placed), text: placed.value, origin: placed.origin })
    }

    /// The name of a field, where the drafter chose it.
    pub fn name(&self, field: Field<'_>) -> Placed<String> {
        Placed::new(field.name.to_owned(), self.place(field.name_at))
    }

    /// Words for a reader, or none at all: an empty pair of quotation marks.
    pub fn prose_or_nothing(&mut self, field: Field<'_>) -> Option<Text> {
        self.nothing(field).or_else(|| self.prose(field))
    }

    /// Text on one line, or none at all.
    pub fn line_or_nothing(&mut self, field: Field<'_>) -> Option<Text> {
        self.nothing(field).or_else(|| self.text_line(field))
    }

    fn nothing(&self, field: Field<'_>) -> Option<Text> {
        let is_nothing = matches!(&field.node.value, Value::Text(text) if text.is_empty());
        is_nothing.then(|| Text { text: String::new(), origin: self.origin(field), lines: Vec::new() })
    }

    /// A count, from 0 to 999,999.
    pub fn count(&mut self, field: Field<'_>) -> Option<Placed<u32>> {
        let at = self.origin(field);
        let text = field.written();
        match text.filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() <= 6).map(str::parse) {
            Some(Ok(count)) => Some(Placed::new(count, at)),
            _ => {
                self.wrong_type(field, "a whole number from 0 to 999999");
                None
            }
        }
    }

    /// A number that may have decimals.
    pub fn decimal(&mut self, field: Field<'_>) -> Option<f32> {
        let number = field.written().and_then(|text| text.parse::<f32>().ok()).filter(|number| number.is_finite());
        if number.is_none() {
            self.wrong_type(field, "a number, such as 10.5");
        }
        number
    }

    /// A yes or a no, in any of the ways that people write one.
    pub fn flag(&mut self, field: Field<'_>) -> Option<Placed<bool>> {
        let at = self.origin(field);
        match field.written().map(str::to_lowercase).as_deref() {
            Some("true" | "yes" | "y") => Some(Placed::new(true, at)),
            Some("false" | "no" | "n") => Some(Placed::new(false, at)),
            _ => {
                self.wrong_type(field, "true or false");
                None
            }
        }
    }

    fn wrong_type(&mut self, field: Field<'_>, expected: &str) {
        let at = self.origin(field);
        let found = match &field.node.value {
            Value::Empty => {
                let help = format!("write {expected}, or delete the line");
                return self.error(Code::EmptyValue, &at, format!("{} has no value", field.label()), help);
            }
            Value::Text(text) if text.trim().is_empty() => "empty".to_owned(),
            Value::List(_) => "a list".to_owned(),
            Value::Map(_) => "fields of its own".to_owned(),
            Value::Text(text) if text.chars().count() <= 40 && !text.contains('\n') => format!("“{text}”"),
            Value::Text(_) => "text".to_owned(),
        };
        let message = format!("{} is {found}, not {}", field.label(), short(expected));
        // What YAML takes for fields or a list may be text that begins as they do.
        let begins = self.text.get(field.node.referenced.start..).and_then(|written| written.chars().next());
        let help = match begins.filter(|begins| matches!(begins, '{' | '[') && expected.starts_with("text")) {
            Some(begins) => format!("write {expected}; text that begins with “{begins}” stands in quotation marks"),
            None => format!("write {expected}"),
        };
        self.error(Code::WrongType, &at, message, help);
    }
}

/// All of the values, if each could be read; each has been asked for, so that all mistakes are told.
pub(super) fn all<T>(values: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    values.collect::<Vec<_>>().into_iter().collect()
}

/// What is expected, without the words that say how to write it.
fn short(expected: &str) -> &str {
    expected.split([',', ':']).next().unwrap_or(expected)
}

impl<'n> Field<'n> {
    /// A scalar as it was written, whatever it holds.
    pub fn written(self) -> Option<&'n str> {
        match &self.node.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// How to speak of it: by the name that the drafter wrote, or as what it is.
    pub fn label(&self) -> String {
        if self.name.starts_with("the ") { self.name.to_owned() } else { format!("“{}”", self.name) }
    }

    /// The text of the field of that name, where the drafter wrote fields.
    pub fn written_within(self, name: &str) -> Option<&'n str> {
        self.within(name).and_then(Field::written)
    }

    /// The field of that name, where the drafter wrote fields.
    pub fn within(self, name: &str) -> Option<Field<'n>> {
        let Value::Map(entries) = &self.node.value else { return None };
        let (key, node) = entries.iter().find(|(key, _)| key.name == name)?;
        Some(Field { name: &key.name, name_at: key.at, node })
    }

    /// Whether the drafter wrote a list, where there is a choice.
    pub fn is_list(self) -> bool {
        matches!(self.node.value, Value::List(_))
    }
}

impl<'n> Fields<'n> {
    pub fn get(&self, name: &'static str) -> Option<Field<'n>> {
        self.entries.iter().find(|(key, _)| key.name == name).map(|(key, node)| Field {
            name: &key.name,
            name_at: key.at,
            node,
        })
    }

    /// Whether the field is there, be it under a misspelt name, which has been told.
    pub fn has(&self, name: &'static str) -> bool {
        let meant = |key: &str| !self.known.contains(&key) && nearest(key, self.known.iter().copied()) == Some(name);
        self.entries.iter().any(|(key, _)| key.name == name || meant(&key.name))
    }

    /// The field, which is an error not to have.
    pub fn require(&self, reader: &mut Reader<'_>, name: &'static str) -> Option<Field<'n>> {
        let field = self.get(name);
        if field.is_none() && !self.has(name) {
            let message = format!("{} has no “{name}”", self.what);
            reader.error(Code::MissingField, &self.origin, message, format!("add it: “{name}: …”"));
        }
        field
    }
}
