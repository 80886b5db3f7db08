//! What isn't settled: a value in whose place stand what it was, what the modification says and what its new base says.
//!
//! An editor keeps one of them and deletes the others; what is left alone is the value.

use super::definitions::Definitions;
use super::form::Kind;
use super::kinds::Words;
use super::reader::{Field, Reader, all};
use super::yaml::Yaml;
use crate::diagnostic::Code;
use crate::model::{Cells, Placed, Sides, Standing, Text};
use serde_json::{Value as Json, json};

const NAMES: [&str; 3] = ["was", "ours", "theirs"];

/// A value, or what all sides say of it.
#[derive(Clone)]
pub(super) enum Said<V> {
    One(V),
    Open(Sides<V>),
}

/// The slot of a value of which several can be said.
macro_rules! sided {
    ($part:ident) => {
        $crate::content::form::Slot {
            get: |it| match it.open.as_ref().and_then(|open| open.$part.as_ref()) {
                Some(sides) => Some(std::borrow::Cow::Owned($crate::content::sides::Said::Open(sides.clone()))),
                None => {
                    it.$part.as_ref().map(|it| std::borrow::Cow::Owned($crate::content::sides::Said::One(it.clone())))
                }
            },
            set: |it, said| match said {
                $crate::content::sides::Said::One(value) => it.$part = Some(value),
                $crate::content::sides::Said::Open(sides) => it.open.get_or_insert_default().$part = Some(sides),
            },
        }
    };
}

pub(super) use sided;

/// What sides there are, and in what words: of what happens, which a drafter reads and nothing prints.
#[derive(Clone, Copy)]
pub(super) struct InWords;

impl Kind for InWords {
    type Value = Sides<Text>;

    fn read(&self, reader: &mut Reader<'_>, field: Field<'_>) -> Option<Sides<Text>> {
        read(&Words::Prose, reader, field)
    }

    fn write(&self, sides: &Sides<Text>) -> Yaml {
        write(&Words::Prose, sides)
    }

    fn schema(&self, definitions: &mut Definitions<'_>) -> Json {
        schema(&Words::Prose, definitions)
    }
}

/// A value of some kind, or what all sides say of it.
pub(super) struct Sided<K>(pub K);

impl<K: Kind> Kind for Sided<K> {
    type Value = Said<K::Value>;

    fn read(&self, reader: &mut Reader<'_>, field: Field<'_>) -> Option<Self::Value> {
        read_said(&self.0, reader, field)
    }

    fn write(&self, said: &Self::Value) -> Yaml {
        match said {
            Said::One(value) => self.0.write(value),
            Said::Open(sides) => write(&self.0, sides),
        }
    }

    fn schema(&self, definitions: &mut Definitions<'_>) -> Json {
        schema_said(&self.0, definitions)
    }
}

/// Values by column, of some of which several can be said.
pub(super) struct SidedByColumn<K>(pub K);

/// What is said of cells, and those of which several is said.
pub(super) type SaidCells<V> = (Option<Cells<V>>, Vec<(Placed<String>, Sides<Placed<V>>)>);

impl<K: Kind<Value = Placed<V>>, V: Clone + 'static> Kind for SidedByColumn<K> {
    type Value = SaidCells<V>;

    fn read(&self, reader: &mut Reader<'_>, field: Field<'_>) -> Option<SaidCells<V>> {
        if field.is_list() {
            let items = reader.list(field, "the cell")?;
            let values = all(items.into_iter().map(|item| self.0.read(reader, item)))?;
            return Some((Some(Cells::All(values, reader.origin(field).into())), Vec::new()));
        }
        let entries = reader.map(field, "a list with a value for each column, or fields such as “1: Mandatory”")?;
        let (mut some, mut open) = (Vec::new(), Vec::new());
        for entry in entries {
            let name = reader.name(entry);
            match read_said(&self.0, reader, entry) {
                Some(Said::One(value)) => some.push((name, value)),
                Some(Said::Open(sides)) => open.push((name, sides)),
                None => {}
            }
        }
        let has_some = !some.is_empty() || open.is_empty();
        Some((has_some.then_some(Cells::Some(some)), open))
    }

    fn write(&self, (cells, open): &SaidCells<V>) -> Yaml {
        let mut entries = match cells {
            Some(Cells::All(values, _)) => return Yaml::List(values.iter().map(|value| self.0.write(value)).collect()),
            Some(Cells::Some(values)) => {
                values.iter().map(|(key, value)| (key.value.clone(), self.0.write(value))).collect()
            }
            None => Vec::new(),
        };
        entries.extend(open.iter().map(|(key, sides)| (key.value.clone(), write(&self.0, sides))));
        Yaml::line(entries)
    }

    fn schema(&self, definitions: &mut Definitions<'_>) -> Json {
        let value = self.0.schema(definitions);
        let some = schema_said(&self.0, definitions);
        let some = definitions.by_column(&some);
        json!({ "anyOf": [{ "type": "array", "items": value }, some] })
    }
}

/// Whether a statement of which in words is told what would happen still says something: nothing, where an editor kept
/// what the new base says.
pub(super) fn stays(conflict: &mut Option<Sides<Text>>) -> bool {
    let Some(Sides { was: None, ours, theirs, .. }) = conflict else { return true };
    let (is_ours, is_theirs) = (theirs.is_none(), ours.is_none());
    if is_ours {
        *conflict = None;
    }
    is_ours || !is_theirs
}

fn read_said<K: Kind>(kind: &K, reader: &mut Reader<'_>, field: Field<'_>) -> Option<Said<K::Value>> {
    if NAMES.iter().all(|name| field.within(name).is_none()) {
        return kind.read(reader, field).map(Said::One);
    }
    Some(match read(kind, reader, field)? {
        Sides { was: Some(one), ours: None, theirs: None, .. }
        | Sides { was: None, ours: Some(one), theirs: None, .. }
        | Sides { was: None, ours: None, theirs: Some(one), .. } => Said::One(one),
        sides => Said::Open(sides),
    })
}

fn schema_said<K: Kind>(kind: &K, definitions: &mut Definitions<'_>) -> Json {
    json!({ "anyOf": [kind.schema(definitions), schema(kind, definitions)] })
}

fn read<K: Kind>(kind: &K, reader: &mut Reader<'_>, field: Field<'_>) -> Option<Sides<K::Value>> {
    let fields = reader.fields(field, "the conflict", &NAMES)?;
    let mut is_whole = true;
    let mut side = |name: &'static str| {
        let value = kind.read(reader, fields.get(name)?);
        is_whole &= value.is_some();
        value
    };
    let [was, ours, theirs] = NAMES.map(&mut side);
    let sides = Sides { was, ours, theirs, origin: Standing(fields.origin.clone()) };
    if is_whole && sides.each().next().is_none() {
        let help = "keep one of “was”, “ours” and “theirs”, or write what it shall be";
        reader.error(Code::EmptyValue, &fields.origin, format!("no side of {} is left", field.label()), help);
        return None;
    }
    is_whole.then_some(sides)
}

fn write<K: Kind>(kind: &K, sides: &Sides<K::Value>) -> Yaml {
    Yaml::block(sides.each().map(|(name, value)| (name.to_owned(), kind.write(value))).collect())
}

fn schema<K: Kind>(kind: &K, definitions: &mut Definitions<'_>) -> Json {
    let value = kind.schema(definitions);
    let sides: serde_json::Map<String, Json> = NAMES.map(|name| (name.to_owned(), value.clone())).into_iter().collect();
    json!({ "type": "object", "properties": sides, "minProperties": 1, "additionalProperties": false })
}
