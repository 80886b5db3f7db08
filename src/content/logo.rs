//! The logo that a style sheet names: its fields, and the picture in the file beside the sheet.

use super::reader::{Field, Fields, Reader};
use super::style::positive;
use crate::diagnostic::Code;
use crate::files::{Limit, Root};
use crate::model::{Origin, Placed};
use crate::stylesheet::{Logo, LogoSide, Page, Picture, Unfit};
use crate::suggest::nearest;
use std::sync::Arc;

pub(super) const FIELDS: [&str; 4] = ["file", "width", "side", "alt"];

/// A logo that comes as a larger file was made for posters.
const FILE: Limit = Limit { megabytes: 2, help: "scale the picture down: a thousand pixels across print well" };

/// Where files stand that a style sheet names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside<'r> {
    pub root: &'r Root,
    /// The folder of the sheet, relative to the root.
    pub folder: &'r str,
}

/// The logo, if all of it is right. It is held against the page, where that could be read.
pub(super) fn read(reader: &mut Reader<'_>, field: Field<'_>, page: Option<&Page>, beside: Beside<'_>) -> Option<Logo> {
    let fields = reader.fields(field, "the logo", &FIELDS)?;
    let file = fields.require(reader, "file").and_then(|field| reader.text(field));
    let picture = file.as_ref().and_then(|file| picture(reader, file, beside));
    let width =
        fields.require(reader, "width").and_then(|field| Some((positive(reader, field)?, reader.origin(field))));
    let side = side(reader, &fields);
    let alt = fields.require(reader, "alt").and_then(|field| reader.text(field));
    let (width, width_at) = width?;
    let mut logo = Logo { file: file?.value, width, side: side?, alt: alt?.value, picture: None };
    if let (Some(page), Some(picture)) = (page, &picture) {
        fit(reader, &width_at, page, &logo, picture);
    }
    logo.picture = Some(Arc::new(picture?));
    Some(logo)
}

fn side(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<LogoSide> {
    let Some(field) = fields.get("side") else { return Some(LogoSide::default()) };
    let side = reader.text(field)?;
    match side.as_str() {
        "left" => Some(LogoSide::Left),
        "right" => Some(LogoSide::Right),
        other => {
            reader.error(Code::WrongType, &side.origin, format!("“{other}” is no side"), "write “left” or “right”");
            None
        }
    }
}

fn picture(reader: &mut Reader<'_>, file: &Placed<String>, beside: Beside<'_>) -> Option<Picture> {
    let name = file.as_str();
    // A style sheet must not lead to what lies elsewhere on the disk.
    if name.contains(['/', '\\', ':']) || name.starts_with('.') {
        let message = format!("“{name}” isn't the name of a file");
        reader.error(
            Code::BadFileName,
            &file.origin,
            message,
            "put the file beside style.yaml, and write its name alone",
        );
        return None;
    }
    let path = format!("{}/{name}", beside.folder);
    match beside.root.bytes(&path, FILE) {
        Ok(bytes) => match Picture::from_png(bytes) {
            Ok(picture) => Some(picture),
            Err(unfit) => {
                refuse(reader, &file.origin, &path, &unfit);
                None
            }
        },
        Err(wrong) => {
            let there = beside.root.list(beside.folder).unwrap_or_default();
            let meant = nearest(name, there.iter().filter(|entry| !entry.is_folder).map(|entry| entry.name.as_str()));
            let help = match meant.filter(|meant| *meant != name) {
                Some(meant) => format!("did you mean “{meant}”?"),
                None => wrong.help.unwrap_or_default(),
            };
            reader.error(wrong.code, &file.origin, wrong.message, help);
            None
        }
    }
}

fn refuse(reader: &mut Reader<'_>, at: &Origin, path: &str, unfit: &Unfit) {
    const SAVE: &str = "open it in a program for pictures and save it as PNG";
    let (message, help) = match unfit {
        Unfit::NotPng(Some(what)) => (format!("{path} is {what}, not a PNG"), SAVE),
        Unfit::NotPng(None) => (format!("{path} isn't a PNG"), SAVE),
        Unfit::TooFine(width, height) => (format!("{path} is {width} by {height} pixels: too many"), FILE.help),
        Unfit::Broken(why) => (format!("{path} is a broken PNG: {why}"), SAVE),
    };
    reader.error(Code::BadPicture, at, message, help);
}

/// A logo stands between the margins, and leaves the page to the text.
fn fit(reader: &mut Reader<'_>, at: &Origin, page: &Page, logo: &Logo, picture: &Picture) {
    let (width, height) = page.least_text();
    // A third of the text, and the page is a letterhead.
    let (widest, highest) = (width, height / 3.0);
    let shown = logo.height(picture);
    let most = (widest.min(logo.width * highest / shown) + 0.01).floor();
    let help = match most >= 1.0 {
        true => format!("make it {most} wide at most; lengths are in millimetres"),
        false => "take a picture that is less high for its width".to_owned(),
    };
    if logo.width > widest {
        let message = format!("the logo is wider than the text, of which an upright page has {width:.0} mm");
        reader.error(Code::BadLength, at, message, help);
    } else if shown > highest {
        let message = format!("at that width the logo would be {shown:.0} mm high: more than a third of a turned page");
        reader.error(Code::BadLength, at, message, help);
    }
}
