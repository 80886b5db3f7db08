//! A table's file: the table itself, or what a modification does to one.

use super::cells;
use super::reader::{Field, Fields, Reader};
use super::section::{anchor, flagged, identity, number};
use crate::diagnostic::Code;
use crate::model::{
    Appendix, OmittedStatement, Operations, Placed, PublishedRowStatement, PublishedStatement, RowStatement,
    TableStatement,
};
use crate::suggest::did_you_mean;

pub(super) const FIELDS: &[&str] = &[
    "table",
    "insert_table",
    "id",
    "title",
    "role",
    "rows",
    "insert",
    "remove",
    "amend",
    "move",
    "delete",
    "omitted",
    "published",
    "provenance",
];

pub(super) fn read(reader: &mut Reader<'_>, root: Field<'_>, words: Option<&Appendix>) -> Option<TableStatement> {
    let fields = reader.fields(root, "the table", FIELDS)?;
    let insert = fields.get("insert_table");
    if let Some((_, second)) = fields.get("table").zip(insert) {
        let at = reader.origin(second);
        let help = "keep “table” to change a table that there is, “insert_table” to insert one";
        reader.error(Code::Contradiction, &at, "the file has both “table” and “insert_table”", help);
    }
    let number = insert.or_else(|| fields.require(reader, "table")).and_then(|field| self::number(reader, field));
    let rows = fields.get("rows").and_then(|field| Some((rows(reader, field, words)?, reader.origin(field))));
    let id = fields.get("id").and_then(|field| identity(reader, field));
    let title = fields.get("title").and_then(|field| reader.text_line(field));
    let role = fields.get("role").and_then(|field| role(reader, field, words));
    let operations = operations(reader, &fields, words);
    let delete = flagged(reader, &fields, "delete");
    let omitted = fields.get("omitted").and_then(|field| omitted(reader, field, words));
    let published = fields.get("published").and_then(|field| published(reader, field, words));
    let provenance = fields.get("provenance").and_then(|field| reader.prose(field));
    let missing = ["role", "rows"].into_iter().filter(|name| !fields.has(name)).collect();
    Some(TableStatement {
        number: number?,
        missing,
        insert: insert.is_some(),
        id,
        title,
        role,
        rows,
        operations,
        delete,
        omitted,
        published,
        provenance,
        origin: fields.origin,
    })
}

fn role(reader: &mut Reader<'_>, field: Field<'_>, words: Option<&Appendix>) -> Option<Placed<String>> {
    let code = reader.text(field)?;
    if let Some(words) = words.filter(|words| words.role(&code).is_none()) {
        let help = did_you_mean(&code, words.roles.iter().map(|role| role.code.as_str()), "the roles are");
        reader.error(Code::UnknownRole, &code.origin, format!("“{}” is no User Role", code.value), help);
    }
    Some(code)
}

pub(super) const INSERTION_FIELDS: &[&str] = &["before", "after", "rows"];
pub(super) const MOVE_FIELDS: &[&str] = &["row", "before", "after"];
pub(super) const OMITTED_FIELDS: &[&str] = &["rows", "cv", "unknown", "provenance"];
pub(super) const PUBLISHED_FIELDS: &[&str] = &["counts", "total_tests", "provenance"];
pub(super) const PUBLISHED_ROW_FIELDS: &[&str] = &["cv", "total"];
pub(super) const ROW_FIELDS: &[&str] = &["id", "reference", "variant", "name", "critical", "cv", "role", "provenance"];

/// Whole rows: each must have what every row has.
fn rows(reader: &mut Reader<'_>, field: Field<'_>, words: Option<&Appendix>) -> Option<Vec<RowStatement>> {
    let items = reader.list(field, "the row")?;
    let rows = items.into_iter().filter_map(|item| {
        let fields = reader.fields(item, "the row", ROW_FIELDS)?;
        for name in ["reference", "variant", "name", "critical"] {
            fields.require(reader, name);
        }
        Some(row(reader, &fields, words))
    });
    Some(rows.collect())
}

fn row(reader: &mut Reader<'_>, fields: &Fields<'_>, words: Option<&Appendix>) -> RowStatement {
    RowStatement {
        id: fields.get("id").and_then(|field| reader.text(field)),
        reference: fields.get("reference").and_then(|field| reader.text(field)),
        variant: fields.get("variant").and_then(|field| reader.text(field)),
        name: fields.get("name").and_then(|field| reader.text_line(field)),
        critical: fields.get("critical").and_then(|field| reader.flag(field)),
        cells: fields.get("cv").and_then(|field| {
            cells::read(reader, field, |reader, cell| {
                let name = reader.text(cell)?;
                Some(cells::applicability(reader, name, words))
            })
        }),
        role: fields.get("role").and_then(|field| role(reader, field, words)),
        provenance: fields.get("provenance").and_then(|field| reader.prose(field)),
        origin: fields.origin.clone(),
    }
}

