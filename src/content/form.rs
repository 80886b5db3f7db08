//! A form of content, described once: reading, writing, its JSON Schema and what errors call it follow from that.
//!
//! A form is a table of fields. Each has a name, words for the drafter, a kind (what its value may be), and the slot of
//! the value that it fills. A kind reads a value from a file's tree, writes it into one, and describes itself to
//! editors; a form is a kind too, so forms stand within forms.

use super::definitions::Definitions;
use super::reader::{Field, Fields, Reader};
use super::yaml::{Shape, Yaml};
use serde_json::{Value as Json, json};
use std::borrow::Cow;
use std::sync::LazyLock;

/// What the value of a field may be.
pub(super) trait Kind: Send + Sync + 'static {
    type Value: Clone;

    /// The value, or `None` once it has been told what is wrong with it.
    fn read(&self, reader: &mut Reader<'_>, field: Field<'_>) -> Option<Self::Value>;

    /// The value as a drafter would have typed it.
    fn write(&self, value: &Self::Value) -> Yaml;

    /// What editors hold it against.
    fn schema(&self, definitions: &mut Definitions<'_>) -> Json;
}

/// Where in a thing the value of a field stands.
pub(super) struct Slot<T, V: Clone> {
    /// The value, where there is one to be written.
    pub get: for<'a> fn(&'a T) -> Option<Cow<'a, V>>,
    pub set: fn(&mut T, V),
}

/// The slot of a value that need not be there.
macro_rules! maybe {
    ($($part:ident).+) => {
        $crate::content::form::Slot {
            get: |it| it.$($part).+.as_ref().map(std::borrow::Cow::Borrowed),
            set: |it, value| it.$($part).+ = Some(value),
        }
    };
}

/// The slot of a value that is always there.
macro_rules! always {
    ($($part:ident).+) => {
        $crate::content::form::Slot {
            get: |it| Some(std::borrow::Cow::Borrowed(&it.$($part).+)),
            set: |it, value| it.$($part).+ = value,
        }
    };
}

/// The slot of a value that isn't written where it is as it would be without being said.
macro_rules! unless_default {
    ($($part:ident).+) => {
        $crate::content::form::Slot {
            get: |it| $crate::content::form::said(&it.$($part).+),
            set: |it, value| it.$($part).+ = value,
        }
    };
}

/// A value that isn't what it would be without being said.
pub(super) fn said<V: Clone + Default + PartialEq>(value: &V) -> Option<Cow<'_, V>> {
    (*value != V::default()).then_some(Cow::Borrowed(value))
}

pub(super) use {always, maybe, unless_default};

/// Whether a field must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    Optional,
    /// It is told of where it isn't there, and reading goes on without it.
    Required,
    /// Without it there is no value.
    Vital,
}

/// What fields say together; `false` where that leaves no value.
type Finish<T> = fn(&mut Reader<'_>, &Fields<'_>, &mut T) -> bool;

/// A form: its name, and its fields.
pub(super) struct Form<T> {
    /// What errors call it, such as “the row”.
    what: &'static str,
    /// What schemas call it, such as “Row”.
    name: &'static str,
    about: &'static str,
    entries: Vec<Entry<T>>,
    names: Vec<&'static str>,
    finish: Finish<T>,
    shape: Shape,
}

struct Entry<T> {
    name: &'static str,
    about: &'static str,
    need: Need,
    value: Box<dyn Filled<T>>,
}

/// A kind and a slot, whatever the type of the value between them.
trait Filled<T>: Send + Sync {
    /// Whether the value could be read.
    fn read(&self, reader: &mut Reader<'_>, field: Field<'_>, it: &mut T) -> bool;
    fn write(&self, it: &T) -> Option<Yaml>;
    fn schema(&self, definitions: &mut Definitions<'_>) -> Json;
}

struct Filling<T, K: Kind> {
    kind: K,
    slot: Slot<T, K::Value>,
}

impl<T: 'static, K: Kind> Filled<T> for Filling<T, K> {
    fn read(&self, reader: &mut Reader<'_>, field: Field<'_>, it: &mut T) -> bool {
        let value = self.kind.read(reader, field);
        let is_read = value.is_some();
        if let Some(value) = value {
            (self.slot.set)(it, value);
        }
        is_read
    }

    fn write(&self, it: &T) -> Option<Yaml> {
        (self.slot.get)(it).map(|value| self.kind.write(&value))
    }

    fn schema(&self, definitions: &mut Definitions<'_>) -> Json {
        self.kind.schema(definitions)
    }
}

/// The fields of a thing that another is made of.
struct Part<T, P: 'static> {
    entry: &'static Entry<P>,
    get: fn(&T) -> &P,
    get_mut: fn(&mut T) -> &mut P,
}

impl<T: 'static, P: 'static> Filled<T> for Part<T, P> {
    fn read(&self, reader: &mut Reader<'_>, field: Field<'_>, it: &mut T) -> bool {
        self.entry.value.read(reader, field, (self.get_mut)(it))
    }

