//! A table's file: the table itself, or what a modification does to one.

use super::definitions::Definitions;
use super::figures::{PUBLISHED, omitted};
use super::form::{Form, Kind, Slot, always, maybe, unless_default};
use super::head::day;
use super::kinds::{As, Flag, Line, List, Quoted, Unless, Words, applicability, identity, number, role};
use super::reader::{Field, Fields, Reader};
use super::section::{
    CONFLICT, DECISION, Movable, Others, beside, conflict, deletion, is_named, one_neighbour, settle,
};
use super::sides::{InWords, Sided, SidedByColumn, sided, stays};
use super::yaml::Yaml;
use crate::diagnostic::Code;
use crate::model::{
    AmendedRow, InsertedRows, MovedRow, Neighbour, Placed, RemovedRow, RowStatement, Sides, Standing, TableStatement,
    Text,
};
use serde_json::{Value as Json, json};
use std::borrow::Cow;
use std::sync::LazyLock;

pub(super) static TABLE: LazyLock<Form<TableStatement>> = LazyLock::new(|| {
    const ABOUT: &str = "A table with its rows; in a modification, what it does to the rows (“table”), or a table that \
                         it adds (“insert_table”).";
    let form = Form::<TableStatement>::new("the table", "Table", ABOUT)
        .optional(
            "table",
            number(),
            "The number of the table, in quotation marks.",
            Slot {
                get: |it: &TableStatement| (!it.insert).then_some(Cow::Borrowed(&it.number)),
                set: |it, number| it.number = number,
            },
        )
        .optional(
            "insert_table",
            number(),
            "In a modification, the number of a table that it adds.",
            Slot { get: |it| it.insert.then_some(Cow::Borrowed(&it.number)), set: |it, number| it.number = number },
        )
        .optional(
            "id",
            identity(),
            "The identity that outlives its number. Leave it out, unless the number alone can't tell it.",
            maybe!(id),
        )
        .optional("title", Sided(Words::Line), "A title that its caption prints.", sided!(title))
        .optional("role", Sided(role()), "The code of its User Role, such as “ED”.", sided!(role))
        .optional("delete", Flag, "Whether the modification deletes the table.", deletion!(delete))
        .part(&DECISION, |it| &it.decision, |it| &mut it.decision)
        .optional(
            "effective",
            day(),
            "The day from which what a modification does here is in force, if it is later than that of the rest.",
            maybe!(effective),
        )
        .optional(
            "rows",
            As::new(
                rows(),
                |reader, field, rows| Some(Placed::new(rows, reader.origin(field))),
                |rows: &Placed<_>| rows.value.clone(),
            ),
            "All of its rows, in order. A modification names only what it does to rows.",
            maybe!(rows),
        );
    operations(form)
        .optional("omitted", Sided(omitted()), "What is left out, if the table is an extract.", sided!(omitted))
        .optional(
            "published",
            Sided(&PUBLISHED),
            "The count rows as they were published. Documents print the computed ones; checks compare the two.",
            sided!(published),
        )
        .optional("conflict", InWords, CONFLICT, conflict!())
        .optional(
            "provenance",
            Words::Prose,
            "Where this comes from, and what is inferred. No document prints it.",
            maybe!(provenance),
        )
        .finish(finish)
});

/// What happens to the rows of a table that the base has.
fn operations(form: Form<TableStatement>) -> Form<TableStatement> {
    form.optional(
        "insert",
        Unless { slip: is_text, kind: List::new("the insertion", &INSERTION) },
        "Rows that the modification adds, and where.",
        unless_default!(operations.insert),
    )
    .optional(
        "remove",
        List::new("the key", Removal),
        "The keys of rows that the modification deletes.",
        unless_default!(operations.remove),
    )
    .optional(
        "amend",
        List::new("the amended row", &AMENDED_ROW),
        "Rows that the modification changes: the key, and only what changes.",
        unless_default!(operations.amend),
    )
    .optional(
        "move",
        List::new("the move", moved()),
        "Rows that the modification moves.",
        unless_default!(operations.moves),
    )
}

