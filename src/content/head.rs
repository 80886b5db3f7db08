//! `version.yaml`: what a version is, apart from its text.

use super::form::{Form, Slot, always, maybe, unless_default};
use super::kinds::{As, Line, List, Quoted, Words, string};
use super::reader::{Field, Reader};
use super::sides::{Said, Sided};
use super::{names, vocabulary};
use crate::diagnostic::Code;
use crate::model::{Classification, Head, Placed, Status};
use crate::suggest::did_you_mean;
use serde_json::json;
use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

/// What `version.yaml` states: the head of the version, and its base.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stated {
    pub head: Head,
    pub base: Option<Placed<String>>,
    pub includes: Vec<Placed<String>>,
}

pub(super) static VERSION: LazyLock<Form<Stated>> = LazyLock::new(|| {
    Form::<Stated>::new("the version", "Version", "A version of the code, or with “base” a modification of one.")
        .vital(
            "id",
            id(),
            "Names the version and its files, in quotation marks: “\"6.18\"” or “MP089”. The folder is named the \
             same, in lower case.",
            always!(head.id),
        )
        .vital("name", string(), "As documents print it, such as “SEC Version 6.18”.", always!(head.name))
        .optional(
            "title",
            Words::Prose,
            "What a modification calls itself, on the cover of its change document.",
            maybe!(head.title),
        )
        .optional(
            "base",
            Quoted,
            "The id of the version that a modification is drafted against, in quotation marks.",
            maybe!(base),
        )
        .optional(
            "legal_text_version",
            As::new(Quoted, |_, _, text| Some(text.value), |text: &String| text.clone().into()),
            "The version of a modification's legal text, in quotation marks, such as “\"0.1\"”.",
            maybe!(head.legal_text_version),
        )
        .optional(
            "classification",
            classification(),
            "Under the policy that the appendix names. A modification that doesn't say has its base's.",
            maybe!(head.classification),
        )
        .optional(
            "includes",
            List::strict("the modification", Quoted),
            "The ids of the modifications that a release puts together, in order, each drafted against the base or \
             against one that stands before it here.",
            unless_default!(includes),
        )
        .optional("status", status(), "How far it has come.", maybe!(head.status))
        .optional(
            "effective",
            day(),
            "The day from which it is in force, once that is known: year, month and day.",
            maybe!(head.effective),
        )
        .optional("date", date(), "The date of its revisions: year, month and day.", maybe!(head.date))
        .optional(
            "extract",
            Words::Prose,
            "Why not all of the appendix is here, if it isn't. Documents print it.",
            maybe!(head.extract),
        )
        .optional(
            "columns",
            Sided(vocabulary::columns()),
            "The columns of its tables, if they aren't the appendix's.",
            Slot {
                get: |it: &Stated| match &it.head.open_columns {
                    Some(sides) => Some(Cow::Owned(Said::Open(sides.clone()))),
                    None => it.head.columns.as_ref().map(|columns| Cow::Owned(Said::One(Arc::clone(columns)))),
                },
                set: |it, said| match said {
                    Said::One(columns) => it.head.columns = Some(columns),
                    Said::Open(sides) => it.head.open_columns = Some(sides),
                },
            },
        )
        .optional(
            "provenance",
            Words::Prose,
            "Where this comes from, and what is inferred or unverified. No document prints it.",
            maybe!(head.provenance),
        )
        .finish(|reader, fields, stated| {
            if !fields.has("base") {
                fields.require(reader, "classification");
                if let Some(includes) = fields.get("includes") {
                    let at = reader.origin(includes);
                    let help = "add “base:” with the version that the modifications are drafted against";
                    reader.error(Code::MissingBase, &at, "the release doesn't say what it is a release of", help);
                }
            }
            // What it amends is said, though not legibly: by itself it would seem to lack all that the base has.
            !fields.has("base") || stated.base.is_some()
        })
});

/// Reads the head of the version in `folder`.
pub(super) fn read(reader: &mut Reader<'_>, root: Field<'_>, folder: &str) -> Option<Stated> {
    let stated = VERSION.read(reader, root)?;
    let id = &stated.head.id;
    if id.to_lowercase() != folder.to_lowercase() {
        let message = format!("the folder “{folder}” holds the version “{}”", id.value);
        reader.error(Code::FolderName, &id.origin, message, format!("rename the folder to “{}”", id.to_lowercase()));
    }
    Some(stated)
}

fn id() -> As<Quoted, Placed<String>> {
    As::new(Quoted, |reader, _, id| names::names_files(reader, &id, "the id of a version").then_some(id), Clone::clone)
}

/// A date, with its place.
pub(super) fn day() -> As<Line, Placed<String>> {
    As::new(Line, |reader, _, date| is_date(reader, &date).then_some(date), Clone::clone)
        .with_schema(|_, _| date_schema())
}

fn date() -> As<Line, String> {
    // A date needs no quotation marks.
    As::new(Line, |reader, _, date| is_date(reader, &date).then_some(date.value), |date| date.clone().into())
        .with_schema(|_, _| date_schema())
}

fn date_schema() -> serde_json::Value {
    json!({ "type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$" })
}

fn status() -> As<Line, Status> {
    let into = |reader: &mut Reader<'_>, _: Field<'_>, name: Placed<String>| {
        let known = Status::ALL.into_iter().find(|status| status.name() == name.value);
        if known.is_none() {
            let help = did_you_mean(&name, Status::ALL.iter().map(|status| status.name()), "a status is one of");
            reader.error(Code::UnknownStatus, &name.origin, format!("“{}” is no status", name.value), help);
        }
        known
    };
    As::new(Line, into, |status| status.name().to_owned().into())
        .with_schema(|_, _| json!({ "enum": Status::ALL.map(Status::name) }))
}

fn classification() -> As<Line, Classification> {
    let into = |reader: &mut Reader<'_>, _: Field<'_>, name: Placed<String>| {
        // Without the appendix, which has been told of, nothing can be said of it.
        let words = reader.words?;
        let known = words.classifications.iter().find(|known| known.name.value == name.value);
        if known.is_none() {
            let names = words.classifications.iter().map(|known| known.name.as_str());
            let help = did_you_mean(&name, names, "the classifications are");
            let message = format!("“{}” is no classification", name.value);
            reader.error(Code::UnknownClassification, &name.origin, message, help);
        }
        Some(Classification { name, ..known?.clone() })
    };
    As::new(Line, into, |classification| classification.name.clone()).with_schema(|definitions, _| {
        definitions.one_of(|words| words.classifications.iter().map(|known| known.name.as_str()).collect())
    })
}

/// Whether a text is a day as content writes it, such as 2019-06-27.
pub fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

fn is_date(reader: &mut Reader<'_>, date: &Placed<String>) -> bool {
    let is_date = is_day(date);
    if !is_date {
        let message = format!("“{}” is no date", date.value);
        reader.error(Code::BadDate, &date.origin, message, "write the year, month and day, such as 2019-06-27");
    }
    is_date
}