    fn write(&self, it: &T) -> Option<Yaml> {
        self.entry.value.write((self.get)(it))
    }

    fn schema(&self, definitions: &mut Definitions<'_>) -> Json {
        self.entry.value.schema(definitions)
    }
}

impl<T: Default + Clone + 'static> Form<T> {
    pub fn new(what: &'static str, name: &'static str, about: &'static str) -> Self {
        let (entries, names) = (Vec::new(), Vec::new());
        Self { what, name, about, entries, names, finish: |_, _, _| true, shape: Shape::Block }
    }

    /// Written on one line, where it fits.
    pub fn on_one_line(self) -> Self {
        Self { shape: Shape::Line, ..self }
    }

    /// What the fields say together: called last, whatever was wrong with single ones.
    pub fn finish(self, finish: Finish<T>) -> Self {
        Self { finish, ..self }
    }

    pub fn optional<K: Kind>(self, name: &'static str, kind: K, about: &'static str, slot: Slot<T, K::Value>) -> Self {
        self.entry(name, about, Need::Optional, Box::new(Filling { kind, slot }))
    }

    /// A field that must be there; the thing can be spoken of without.
    pub fn required<K: Kind>(self, name: &'static str, kind: K, about: &'static str, slot: Slot<T, K::Value>) -> Self {
        self.entry(name, about, Need::Required, Box::new(Filling { kind, slot }))
    }

    /// A field without which there is nothing to speak of.
    pub fn vital<K: Kind>(self, name: &'static str, kind: K, about: &'static str, slot: Slot<T, K::Value>) -> Self {
        self.entry(name, about, Need::Vital, Box::new(Filling { kind, slot }))
    }

    /// The fields of a part, none of which must be there.
    pub fn part<P>(mut self, form: &'static Form<P>, get: fn(&T) -> &P, get_mut: fn(&mut T) -> &mut P) -> Self {
        for entry in &form.entries {
            let value = Box::new(Part { entry, get, get_mut });
            self = self.entry(entry.name, entry.about, Need::Optional, value);
        }
        self
    }

    fn entry(mut self, name: &'static str, about: &'static str, need: Need, value: Box<dyn Filled<T>>) -> Self {
        self.names.push(name);
        self.entries.push(Entry { name, about, need, value });
        self
    }

    /// Reads a thing. Each field is looked at, so that all mistakes are told.
    pub fn read(&'static self, reader: &mut Reader<'_>, field: Field<'_>) -> Option<T> {
        let fields = reader.fields(field, self.what, &self.names)?;
        let mut it = T::default();
        let mut is_whole = true;
        for entry in &self.entries {
            let found = match entry.need {
                Need::Optional => fields.get(entry.name),
                Need::Required | Need::Vital => fields.require(reader, entry.name),
            };
            let is_read = found.is_some_and(|field| entry.value.read(reader, field, &mut it));
            is_whole &= is_read || entry.need != Need::Vital;
        }
        ((self.finish)(reader, &fields, &mut it) && is_whole).then_some(it)
    }

    pub fn write(&self, it: &T) -> Yaml {
        let written = |entry: &Entry<T>| Some((entry.name.to_owned(), entry.value.write(it)?));
        Yaml::Map(self.entries.iter().filter_map(written).collect(), self.shape)
    }

    /// The schema of the thing itself, for the head of a file or of a definition.
    pub fn object(&self, definitions: &mut Definitions<'_>) -> Json {
        let mut properties = serde_json::Map::new();
        for entry in &self.entries {
            let mut schema = json!({ "description": entry.about });
            if let (Json::Object(all), Json::Object(own)) = (&mut schema, entry.value.schema(definitions)) {
                all.extend(own);
            }
            properties.insert(entry.name.to_owned(), schema);
        }
        let required: Vec<&str> =
            self.entries.iter().filter(|entry| entry.need != Need::Optional).map(|entry| entry.name).collect();
        let mut object = json!({ "description": self.about, "type": "object", "properties": properties });
        if !required.is_empty() {
            object["required"] = json!(required);
        }
        object["additionalProperties"] = json!(false);
        object
    }

    /// The schema of a file that holds such a thing.
    pub fn document(&self, definitions: &mut Definitions<'_>) -> Json {
        let Json::Object(object) = self.object(definitions) else { return Json::Null };
        let mut document = serde_json::Map::new();
        document.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        document.insert("title".to_owned(), json!(self.name));
        document.extend(object);
        let defined = definitions.take();
        if !defined.is_empty() {
            document.insert("$defs".to_owned(), defined.into());
        }
        document.into()
    }
}

impl<T: Default + Clone + 'static> Kind for &'static LazyLock<Form<T>> {
    type Value = T;

    fn read(&self, reader: &mut Reader<'_>, field: Field<'_>) -> Option<T> {
        let form: &'static Form<T> = self;
        form.read(reader, field)
    }

    fn write(&self, value: &T) -> Yaml {
        (***self).write(value)
    }

    fn schema(&self, definitions: &mut Definitions<'_>) -> Json {
        definitions.define(self.name, |definitions| self.object(definitions))
    }
}
