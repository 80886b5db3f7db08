//! What values of content may be: text of several sorts, numbers, flags, lists, and values by column.

use super::body;
use super::definitions::{Definitions, text};
use super::form::Kind;
use super::reader::{Field, Reader, all};
use super::yaml::{Style, Yaml};
use crate::diagnostic::Code;
use crate::model::{Cells, Number, Origin, Placed, Text};
use crate::suggest::did_you_mean;
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// Text on one line.
pub(super) struct Line;

/// Text on one line that other tools would take for a number: it is written in quotation marks.
pub(super) struct Quoted;

impl Kind for Line {
    type Value = Placed<String>;

    fn read(&self, reader: &mut Reader<'_>, field: Field<'_>) -> Option<Placed<String>> {
        reader.text(field)
    }

    fn write(&self, value: &Placed<String>) -> Yaml {
        Yaml::Text(value.value.clone(), Style::Bare)
    }

    fn schema(&self, _: &mut Definitions<'_>) -> Json {
        text()
    }
}

impl Kind for Quoted {
    type Value = Placed<String>;

    fn read(&self, reader: &mut Reader<'_>, field: Field<'_>) -> Option<Placed<String>> {
        reader.text(field)
    }

    fn write(&self, value: &Placed<String>) -> Yaml {
        Yaml::Text(value.value.clone(), Style::Quoted)
    }

    fn schema(&self, _: &mut Definitions<'_>) -> Json {
        text()
    }
}

/// Words for a reader: on one line, over several, or over several and maybe none.
#[derive(Clone, Copy)]
pub(super) enum Words {
    Line,
    /// A line, or nothing: the heading of a section.
    Heading,
    Prose,
    /// The body of a section, in Markdown.
    Body,
}

impl Kind for Words {
    type Value = Text;

    fn read(&self, reader: &mut Reader<'_>, field: Field<'_>) -> Option<Text> {
        match self {
            Self::Line => reader.text_line(field),
            Self::Heading => reader.line_or_nothing(field),
            Self::Prose => reader.prose(field),
            Self::Body => {
                let body = reader.prose_or_nothing(field)?;
                body::check(reader, &body);
                Some(body)
            }
        }
    }

    fn write(&self, value: &Text) -> Yaml {
        let style = match self {
            Self::Heading if value.is_empty() => Style::Quoted,
            Self::Line | Self::Heading => Style::Bare,
            Self::Prose => Style::Prose,
            Self::Body => Style::Literal,
        };
        Yaml::Text(value.text.clone(), style)
    }

    fn schema(&self, _: &mut Definitions<'_>) -> Json {
        text()
    }
}

/// A count, from 0 to 999,999.
pub(super) struct Count;

impl Kind for Count {
    type Value = Placed<u32>;

    fn read(&self, reader: &mut Reader<'_>, field: Field<'_>) -> Option<Placed<u32>> {
        reader.count(field)
    }

    fn write(&self, value: &Placed<u32>) -> Yaml {
        Yaml::Text(value.value.to_string(), Style::Typed)
    }

    fn schema(&self, _: &mut Definitions<'_>) -> Json {
        json!({ "type": ["integer", "string"], "minimum": 0, "maximum": 999_999, "pattern": "^[0-9]{1,6}$" })
    }
}

/// A yes or a no.
pub(super) struct Flag;

impl Kind for Flag {
    type Value = Placed<bool>;

    fn read(&self, reader: &mut Reader<'_>, field: Field<'_>) -> Option<Placed<bool>> {
        reader.flag(field)
    }

    fn write(&self, value: &Placed<bool>) -> Yaml {
        Yaml::Text(value.value.to_string(), Style::Typed)
    }

    fn schema(&self, _: &mut Definitions<'_>) -> Json {
        let any_case = |word: &str| -> String {
            word.chars().map(|letter| format!("[{}{letter}]", letter.to_ascii_uppercase())).collect()
        };
        let words = ["true", "false", "yes", "no", "y", "n"].map(any_case).join("|");
        json!({ "type": ["boolean", "string"], "pattern": format!("^({words})$") })
    }
}

