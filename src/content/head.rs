//! `version.yaml`: what a version is, apart from its text.

use super::reader::{Field, Reader};
use super::vocabulary;
use crate::diagnostic::Code;
use crate::model::{Appendix, Classification, Head, Origin, Placed};
use crate::suggest::did_you_mean;

/// What `version.yaml` states: the head of the version, and its base.
#[derive(Debug)]
pub(super) struct Stated {
    pub head: Head,
    pub base: Option<Placed<String>>,
}

pub(super) const FIELDS: &[&str] = &[
    "id",
    "name",
    "title",
    "base",
    "legal_text_version",
    "classification",
    "date",
    "extract",
    "provenance",
    "columns",
];

/// Reads the head of the version in `folder`.
pub(super) fn read(reader: &mut Reader<'_>, root: Field<'_>, folder: &str, words: Option<&Appendix>) -> Option<Stated> {
    let fields = reader.fields(root, "the version", FIELDS)?;
    let id = fields
        .require(reader, "id")
        .and_then(|field| reader.text(field))
        .filter(|id| names_files(reader, id, "the id of a version"));
    if let Some(id) = id.as_ref().filter(|id| id.to_lowercase() != folder.to_lowercase()) {
        let message = format!("the folder “{folder}” holds the version “{}”", id.value);
        reader.error(Code::FolderName, &id.origin, message, format!("rename the folder to “{}”", id.to_lowercase()));
    }
    let name = fields.require(reader, "name").and_then(|field| reader.text(field));
    let title = fields.get("title").and_then(|field| reader.prose(field));
    let base = fields.get("base").and_then(|field| reader.text(field));
    let legal_text_version = fields.get("legal_text_version").and_then(|field| reader.text(field));
    let date = fields.get("date").and_then(|field| reader.text(field)).filter(|date| is_date(reader, date));
    let extract = fields.get("extract").and_then(|field| reader.prose(field));
    let provenance = fields.get("provenance").and_then(|field| reader.prose(field));
    let columns = fields.get("columns").and_then(|field| vocabulary::columns(reader, field));
    let amends = fields.has("base");
    let classification = match amends {
        true => fields.get("classification"),
        false => fields.require(reader, "classification"),
    };
    let classification = classification.and_then(|field| reader.text(field)).zip(words);
    let classification = classification.and_then(|(name, words)| classified(reader, &name, words));
    if amends && base.is_none() {
        // What it amends is said, though not legibly: by itself it would seem to lack all that the base has.
        return None;
    }
    let head = Head {
        id: id?,
        name: name?.value,
        title,
        legal_text_version: legal_text_version.map(|version| version.value),
        classification,
        date: date.map(|date| date.value),
        extract,
        provenance,
        columns,
    };
    Some(Stated { head, base })
}

fn classified(reader: &mut Reader<'_>, name: &Placed<String>, words: &Appendix) -> Option<Classification> {
    let known = words.classifications.iter().find(|known| known.name.value == name.value);
    if known.is_none() {
        let names = words.classifications.iter().map(|known| known.name.as_str());
        let help = did_you_mean(name, names, "the classifications are");
        reader.error(Code::UnknownClassification, &name.origin, format!("“{}” is no classification", name.value), help);
    }
    Some(Classification { name: name.clone(), ..known?.clone() })
}

/// Names that Windows keeps for devices, whatever follows their first point.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "com", "lpt"];

/// Whether a text can name folders and files, on every system; `what` it is, if it can't.
pub(super) fn names_files(reader: &mut Reader<'_>, name: &Placed<String>, what: &str) -> bool {
    let at: &Origin = &name.origin;
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let message = format!("“{}” can't be {what}", name.value);
    if let Some(bad) = name.chars().find(|&c| !fits(c)) {
        let help = format!("it names files, so write it without “{bad}”: letters, digits, points and hyphens only");
        reader.error(Code::UnsafeId, at, message, help);
    } else if name.starts_with('.') || name.ends_with('.') || name.contains("..") {
        let help = "it names files, so a point stands only between letters or digits, such as “6.18”";
        reader.error(Code::UnsafeId, at, message, help);
    } else if name.len() > 64 {
        reader.error(Code::UnsafeId, at, message, "it names files, so keep it to 64 characters");
    } else if is_device(name) {
        reader.error(Code::UnsafeId, at, message, "Windows keeps that name for a device: choose another");
    } else {
        return true;
    }
    false
}

fn is_device(id: &str) -> bool {
    let stem = id.split('.').next().unwrap_or(id).to_lowercase();
    let device = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    match stem.len() - device.len() {
        0 => DEVICES[..4].contains(&device),
        1 => DEVICES[4..].contains(&device),
        _ => false,
    }
}

fn is_date(reader: &mut Reader<'_>, date: &Placed<String>) -> bool {
    let is_date = date.len() == 10 && date.parse::<jiff::civil::Date>().is_ok();
    if !is_date {
        let message = format!("“{}” is no date", date.value);
        reader.error(Code::BadDate, &date.origin, message, "write the year, month and day, such as 2019-06-27");
    }
    is_date
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_device_names_are_known_with_and_without_an_ending() {
        for device in ["CON", "nul", "com1", "LPT9.1", "aux.x"] {
            assert!(is_device(device), "{device}");
        }
        for id in ["6.18", "mp089", "com", "com10", "console", "con1"] {
            assert!(!is_device(id), "{id}");
        }
    }
}
