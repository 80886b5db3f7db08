//! A section's file: the section itself, or what a modification does to one.

use super::body;
use super::reader::{Field, Fields, Reader};
use crate::diagnostic::Code;
use crate::model::{Beside, Neighbour, Number, Origin, Placed, SectionStatement};

pub(super) const NEIGHBOUR_FIELDS: &[&str] = &["before", "after"];

pub(super) const FIELDS: &[&str] =
    &["section", "insert", "id", "heading", "body", "provenance", "delete", "close_up", "renumber", "move"];

pub(super) fn read(reader: &mut Reader<'_>, root: Field<'_>) -> Option<SectionStatement> {
    let fields = reader.fields(root, "the section", FIELDS)?;
    let insert = fields.get("insert");
    if let Some((_, second)) = fields.get("section").zip(insert) {
        let at = reader.origin(second);
        let help = "keep “section” to change a section that there is, “insert” to insert one";
        reader.error(Code::Contradiction, &at, "the file has both “section” and “insert”", help);
    }
    let number = insert.or_else(|| fields.require(reader, "section"));
    let number = number.and_then(|field| self::number(reader, field));
    let id = fields.get("id").and_then(|field| identity(reader, field));
    let heading = fields.get("heading").and_then(|field| reader.text_line(field));
    if let Some((number, heading)) = number.as_ref().zip(heading.as_ref())
        && heading
            .strip_prefix(number.as_str())
            .is_some_and(|rest| rest.trim_start_matches('.').starts_with([' ', '\t']))
    {
        let message = format!("the heading begins with the section's own number, {}", number.value);
        let help = "the number is printed before the heading; take it away";
        reader.error(Code::HeadingNumber, &heading.origin, message, help);
    }
    let body = fields.get("body").and_then(|field| reader.prose_or_nothing(field));
    if let Some(body) = &body {
        body::check(reader, body);
    }
    let provenance = fields.get("provenance").and_then(|field| reader.prose(field));
    let delete = flagged(reader, &fields, "delete");
    let close_up = flagged(reader, &fields, "close_up");
    if let (Some(at), None) = (&close_up, &delete) {
        reader.error(
            Code::Contradiction,
            at,
            "there is nothing to close up: the section isn't deleted",
            "add “delete: true”",
        );
    }
    let renumber = fields.get("renumber").and_then(|field| self::number(reader, field));
    let place = fields.get("move").and_then(|field| place(reader, field));
    Some(SectionStatement {
        number: number?,
        insert: insert.is_some(),
        id,
        heading,
        has_heading: fields.has("heading"),
        body,
        provenance,
        delete,
        close_up: close_up.is_some(),
        renumber,
        place,
        origin: fields.origin,
    })
}

/// Where the section shall move to.
fn place(reader: &mut Reader<'_>, field: Field<'_>) -> Option<Neighbour> {
    if let Some(text) = field.written() {
        let (side, key) = match text.split_once([' ', ':']) {
            Some((side, key)) if NEIGHBOUR_FIELDS.contains(&side) => (side, key.trim_matches([' ', ':', '"'])),
            _ => ("before", text),
        };
        let at = reader.origin(field);
        let help = format!("write move: {{ {side}: \"{key}\" }}");
        reader.error(Code::WrongType, &at, "“move” is text, not fields", help);
        return None;
    }
    let fields = reader.fields(field, "the move", NEIGHBOUR_FIELDS)?;
    anchor(reader, &fields)
}

/// Where a flag is set, if it is.
pub(super) fn flagged(reader: &mut Reader<'_>, fields: &Fields<'_>, name: &'static str) -> Option<Origin> {
    let flag = fields.get(name).and_then(|field| reader.flag(field))?;
    flag.value.then_some(flag.origin)
}

/// The number of a section or a table.
pub(super) fn number(reader: &mut Reader<'_>, field: Field<'_>) -> Option<Placed<String>> {
    let text = reader.text(field)?;
    if Number::parse(&text).is_none() {
        let message = format!("“{}” is no number of a section or a table", text.value);
        reader.error(
            Code::BadNumber,
            &text.origin,
            message,
            "write letters and digits with points between, such as “8.1.4”",
        );
        return None;
    }
    Some(text)
}

/// An identity of the drafter's own, which links and file anchors are made from.
pub(super) fn identity(reader: &mut Reader<'_>, field: Field<'_>) -> Option<Placed<String>> {
    let text = reader.text(field)?;
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if text.len() > 64 || !text.chars().all(fits) {
        let message = format!("“{}” can't be an id", text.value);
        reader.error(Code::BadId, &text.origin, message, "write up to 64 letters, digits, points and hyphens");
        return None;
    }
    Some(text)
}

/// The one neighbour that is named, if any.
pub(super) fn anchor(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Neighbour> {
    let (beside, field) = match (fields.get("before"), fields.get("after")) {
        (Some(before), None) => (Beside::Before, before),
        (None, Some(after)) => (Beside::After, after),
        (None, None) => return None,
        (Some(_), Some(after)) => {
            let at = reader.origin(after);
            reader.error(Code::Contradiction, &at, "both “before” and “after” are given", "keep one of the two");
            return None;
        }
    };
    Some(Neighbour { beside, key: reader.text(field)? })
}