/// What the fields of a table say together.
fn finish(reader: &mut Reader<'_>, fields: &Fields<'_>, it: &mut TableStatement) -> bool {
    let has_number = is_named(reader, fields, "table", ["table", "insert_table"]) && !it.number.is_empty();
    it.insert = fields.get("insert_table").is_some();
    it.missing = ["role", "rows"].into_iter().filter(|name| !fields.has(name)).collect();
    it.origin = Standing(fields.origin.clone());
    settle!(it.open) && has_number
}

/// A table's number for a list of its rows.
fn is_text(reader: &mut Reader<'_>, field: Field<'_>) -> bool {
    let Some(number) = field.written() else { return false };
    let at = reader.origin(field);
    let help = format!("to add a table, write insert_table: \"{number}\" for “table” and “insert”");
    reader.error(Code::WrongType, &at, "“insert” is text, not a list of rows", help);
    true
}

/// The key of a row that goes; beside it what isn't settled of that.
struct Removal;

impl Kind for Removal {
    type Value = RemovedRow;

    fn read(&self, reader: &mut Reader<'_>, item: Field<'_>) -> Option<RemovedRow> {
        if item.within("conflict").is_some() {
            return (&DISPUTED_REMOVAL).read(reader, item);
        }
        if is_fields(reader, item) { None } else { Quoted.read(reader, item).map(RemovedRow::from) }
    }

    fn write(&self, removed: &RemovedRow) -> Yaml {
        match removed.conflict {
            Some(_) => (&DISPUTED_REMOVAL).write(removed),
            None => Quoted.write(&removed.key),
        }
    }

    fn schema(&self, definitions: &mut Definitions<'_>) -> Json {
        json!({ "anyOf": [Quoted.schema(definitions), (&DISPUTED_REMOVAL).schema(definitions)] })
    }
}

static DISPUTED_REMOVAL: LazyLock<Form<RemovedRow>> = LazyLock::new(|| {
    Form::<RemovedRow>::new("the removal", "Removal", "A row of which it isn't settled whether it goes.")
        .vital("row", Quoted, "The key of the row.", always!(key))
        .optional("conflict", InWords, CONFLICT, maybe!(conflict))
        .finish(|_, _, it| stays(&mut it.conflict))
});

/// A row's fields for its key.
fn is_fields(reader: &mut Reader<'_>, item: Field<'_>) -> bool {
    let Some(key) = item.written_within("row").or_else(|| item.written_within("variant")) else { return false };
    let at = reader.origin(item);
    reader.error(
        Code::WrongType,
        &at,
        "the row to remove is given with fields",
        format!("write only the key: - \"{key}\""),
    );
    true
}

/// Whole rows.
fn rows() -> List<&'static LazyLock<Form<RowStatement>>> {
    List::new("the row", &ROW)
}

