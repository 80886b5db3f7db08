//! The style sheet, read with the same care as the content.

use super::reader::{Field, Fields, Reader, all};
use super::{folder, logo};
use crate::diagnostic::{Code, Diagnostic, sort};
use crate::files::Root;
use crate::model::Placed;
use crate::stylesheet::{Cells, Colour, Colours, Marks, Page, Stylesheet, TextStyle};
use std::sync::Arc;

/// The style sheet that the text of a file states; `file` is its path below `root`, where the logo that it names stands
/// beside it.
///
/// # Errors
/// Everything that is wrong with it.
pub fn stylesheet(root: &Root, file: &str, text: &str) -> Result<Stylesheet, Vec<Diagnostic>> {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let read = |reader: &mut Reader<'_>, field: Field<'_>| read(reader, field, logo::Beside { root, folder });
    let (value, mut diagnostics) = folder::parse(&Arc::from(file), "", text, read);
    match value {
        Some(sheet) if diagnostics.is_empty() => Ok(sheet),
        _ => {
            sort(&mut diagnostics);
            Err(diagnostics)
        }
    }
}

const PARAGRAPHS: [&str; 11] = [
    "title",
    "subtitle",
    "body",
    "list",
    "instruction",
    "caption",
    "note",
    "classification",
    "table",
    "header",
    "footer",
];

const REST: [&str; 10] =
    ["page", "word_font", "colours", "cells", "marks", "headings", "heading_indent", "list_indent", "bullets", "logo"];

fn read(reader: &mut Reader<'_>, root: Field<'_>, beside: logo::Beside<'_>) -> Option<Stylesheet> {
    let known: Vec<&'static str> = REST.into_iter().chain(PARAGRAPHS).collect();
    let fields = reader.fields(root, "the style sheet", &known)?;
    let page = fields.require(reader, "page").and_then(|field| page(reader, field));
    let word_font = fields.require(reader, "word_font").and_then(|field| reader.text(field));
    let colours = fields.require(reader, "colours").and_then(|field| colours(reader, field));
    let headings = fields.require(reader, "headings").and_then(|field| headings(reader, field));
    let cells = fields.require(reader, "cells").and_then(|field| cells(reader, field));
    let marks = fields.require(reader, "marks").and_then(|field| marks(reader, field));
    let heading_indent = fields.require(reader, "heading_indent").and_then(|field| length(reader, field));
    let list_indent = fields.require(reader, "list_indent").and_then(|field| length(reader, field));
    let bullets = fields.require(reader, "bullets").and_then(|field| bullets(reader, field));
    let logo = match fields.get("logo") {
        Some(field) => logo::read(reader, field, page.as_ref(), beside).map(Some),
        None => Some(None),
    };
    let mut style = |name| fields.require(reader, name).and_then(|field| text_style(reader, field));
    let [title, subtitle, body, list, instruction, caption, note, classification, table, header, footer] =
        PARAGRAPHS.map(&mut style);
    Some(Stylesheet {
        page: page?,
        word_font: word_font?.value,
        colours: colours?,
        cells: cells?,
        marks: marks?,
        title: title?,
        subtitle: subtitle?,
        headings: headings?,
        body: body?,
        list: list?,
        instruction: instruction?,
        caption: caption?,
        note: note?,
        classification: classification?,
        table: table?,
        header: header?,
        footer: footer?,
        heading_indent: heading_indent?,
        list_indent: list_indent?,
        bullets: bullets?,
        logo: logo?,
    })
}

fn page(reader: &mut Reader<'_>, field: Field<'_>) -> Option<Page> {
    const FIELDS: [&str; 6] = ["width", "height", "top", "bottom", "left", "right"];
    let fields = reader.fields(field, "the page", &FIELDS)?;
    let [width, height, top, bottom, left, right] =
        FIELDS.map(|name| fields.require(reader, name).and_then(|field| length(reader, field)));
    let page = Page { width: width?, height: height?, top: top?, bottom: bottom?, left: left?, right: right? };
    let narrow = page.left + page.right >= page.width || page.top + page.bottom >= page.height;
    // Turned, the page has its sides swapped and the same margins.
    if narrow || page.left + page.right >= page.height || page.top + page.bottom >= page.width {
        let help = "make the page larger or its margins smaller; lengths are in millimetres";
        reader.error(Code::BadLength, &fields.origin, "the margins leave no room on the page", help);
    }
    Some(page)
}

fn colours(reader: &mut Reader<'_>, field: Field<'_>) -> Option<Colours> {
    const FIELDS: [&str; 9] =
        ["text", "quiet", "inserted", "deleted", "instruction", "link", "rule", "header_fill", "count_fill"];
    let fields = reader.fields(field, "the list of colours", &FIELDS)?;
    let [text, quiet, inserted, deleted, instruction, link, rule, header_fill, count_fill] =
        FIELDS.map(|name| fields.require(reader, name).and_then(|field| colour(reader, field)));
    Some(Colours {
        text: text?,
        quiet: quiet?,
        inserted: inserted?,
        deleted: deleted?,
        instruction: instruction?,
        link: link?,
        rule: rule?,
        header_fill: header_fill?,
        count_fill: count_fill?,
    })
}