/// A kind whose values are made into others.
pub(super) struct As<K: Kind, V> {
    kind: K,
    into: fn(&mut Reader<'_>, Field<'_>, K::Value) -> Option<V>,
    from: fn(&V) -> K::Value,
    schema: fn(&mut Definitions<'_>, Json) -> Json,
}

impl<K: Kind, V: Clone + 'static> As<K, V> {
    pub fn new(kind: K, into: fn(&mut Reader<'_>, Field<'_>, K::Value) -> Option<V>, from: fn(&V) -> K::Value) -> Self {
        Self { kind, into, from, schema: |_, schema| schema }
    }

    /// What editors hold it against, of what they hold the kind within against.
    pub fn with_schema(self, schema: fn(&mut Definitions<'_>, Json) -> Json) -> Self {
        Self { schema, ..self }
    }
}

impl<K: Kind, V: Clone + 'static> Kind for As<K, V> {
    type Value = V;

    fn read(&self, reader: &mut Reader<'_>, field: Field<'_>) -> Option<V> {
        let value = self.kind.read(reader, field)?;
        (self.into)(reader, field, value)
    }

    fn write(&self, value: &V) -> Yaml {
        self.kind.write(&(self.from)(value))
    }

    fn schema(&self, definitions: &mut Definitions<'_>) -> Json {
        let schema = self.kind.schema(definitions);
        (self.schema)(definitions, schema)
    }
}

/// Text on one line whose place doesn't matter.
pub(super) fn string() -> As<Line, String> {
    As::new(Line, |_, _, text| Some(text.value), |text| text.clone().into())
}

/// As [`string`], shared.
pub(super) fn shared() -> As<Line, Arc<str>> {
    As::new(Line, |_, _, text| Some(Arc::from(text.value)), |text| text.to_string().into())
}

/// Words over several lines whose place doesn't matter.
pub(super) fn prose() -> As<Words, String> {
    As::new(Words::Prose, |_, _, text| Some(text.text), |text| text.as_str().into())
}

/// A yes or a no whose place doesn't matter.
pub(super) fn flag() -> As<Flag, bool> {
    As::new(Flag, |_, _, flag| Some(flag.value), |flag| (*flag).into())
}

/// The number of a section or a table.
pub(super) fn number() -> As<Quoted, Placed<String>> {
    As::new(
        Quoted,
        |reader, _, text| {
            if Number::parse(&text).is_some() {
                return Some(text);
            }
            let message = format!("“{}” is no number of a section or a table", text.value);
            let help = "write letters and digits with points between, such as “8.1.4”";
            reader.error(Code::BadNumber, &text.origin, message, help);
            None
        },
        Clone::clone,
    )
}

/// An identity of the drafter's own, which links and file anchors are made from.
pub(super) fn identity() -> As<Line, Placed<String>> {
    As::new(
        Line,
        |reader, _, text| {
            let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
            if text.len() <= 64 && text.chars().all(fits) {
                return Some(text);
            }
            let message = format!("“{}” can't be an id", text.value);
            reader.error(Code::BadId, &text.origin, message, "write up to 64 letters, digits, points and hyphens");
            None
        },
        Clone::clone,
    )
}

/// The code of a User Role that the appendix has.
pub(super) fn role() -> As<Line, Placed<String>> {
    let into = |reader: &mut Reader<'_>, _: Field<'_>, code: Placed<String>| {
        if let Some(words) = reader.words.filter(|words| words.role(&code).is_none()) {
            let help = did_you_mean(&code, words.roles.iter().map(|role| role.code.as_str()), "the roles are");
            reader.error(Code::UnknownRole, &code.origin, format!("“{}” is no User Role", code.value), help);
        }
        Some(code)
    };
    As::new(Line, into, Clone::clone)
        .with_schema(|definitions, _| definitions.one_of(|words| words.roles.iter().map(|role| &*role.code).collect()))
}

/// An applicability, in the appendix's own letters.
pub(super) fn applicability() -> As<Line, Placed<Arc<str>>> {
    As::new(
        Line,
        |reader, _, name| Some(known_applicability(reader, name)),
        |name| Placed::new(name.value.to_string(), Origin::default()),
    )
    .with_schema(|definitions, _| {
        definitions.one_of(|words| words.applicabilities.iter().map(|known| &*known.name).collect())
    })
}