static ROW: LazyLock<Form<RowStatement>> = LazyLock::new(|| {
    Form::<RowStatement>::new("the row", "Row", "A Service Request.")
        .on_one_line()
        .optional(
            "id",
            Line,
            "A key of its own, where two rows bear one variant. Else the variant is the key.",
            maybe!(id),
        )
        .required(
            "reference",
            Sided(Quoted),
            "The Service Reference, in quotation marks, such as “\"6.2\"”.",
            sided!(reference),
        )
        .required(
            "variant",
            Sided(Quoted),
            "The Service Reference Variant, in quotation marks, such as “\"6.2.7\"”.",
            sided!(variant),
        )
        .required("name", Sided(Words::Line), "The name of the Service Request.", sided!(name))
        .required("critical", Sided(Flag), "Whether the Service Request is critical.", sided!(critical))
        .optional(
            "cv",
            SidedByColumn(applicability()),
            "The cells: a list of all, or only those that don't hold the default, by the key of their column.",
            Slot {
                get: |it: &RowStatement| {
                    let open = it.open.as_ref().map(|open| open.cells.clone()).unwrap_or_default();
                    (it.cells.is_some() || !open.is_empty()).then(|| Cow::Owned((it.cells.clone(), open)))
                },
                set: |it, (cells, open)| {
                    it.cells = cells;
                    if !open.is_empty() {
                        it.open.get_or_insert_default().cells = open;
                    }
                },
            },
        )
        .optional("role", Sided(role()), "The code of the User Role, if it isn't the table's.", sided!(role))
        .optional("provenance", Words::Prose, "Where this comes from, and what is inferred.", maybe!(provenance))
        .optional("conflict", InWords, CONFLICT, conflict!())
        .finish(|_, fields, it| {
            it.origin = Standing(fields.origin.clone());
            settle!(it.open)
        })
});

static AMENDED_ROW: LazyLock<Form<AmendedRow>> = LazyLock::new(|| {
    Form::<AmendedRow>::new("the amended row", "AmendedRow", "The key of a row, and what of it changes.")
        .on_one_line()
        .vital("row", Quoted, "The key of the row in the base: its variant, or its id.", always!(key))
        .part(&ROW, |it| &it.row, |it| &mut it.row)
        .finish(|_, fields, it| {
            it.row.origin = Standing(fields.origin.clone());
            settle!(it.row.open)
        })
});

static INSERTION: LazyLock<Form<InsertedRows>> = LazyLock::new(|| {
    let form = Form::<InsertedRows>::new(
        "the insertion",
        "Insertion",
        "Rows to add, beside which other; at the end, if none is named.",
    );
    beside(form, Others::Rows).vital("rows", rows(), "The rows, whole.", always!(rows)).finish(|reader, fields, it| {
        one_neighbour(reader, fields, it);
        true
    })
});

static MOVE: LazyLock<Form<MoveDraft>> = LazyLock::new(|| {
    let form = Form::<MoveDraft>::new("the move", "Move", "A row to move, and beside which other.")
        .on_one_line()
        .vital("row", Quoted, "The key of the row.", always!(key))
        .optional("conflict", InWords, CONFLICT, maybe!(conflict));
    beside(form, Others::Rows).finish(|reader, fields, it| {
        one_neighbour(reader, fields, it);
        if it.neighbour.is_none() {
            let help = "add “before:” or “after:” with the key of a row";
            reader.error(Code::MissingField, &fields.origin, "the move doesn't say where to", help);
        }
        stays(&mut it.conflict) && it.neighbour.is_some()
    })
});

impl Movable for InsertedRows {
    fn neighbour(&self) -> Option<&Neighbour> {
        self.neighbour.as_ref()
    }

    fn set_neighbour(&mut self, neighbour: Option<Neighbour>) {
        self.neighbour = neighbour;
    }
}

/// A move as far as it can be read.
#[derive(Clone, Debug, Default)]
struct MoveDraft {
    key: Placed<String>,
    neighbour: Option<Neighbour>,
    conflict: Option<Sides<Text>>,
}

impl Movable for MoveDraft {
    fn neighbour(&self) -> Option<&Neighbour> {
        self.neighbour.as_ref()
    }

    fn set_neighbour(&mut self, neighbour: Option<Neighbour>) {
        self.neighbour = neighbour;
    }
}

fn moved() -> As<&'static LazyLock<Form<MoveDraft>>, MovedRow> {
    As::new(
        &MOVE,
        |_, _, MoveDraft { key, neighbour, conflict }| Some(MovedRow { key, neighbour: neighbour?, conflict }),
        |MovedRow { key, neighbour, conflict }| MoveDraft {
            key: key.clone(),
            neighbour: Some(neighbour.clone()),
            conflict: conflict.clone(),
        },
    )
}