fn colour(reader: &mut Reader<'_>, field: Field<'_>) -> Option<Colour> {
    let text = reader.text(field)?;
    match Colour::try_from(text.value.clone()) {
        Ok(colour) => Some(colour),
        Err(_) => {
            let message = format!("“{}” is no colour", text.value);
            let help = "write “#” and six hexadecimal digits, in quotation marks, such as \"#1f3864\"";
            reader.error(Code::BadColour, &text.origin, message, help);
            None
        }
    }
}

fn cells(reader: &mut Reader<'_>, field: Field<'_>) -> Option<Cells> {
    let fields = reader.fields(field, "the style of cells", &["sides", "ends", "least_size", "quiet_words"])?;
    let sides = fields.require(reader, "sides").and_then(|field| length(reader, field));
    let ends = fields.require(reader, "ends").and_then(|field| length(reader, field));
    let least_size = fields.require(reader, "least_size").and_then(|field| positive(reader, field));
    let quiet_words = match fields.get("quiet_words") {
        Some(field) => texts(reader, field, "the quiet word")?,
        None => Vec::new(),
    };
    Some(Cells { sides: sides?, ends: ends?, least_size: least_size?, quiet_words })
}

fn marks(reader: &mut Reader<'_>, field: Field<'_>) -> Option<Marks> {
    const FIELDS: [&str; 4] = ["bar_gap", "bar_width", "spoken_inserted", "spoken_deleted"];
    let fields = reader.fields(field, "the style of marks", &FIELDS)?;
    let bar_gap = fields.require(reader, "bar_gap").and_then(|field| length(reader, field));
    let bar_width = fields.require(reader, "bar_width").and_then(|field| length(reader, field));
    let [spoken_inserted, spoken_deleted] = [FIELDS[2], FIELDS[3]]
        .map(|name| fields.require(reader, name).and_then(|field| reader.text(field)).map(|text| text.value));
    Some(Marks {
        bar_gap: bar_gap?,
        bar_width: bar_width?,
        spoken_inserted: spoken_inserted?,
        spoken_deleted: spoken_deleted?,
    })
}

fn headings(reader: &mut Reader<'_>, field: Field<'_>) -> Option<Vec<TextStyle>> {
    let items = not_empty(reader, field, "the heading style")?;
    all(items.into_iter().map(|item| text_style(reader, item)))
}

fn bullets(reader: &mut Reader<'_>, field: Field<'_>) -> Option<Vec<String>> {
    not_empty(reader, field, "the bullet")?;
    texts(reader, field, "the bullet")
}

fn texts(reader: &mut Reader<'_>, field: Field<'_>, item: &str) -> Option<Vec<String>> {
    let items = reader.list(field, item)?;
    all(items.into_iter().map(|item| reader.text(item).map(|text| text.value)))
}

fn not_empty<'n>(reader: &mut Reader<'_>, field: Field<'n>, item: &'n str) -> Option<Vec<Field<'n>>> {
    let items = reader.list(field, item)?;
    if items.is_empty() {
        let at = reader.origin(field);
        reader.error(Code::EmptyValue, &at, format!("{} has no items", field.label()), "give it one at least");
        return None;
    }
    Some(items)
}

fn text_style(reader: &mut Reader<'_>, field: Field<'_>) -> Option<TextStyle> {
    let fields = reader.fields(field, "the style", &["size", "strong", "emphasis", "before", "after", "line"])?;
    let size = fields.require(reader, "size").and_then(|field| positive(reader, field));
    let mut flag =
        |name| fields.get(name).and_then(|field| reader.flag(field)).is_some_and(|flag: Placed<bool>| flag.value);
    let (strong, emphasis) = (flag("strong"), flag("emphasis"));
    let before = optional_length(reader, &fields, "before");
    let after = optional_length(reader, &fields, "after");
    let line = match fields.get("line") {
        Some(field) => positive(reader, field)?,
        None => crate::stylesheet::single(),
    };
    Some(TextStyle { size: size?, strong, emphasis, before, after, line })
}

fn optional_length(reader: &mut Reader<'_>, fields: &Fields<'_>, name: &'static str) -> f32 {
    fields.get(name).and_then(|field| length(reader, field)).unwrap_or_default()
}

/// A length from nothing to ten metres.
fn length(reader: &mut Reader<'_>, field: Field<'_>) -> Option<f32> {
    within(reader, field, 0.0)
}

pub(super) fn positive(reader: &mut Reader<'_>, field: Field<'_>) -> Option<f32> {
    within(reader, field, 0.1)
}

fn within(reader: &mut Reader<'_>, field: Field<'_>, least: f32) -> Option<f32> {
    const MOST: f32 = 10_000.0;
    let length = reader.decimal(field)?;
    if (least..=MOST).contains(&length) {
        return Some(length);
    }
    let at = reader.origin(field);
    let message = format!("{} can't be {length}", field.label());
    reader.error(Code::BadLength, &at, message, format!("write a number from {least} to {MOST}"));
    None
}
