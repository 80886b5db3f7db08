//! `appendix.yaml`: the name of the appendix and the words that its tables are made of.

use super::head::names_files;
use super::reader::{Field, Fields, Reader};
use crate::diagnostic::Code;
use crate::model::{Appendix, Applicability, Classification, Column, ColumnKind, CriticalTexts, Origin, Placed, Role};
use crate::suggest::did_you_mean;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) const FIELDS: &[&str] = &[
    "name",
    "file_name",
    "title",
    "code",
    "code_name",
    "language",
    "policy",
    "classifications",
    "roles",
    "applicabilities",
    "default_applicability",
    "total_label",
    "critical",
    "not_critical",
    "columns",
    "provenance",
];

pub(super) const CLASSIFICATION_FIELDS: &[&str] = &["name", "meaning", "statement", "provenance"];
pub(super) const ROLE_FIELDS: &[&str] = &["code", "name"];
pub(super) const APPLICABILITY_FIELDS: &[&str] = &["name", "count_label", "counts_as_test"];
pub(super) const COLUMN_FIELDS: &[&str] = &["field", "cv", "label"];

const COLUMN_KINDS: &[(&str, ColumnKind)] = &[
    ("reference", ColumnKind::Reference),
    ("variant", ColumnKind::Variant),
    ("name", ColumnKind::Name),
    ("critical", ColumnKind::Critical),
    ("role", ColumnKind::Role),
];

/// Reads the appendix's own data. What can't be read is told by the reader and left out.
pub(super) fn read(reader: &mut Reader<'_>, root: Field<'_>) -> Option<Appendix> {
    let fields = reader.fields(root, "the appendix", FIELDS)?;
    if let Some(provenance) = fields.get("provenance") {
        reader.prose(provenance);
    }
    let file_name = fields.get("file_name").and_then(|field| reader.text(field));
    let file_name = file_name.filter(|name| names_files(reader, name, "the name of the appendix's files"));
    let file_name = file_name.map(|name| name.value);
    let title = fields.require(reader, "title").and_then(|field| reader.text_line(field)).unwrap_or_default();
    let mut word = |name| text(reader, &fields, name);
    let name = word("name");
    let (code, code_name) = (word("code"), word("code_name"));
    let (language, policy, total_label) = (word("language"), word("policy"), word("total_label"));
    let critical = CriticalTexts { yes: word("critical"), no: word("not_critical") };
    let classifications = read_list(reader, &fields, "classifications", classification);
    let roles = read_list(reader, &fields, "roles", role);
    let applicabilities = read_list(reader, &fields, "applicabilities", applicability);
    let columns = fields.require(reader, "columns").and_then(|field| columns(reader, field)).unwrap_or_default();
    let default_applicability = default_applicability(reader, &fields, &applicabilities);
    unique(reader, classifications.iter().map(|(c, at)| (c.name.as_str(), at)));
    unique(reader, roles.iter().map(|(role, at)| (role.code.as_str(), at)));
    unique(reader, applicabilities.iter().map(|(applicability, at)| (&*applicability.name, at)));
    Some(Appendix {
        name,
        file_name,
        title,
        code,
        code_name,
        language,
        policy,
        classifications: without_places(classifications),
        roles: without_places(roles),
        applicabilities: without_places(applicabilities),
        default_applicability,
        total_label,
        columns,
        critical,
    })
}

fn without_places<T>(items: Vec<(T, Origin)>) -> Vec<T> {
    items.into_iter().map(|(item, _)| item).collect()
}

/// The text of a field that must be there; empty where it isn't, which has been told.
fn text(reader: &mut Reader<'_>, fields: &Fields<'_>, name: &'static str) -> String {
    fields.require(reader, name).and_then(|field| reader.text(field)).map(|text| text.value).unwrap_or_default()
}

fn read_list<T>(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    name: &'static str,
    read: fn(&mut Reader<'_>, Field<'_>) -> Option<T>,
) -> Vec<(T, Origin)> {
    let Some(items) = fields.require(reader, name).and_then(|field| reader.list(field, "the item")) else {
        return Vec::new();
    };
    items.into_iter().filter_map(|item| Some((read(reader, item)?, reader.origin(item)))).collect()
}

fn classification(reader: &mut Reader<'_>, field: Field<'_>) -> Option<Classification> {
    let fields = reader.fields(field, "the classification", CLASSIFICATION_FIELDS)?;
    let name = fields.require(reader, "name").and_then(|field| reader.text(field));
    let meaning = fields.require(reader, "meaning").and_then(|field| reader.prose(field));
    let statement = text(reader, &fields, "statement");
    if let Some(provenance) = fields.get("provenance") {
        reader.prose(provenance);
    }
    Some(Classification { name: name?, meaning: meaning?.text, statement })
}

fn role(reader: &mut Reader<'_>, field: Field<'_>) -> Option<Role> {
    let fields = reader.fields(field, "the role", ROLE_FIELDS)?;
    Some(Role { code: text(reader, &fields, "code"), name: text(reader, &fields, "name") })
}

