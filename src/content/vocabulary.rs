//! `appendix.yaml`: the name of the appendix and the words that its tables are made of.

use super::form::{Form, Slot, always, maybe, unless_default};
use super::kinds::{As, Line, List, Words, flag, prose, shared, string};
use super::names::names_files;
use super::reader::{Field, Fields, Reader};
use crate::diagnostic::Code;
use crate::model::{Appendix, Applicability, Classification, Column, ColumnKind, Origin, PartNames, Placed, Role};
use crate::suggest::did_you_mean;
use serde_json::json;
use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

pub(super) static APPENDIX: LazyLock<Form<Appendix>> = LazyLock::new(|| {
    const ABOUT: &str =
        "What is true of the appendix in every version: its name, and the words that its tables are made of.";
    Form::<Appendix>::new("the appendix", "Appendix", ABOUT)
        .vital("name", string(), "Such as “Appendix R”.", always!(name))
        .optional(
            "file_name",
            file_name(),
            "What the names of the documents begin with, such as “appendix-r” [default: the words of the name].",
            maybe!(file_name),
        )
        .vital("title", Words::Line, "Its title as documents print it, without quotation marks.", always!(title))
        .vital("code", string(), "The contract that it belongs to, in short, such as “SEC”.", always!(code))
        .vital("code_name", string(), "The contract that it belongs to, in full.", always!(code_name))
        .vital("language", string(), "The language of the text as a BCP 47 tag, such as “en-GB”.", always!(language))
        .vital("policy", string(), "The policy that the classifications come from.", always!(policy))
        .vital(
            "classifications",
            List::new("the item", &CLASSIFICATION).with_names(|classification| classification.name.as_str()),
            "The classifications, from the loosest to the strictest.",
            always!(classifications),
        )
        .vital(
            "roles",
            List::new("the item", &ROLE).with_names(|role| &role.code),
            "The User Roles. Each has a table of its own.",
            always!(roles),
        )
        .vital(
            "applicabilities",
            List::new("the item", &APPLICABILITY).with_names(|applicability| &*applicability.name),
            "What a command-variant cell can hold, in the order of the count rows.",
            always!(applicabilities),
        )
        .vital(
            "default_applicability",
            shared(),
            "What a cell holds that a row doesn't name.",
            always!(default_applicability),
        )
        .vital("total_label", string(), "The label of the grand total under the count rows.", always!(total_label))
        .vital(
            "critical",
            string(),
            "What tables print for a critical Service Request, such as “Y”.",
            always!(critical.yes),
        )
        .vital(
            "not_critical",
            string(),
            "What tables print for one that isn't critical, such as “N”.",
            always!(critical.no),
        )
        .vital("columns", columns(), "The columns of the tables, from left to right.", always!(columns))
        .optional(
            "references",
            &REFERENCES,
            "How the text refers to its own parts: what it calls them. Documents link them, and checks look for them.",
            unless_default!(references),
        )
        .optional(
            "provenance",
            Words::Prose,
            "Where this comes from, and what is inferred or unverified. No document prints it.",
            maybe!(provenance),
        )
        .finish(finish)
});

fn file_name() -> As<Line, String> {
    let into = |reader: &mut Reader<'_>, _: Field<'_>, name: Placed<String>| {
        names_files(reader, &name, "the name of the appendix's files").then_some(name.value)
    };
    As::new(Line, into, |name| name.clone().into())
}

/// A cell that isn't named must hold something that there is.
fn finish(reader: &mut Reader<'_>, fields: &Fields<'_>, it: &mut Appendix) -> bool {
    let Some(field) = fields.get("default_applicability").filter(|_| !it.default_applicability.is_empty()) else {
        return true;
    };
    if it.applicability(&it.default_applicability).is_none() {
        let names = it.applicabilities.iter().map(|applicability| &*applicability.name);
        let help = did_you_mean(&it.default_applicability, names, "the applicabilities are");
        let at = reader.origin(field);
        let message = format!("“{}” is no applicability", it.default_applicability);
        reader.error(Code::UnknownApplicability, &at, message, help);
    }
    true
}

static REFERENCES: LazyLock<Form<PartNames>> = LazyLock::new(|| {
    Form::<PartNames>::new("the list of reference words", "References", "What the text calls its own parts.")
        .vital("section", string(), "What amendment instructions call a part of the text.", always!(section))
        .optional(
            "section_also",
            List::strict("the word", string()),
            "What else it is called.",
            unless_default!(section_also),
        )
        .vital("table", string(), "What a table is called.", always!(table))
});

static CLASSIFICATION: LazyLock<Form<Classification>> = LazyLock::new(|| {
    Form::<Classification>::new("the classification", "Classification", "A classification under the policy.")
        .vital("name", Line, "Such as “White”.", always!(name))
        .vital(
            "meaning",
            prose(),
            "What a reader may do with the document, in whole sentences. The cover prints it.",
            always!(meaning),
        )
        .vital("statement", string(), "The line at the foot of each page.", always!(statement))
        .optional(
            "provenance",
            Words::Prose,
            "Where this comes from, and what is inferred or unverified.",
            maybe!(provenance),
        )
});

static ROLE: LazyLock<Form<Role>> = LazyLock::new(|| {
    Form::<Role>::new("the role", "Role", "A User Role.")
        .on_one_line()
        .required("code", string(), "As tables print it, such as “ED”.", always!(code))
        .required("name", string(), "In full, such as “Electricity Distributor”.", always!(name))
});