fn known_applicability(reader: &mut Reader<'_>, name: Placed<String>) -> Placed<Arc<str>> {
    let known = reader.words.and_then(|words| words.applicability(&name));
    if let (None, Some(words)) = (known, reader.words) {
        let names = words.applicabilities.iter().map(|known| &*known.name);
        let help = did_you_mean(&name, names, "the applicabilities are");
        reader.error(Code::UnknownApplicability, &name.origin, format!("“{}” is no applicability", name.value), help);
    }
    let value = known.map_or_else(|| Arc::from(name.value), |known| Arc::clone(&known.name));
    Placed::new(value, name.origin)
}

/// A list, of what errors call so.
pub(super) struct List<K: Kind> {
    item: &'static str,
    kind: K,
    is_strict: bool,
    names: Option<fn(&K::Value) -> &str>,
    least: usize,
}

impl<K: Kind> List<K> {
    /// A list from which items that can't be read are left out, each of them told of.
    pub fn new(item: &'static str, kind: K) -> Self {
        Self { item, kind, is_strict: false, names: None, least: 0 }
    }

    /// A list that is worth nothing unless all of it can be read.
    pub fn strict(item: &'static str, kind: K) -> Self {
        Self { is_strict: true, ..Self::new(item, kind) }
    }

    /// Each of its items bears a name, which may stand only once.
    pub fn with_names(self, names: fn(&K::Value) -> &str) -> Self {
        Self { names: Some(names), ..self }
    }

    /// It can't be empty.
    pub fn not_empty(self) -> Self {
        Self { least: 1, ..self }
    }

    fn is_repeated(&self, reader: &mut Reader<'_>, value: &K::Value, at: &Origin, lines: &mut Vec<(String, u32)>) {
        let Some(name) = self.names.map(|name| name(value)) else { return };
        match lines.iter().find(|(known, _)| known == name) {
            Some((_, line)) => {
                let message = format!("“{name}” stands here a second time");
                let help = format!("rename or delete one of the two; the other is on line {line}");
                reader.error(Code::DuplicateName, at, message, help);
            }
            None => lines.push((name.to_owned(), at.line)),
        }
    }
}

impl<K: Kind> Kind for List<K> {
    type Value = Vec<K::Value>;

    fn read(&self, reader: &mut Reader<'_>, field: Field<'_>) -> Option<Vec<K::Value>> {
        let items = reader.list(field, self.item)?;
        if items.len() < self.least {
            let at = reader.origin(field);
            reader.error(Code::EmptyValue, &at, format!("{} has no items", field.label()), "give it one at least");
            return None;
        }
        let (mut values, mut lines) = (Vec::new(), Vec::new());
        let mut is_whole = true;
        for item in items {
            let Some(value) = self.kind.read(reader, item) else {
                is_whole = false;
                continue;
            };
            let at = reader.origin(item);
            self.is_repeated(reader, &value, &at, &mut lines);
            values.push(value);
        }
        (is_whole || !self.is_strict).then_some(values)
    }

    fn write(&self, value: &Vec<K::Value>) -> Yaml {
        Yaml::List(value.iter().map(|item| self.kind.write(item)).collect())
    }

    fn schema(&self, definitions: &mut Definitions<'_>) -> Json {
        let mut schema = json!({ "type": "array", "items": self.kind.schema(definitions) });
        if self.least > 0 {
            schema["minItems"] = json!(self.least);
        }
        schema
    }
}

/// Values for the command-variant columns: a list of all, or those of some by the column's key.
pub(super) struct ByColumn<K>(pub K);