fn applicability(reader: &mut Reader<'_>, field: Field<'_>) -> Option<Applicability> {
    let fields = reader.fields(field, "the applicability", APPLICABILITY_FIELDS)?;
    let name = fields.require(reader, "name").and_then(|field| reader.text(field)).unwrap_or_default();
    let count_label = text(reader, &fields, "count_label");
    let counts_as_test = fields.require(reader, "counts_as_test").and_then(|field| reader.flag(field))?.value;
    Some(Applicability { name: Arc::from(name.value), count_label, counts_as_test, origin: name.origin })
}

fn default_applicability(reader: &mut Reader<'_>, fields: &Fields<'_>, all: &[(Applicability, Origin)]) -> Arc<str> {
    let Some(name) = fields.require(reader, "default_applicability").and_then(|field| reader.text(field)) else {
        return Arc::from("");
    };
    let names = all.iter().map(|(applicability, _)| &*applicability.name);
    if !names.clone().any(|known| known == *name) {
        let help = did_you_mean(&name, names, "the applicabilities are");
        reader.error(Code::UnknownApplicability, &name.origin, format!("“{}” is no applicability", name.value), help);
    }
    Arc::from(name.value)
}

/// Tells of each name that stands twice in a list.
fn unique<'n>(reader: &mut Reader<'_>, names: impl Iterator<Item = (&'n str, &'n Origin)>) {
    let mut lines = BTreeMap::new();
    for (name, at) in names {
        if let Some(line) = lines.insert(name, at.line) {
            let message = format!("“{name}” stands here a second time");
            reader.error(
                Code::DuplicateName,
                at,
                message,
                format!("rename or delete one of the two; the other is on line {line}"),
            );
        }
    }
}

/// A list of columns, in the appendix or restated by a version.
pub(super) fn columns(reader: &mut Reader<'_>, field: Field<'_>) -> Option<Arc<[Column]>> {
    let at = reader.origin(field);
    let items = reader.list(field, "the column")?;
    let columns: Vec<(Column, Origin)> =
        items.into_iter().filter_map(|item| Some((column(reader, item)?, reader.origin(item)))).collect();
    unique(reader, columns.iter().map(|(column, at)| (&*column.key, at)));
    if !columns.iter().any(|(column, _)| column.kind == ColumnKind::Variant) {
        let help = "add “- { field: variant, label: … }”: readers tell rows by their variants";
        reader.error(Code::MissingColumn, &at, "no column shows the variant", help);
    }
    if !columns.iter().any(|(column, _)| column.kind == ColumnKind::Cv) {
        let help = "add “- { cv: 1, label: CV 1 }” for each";
        reader.error(Code::MissingColumn, &at, "no column is a command-variant column", help);
    }
    let kinds: Vec<ColumnKind> = columns.iter().map(|(column, _)| column.kind).collect();
    let stretches = kinds.chunk_by(|a, b| (*a == ColumnKind::Cv) == (*b == ColumnKind::Cv));
    let apart = stretches.filter(|stretch| stretch.contains(&ColumnKind::Cv)).count() > 1;
    if apart || kinds.first() == Some(&ColumnKind::Cv) {
        let help = "put the command-variant columns side by side, with a column such as the name before them: the \
                    count rows have their labels before the figures";
        reader.error(
            Code::ColumnOrder,
            &at,
            "the command-variant columns don't stand together after another column",
            help,
        );
    }
    Some(columns.into_iter().map(|(column, _)| column).collect())
}

fn column(reader: &mut Reader<'_>, item: Field<'_>) -> Option<Column> {
    let fields = reader.fields(item, "the column", COLUMN_FIELDS)?;
    let label = text(reader, &fields, "label");
    let (key, kind) = match (fields.get("field"), fields.get("cv")) {
        (Some(field), None) => {
            let name = reader.text(field)?;
            let kind = column_kind(reader, &name)?;
            (name.value, kind)
        }
        (None, Some(cv)) => (reader.text(cv)?.value, ColumnKind::Cv),
        _ => {
            let help =
                "give it “field:” with the part of a row that it shows, or “cv:” with the key of a command variant";
            reader.error(
                Code::ColumnKind,
                &fields.origin,
                "the column needs either a field or a command variant",
                help,
            );
            return None;
        }
    };
    Some(Column { key: Arc::from(key), label, kind })
}

fn column_kind(reader: &mut Reader<'_>, name: &Placed<String>) -> Option<ColumnKind> {
    let kind = COLUMN_KINDS.iter().find(|(known, _)| *known == name.value).map(|(_, kind)| *kind);
    if kind.is_none() {
        let help = did_you_mean(name, COLUMN_KINDS.iter().map(|(known, _)| *known), "a column shows one of");
        reader.error(Code::UnknownColumn, &name.origin, format!("a row has no “{}”", name.value), help);
    }
    kind
}