static APPLICABILITY: LazyLock<Form<Applicability>> = LazyLock::new(|| {
    const ABOUT: &str = "What a command-variant cell can hold, and how it counts.";
    Form::<Applicability>::new("the applicability", "Applicability", ABOUT)
        .on_one_line()
        .required(
            "name",
            Line,
            "As cells print it, such as “Mandatory”.",
            Slot {
                get: |it: &Applicability| Some(Cow::Owned(Placed::new(it.name.to_string(), it.origin.0.clone()))),
                set: |it, name| (it.name, it.origin) = (Arc::from(name.value), name.origin.into()),
            },
        )
        .required(
            "count_label",
            string(),
            "The label of its count row, such as “Count of Mandatory”.",
            always!(count_label),
        )
        .vital(
            "counts_as_test",
            flag(),
            "Whether its cells are tests: then its count row has a total, which the grand total takes in.",
            always!(counts_as_test),
        )
});

/// What a column shows, as far as it is said.
#[derive(Clone, Debug, Default)]
pub(super) struct ColumnDraft {
    field: Option<Placed<String>>,
    cv: Option<Placed<String>>,
    label: String,
}

static COLUMN: LazyLock<Form<ColumnDraft>> = LazyLock::new(|| {
    const ABOUT: &str = "A column: one that shows a field of the row (“field”), or a command variant (“cv”).";
    Form::<ColumnDraft>::new("the column", "Column", ABOUT)
        .on_one_line()
        .optional(
            "field",
            As::new(Line, |_, _, name| Some(name), Clone::clone)
                .with_schema(|_, _| json!({ "enum": ColumnKind::FIELDS.map(|(name, _)| name) })),
            "The field of the row that it shows.",
            maybe!(field),
        )
        .optional("cv", Line, "The key of a command variant, which rows use to name their cells.", maybe!(cv))
        .required("label", string(), "What its head prints.", always!(label))
        .finish(|reader, fields, it| {
            if fields.get("field").is_some() == fields.get("cv").is_some() {
                let help = "give it “field:” with the part of a row that it shows, or “cv:” with the key of a command \
                            variant";
                let message = "the column needs either a field or a command variant";
                reader.error(Code::ColumnKind, &fields.origin, message, help);
                return false;
            }
            it.field.is_some() || it.cv.is_some()
        })
});

fn column() -> As<&'static LazyLock<Form<ColumnDraft>>, Column> {
    let into = |reader: &mut Reader<'_>, _: Field<'_>, draft: ColumnDraft| {
        let ColumnDraft { field, cv, label } = draft;
        let (key, kind) = match (field, cv) {
            (Some(name), _) => (name.clone(), column_kind(reader, &name)?),
            (None, cv) => (cv?, ColumnKind::Cv),
        };
        Some(Column { key: Arc::from(key.value), label, kind, origin: key.origin.into() })
    };
    As::new(&COLUMN, into, |column| {
        let key = Placed::new(column.key.to_string(), column.origin.0.clone());
        let (field, cv) = match column.kind {
            ColumnKind::Cv => (None, Some(key)),
            _ => (Some(key), None),
        };
        ColumnDraft { field, cv, label: column.label.clone() }
    })
}

type Columns = As<List<As<&'static LazyLock<Form<ColumnDraft>>, Column>>, Arc<[Column]>>;

/// A list of columns, in the appendix or restated by a version.
pub(super) fn columns() -> Columns {
    let into = |reader: &mut Reader<'_>, field: Field<'_>, columns: Vec<Column>| {
        let at = reader.origin(field);
        tell_of_columns(reader, &at, &columns);
        Some(Arc::from(columns))
    };
    As::new(List::new("the column", column()).with_names(|column| &*column.key), into, |columns| columns.to_vec())
}

/// What columns must be together.
fn tell_of_columns(reader: &mut Reader<'_>, at: &Origin, columns: &[Column]) {
    if !columns.iter().any(|column| column.kind == ColumnKind::Variant) {
        let help = "add “- { field: variant, label: … }”: readers tell rows by their variants";
        reader.error(Code::MissingColumn, at, "no column shows the variant", help);
    }
    if !columns.iter().any(|column| column.kind == ColumnKind::Cv) {
        let help = "add “- { cv: 1, label: CV 1 }” for each";
        reader.error(Code::MissingColumn, at, "no column is a command-variant column", help);
    }
    let kinds: Vec<ColumnKind> = columns.iter().map(|column| column.kind).collect();
    let stretches = kinds.chunk_by(|a, b| (*a == ColumnKind::Cv) == (*b == ColumnKind::Cv));
    let apart = stretches.filter(|stretch| stretch.contains(&ColumnKind::Cv)).count() > 1;
    if apart || kinds.first() == Some(&ColumnKind::Cv) {
        let help = "put the command-variant columns side by side, with a column such as the name before them: the \
                    count rows have their labels before the figures";
        reader.error(
            Code::ColumnOrder,
            at,
            "the command-variant columns don't stand together after another column",
            help,
        );
    }
}

fn column_kind(reader: &mut Reader<'_>, name: &Placed<String>) -> Option<ColumnKind> {
    let kind = ColumnKind::of_field(name);
    if kind.is_none() {
        let help = did_you_mean(name, ColumnKind::FIELDS.iter().map(|(known, _)| *known), "a column shows one of");
        reader.error(Code::UnknownColumn, &name.origin, format!("a row has no “{}”", name.value), help);
    }
    kind
}