impl<K: Kind<Value = Placed<V>>, V: Clone + 'static> Kind for ByColumn<K> {
    type Value = Cells<V>;

    fn read(&self, reader: &mut Reader<'_>, field: Field<'_>) -> Option<Cells<V>> {
        if field.is_list() {
            let items = reader.list(field, "the cell")?;
            let values = all(items.into_iter().map(|item| self.0.read(reader, item)))?;
            return Some(Cells::All(values, reader.origin(field).into()));
        }
        let entries = reader.map(field, "a list with a value for each column, or fields such as “1: Mandatory”")?;
        let some = entries.into_iter().filter_map(|entry| Some((reader.name(entry), self.0.read(reader, entry)?)));
        Some(Cells::Some(some.collect()))
    }

    fn write(&self, value: &Cells<V>) -> Yaml {
        match value {
            Cells::All(values, _) => Yaml::List(values.iter().map(|value| self.0.write(value)).collect()),
            Cells::Some(values) => {
                Yaml::line(values.iter().map(|(key, value)| (key.value.clone(), self.0.write(value))).collect())
            }
        }
    }

    fn schema(&self, definitions: &mut Definitions<'_>) -> Json {
        let value = self.0.schema(definitions);
        let some = definitions.by_column(&value);
        json!({ "anyOf": [{ "type": "array", "items": value }, some] })
    }
}

/// Values by applicability.
pub(super) struct ByApplicability<K> {
    pub kind: K,
    /// What is asked for where there are no fields.
    pub expected: &'static str,
}

impl<K: Kind> Kind for ByApplicability<K> {
    type Value = Vec<(Placed<Arc<str>>, K::Value)>;

    fn read(&self, reader: &mut Reader<'_>, field: Field<'_>) -> Option<Self::Value> {
        let entries = reader.map(field, self.expected)?;
        let values = entries.into_iter().filter_map(|entry| {
            let name = reader.name(entry);
            let name = known_applicability(reader, name);
            Some((name, self.kind.read(reader, entry)?))
        });
        Some(values.collect())
    }

    fn write(&self, value: &Self::Value) -> Yaml {
        Yaml::block(value.iter().map(|(name, value)| (name.value.to_string(), self.kind.write(value))).collect())
    }

    fn schema(&self, definitions: &mut Definitions<'_>) -> Json {
        let value = self.kind.schema(definitions);
        let names = definitions.one_of(|words| words.applicabilities.iter().map(|known| &*known.name).collect());
        let mut schema = json!({ "type": "object", "additionalProperties": value });
        if names.get("enum").is_some() {
            schema["propertyNames"] = names;
        }
        schema
    }
}

/// A number with decimals, within bounds.
pub(super) struct Decimal {
    pub least: f32,
}

impl Decimal {
    /// Ten metres, if it is a length.
    const MOST: f32 = 10_000.0;
}

impl Kind for Decimal {
    type Value = f32;

    fn read(&self, reader: &mut Reader<'_>, field: Field<'_>) -> Option<f32> {
        let number = reader.decimal(field)?;
        if (self.least..=Self::MOST).contains(&number) {
            return Some(number);
        }
        let at = reader.origin(field);
        let message = format!("{} can't be {number}", field.label());
        let help = format!("write a number from {} to {}", self.least, Self::MOST);
        reader.error(Code::BadLength, &at, message, help);
        None
    }

    fn write(&self, value: &f32) -> Yaml {
        Yaml::Text(value.to_string(), Style::Typed)
    }

    fn schema(&self, _: &mut Definitions<'_>) -> Json {
        let least: f64 = format!("{}", self.least).parse().unwrap_or_default();
        json!({ "type": "number", "minimum": least, "maximum": Self::MOST })
    }
}

/// A kind in whose place drafters write something else, which is told in its own words.
pub(super) struct Unless<K> {
    /// Whether it is that slip, which has then been told.
    pub slip: fn(&mut Reader<'_>, Field<'_>) -> bool,
    pub kind: K,
}

impl<K: Kind> Kind for Unless<K> {
    type Value = K::Value;

    fn read(&self, reader: &mut Reader<'_>, field: Field<'_>) -> Option<K::Value> {
        if (self.slip)(reader, field) { None } else { self.kind.read(reader, field) }
    }

    fn write(&self, value: &K::Value) -> Yaml {
        self.kind.write(value)
    }

    fn schema(&self, definitions: &mut Definitions<'_>) -> Json {
        self.kind.schema(definitions)
    }
}

/// A length from nothing to ten metres.
pub(super) fn length() -> Decimal {
    Decimal { least: 0.0 }
}

/// A length or factor that is more than nothing.
pub(super) fn positive() -> Decimal {
    Decimal { least: 0.1 }
}