fn operations(reader: &mut Reader<'_>, fields: &Fields<'_>, words: Option<&Appendix>) -> Operations {
    let mut operations = Operations::default();
    let inserted = match fields.get("insert").and_then(|field| Some((field, field.written()?))) {
        Some((field, number)) => {
            let at = reader.origin(field);
            let help = format!("to add a table, write insert_table: \"{number}\" for “table” and “insert”");
            reader.error(Code::WrongType, &at, "“insert” is text, not a list of rows", help);
            Vec::new()
        }
        None => items(reader, fields, "insert", "the insertion"),
    };
    for item in inserted {
        let Some(fields) = reader.fields(item, "the insertion", INSERTION_FIELDS) else { continue };
        let anchor = anchor(reader, &fields);
        let rows = fields.require(reader, "rows").and_then(|field| rows(reader, field, words));
        operations.insert.extend(rows.map(|rows| (anchor, rows)));
    }
    for item in items(reader, fields, "remove", "the key") {
        if let Some(key) = item.written_within("row").or_else(|| item.written_within("variant")) {
            let at = reader.origin(item);
            let help = format!("write only the key: - \"{key}\"");
            reader.error(Code::WrongType, &at, "the row to remove is given with fields", help);
            continue;
        }
        operations.remove.extend(reader.text(item));
    }
    let mut amend_fields = vec!["row"];
    amend_fields.extend(ROW_FIELDS);
    for item in items(reader, fields, "amend", "the amended row") {
        let Some(fields) = reader.fields(item, "the amended row", &amend_fields) else { continue };
        let key = fields.require(reader, "row").and_then(|field| reader.text(field));
        let amended = row(reader, &fields, words);
        operations.amend.extend(key.map(|key| (key, amended)));
    }
    for item in items(reader, fields, "move", "the move") {
        let Some(fields) = reader.fields(item, "the move", MOVE_FIELDS) else { continue };
        let key = fields.require(reader, "row").and_then(|field| reader.text(field));
        let anchor = anchor(reader, &fields);
        if anchor.is_none() {
            let help = "add “before:” or “after:” with the key of a row";
            reader.error(Code::MissingField, &fields.origin, "the move doesn't say where to", help);
        }
        operations.moves.extend(key.zip(anchor));
    }
    operations
}

fn items<'n>(reader: &mut Reader<'_>, fields: &Fields<'n>, name: &'static str, item: &'static str) -> Vec<Field<'n>> {
    fields.get(name).and_then(|field| reader.list(field, item)).unwrap_or_default()
}

fn omitted(reader: &mut Reader<'_>, field: Field<'_>, words: Option<&Appendix>) -> Option<OmittedStatement> {
    let fields = reader.fields(field, "the note of what is omitted", OMITTED_FIELDS)?;
    let provenance = fields.get("provenance").and_then(|field| reader.prose(field));
    if let Some(unknown) = fields.get("unknown") {
        if let Some(rows) = fields.get("rows").or(fields.get("cv")) {
            let at = reader.origin(rows);
            let help = "keep “rows” and “cv” if the omitted rows are known, “unknown” if they aren't";
            reader.error(Code::Contradiction, &at, "what is omitted is both counted and unknown", help);
        }
        return Some(OmittedStatement::Unknown { reason: reader.prose(unknown)? });
    }
    let rows = fields.require(reader, "rows").and_then(|field| reader.count(field));
    let entries =
        fields.require(reader, "cv").and_then(|field| reader.map(field, "a list of counts for each applicability"));
    let counts = entries.unwrap_or_default().into_iter().filter_map(|entry| {
        let name = cells::applicability(reader, reader.name(entry), words);
        Some((name, cells::read(reader, entry, |reader, cell| reader.count(cell))?))
    });
    let counts = counts.collect();
    Some(OmittedStatement::Counted { rows: rows?, counts, provenance })
}

fn published(reader: &mut Reader<'_>, field: Field<'_>, words: Option<&Appendix>) -> Option<PublishedStatement> {
    let fields = reader.fields(field, "the published counts", PUBLISHED_FIELDS)?;
    let total_tests = fields.get("total_tests").and_then(|field| reader.count(field));
    let provenance = fields.get("provenance").and_then(|field| reader.prose(field));
    let entries = fields.get("counts").and_then(|field| reader.map(field, "the counts of each applicability"));
    let rows = entries.unwrap_or_default().into_iter().filter_map(|entry| {
        let applicability = cells::applicability(reader, reader.name(entry), words);
        let fields = reader.fields(entry, "the published row", PUBLISHED_ROW_FIELDS)?;
        let total = fields.get("total").and_then(|field| reader.count(field));
        let cv = fields.require(reader, "cv")?;
        let cells = cells::read(reader, cv, |reader, cell| reader.count(cell))?;
        Some(PublishedRowStatement { applicability, cells, total })
    });
    let rows = rows.collect();
    Some(PublishedStatement { rows, total_tests, provenance })
}
