//! Objects that many parts of a file are made of.

use lopdf::{Dictionary, Object, ObjectId, StringFormat};

/// A text string: as it is where it is ASCII, else in UTF-16 with a mark that says so.
pub(super) fn text(text: &str) -> Object {
    if text.is_ascii() {
        return Object::string_literal(text);
    }
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

/// A place on a page that a link or the outline leads to.
pub(super) fn destination(page: ObjectId, page_height: f32, top: f32) -> Object {
    let top = (page_height - top + 4.0).clamp(0.0, page_height).round();
    vec![Object::Reference(page), "XYZ".into(), Object::Null, Object::Real(top), Object::Null].into()
}

/// An entry of a dictionary, if there is one.
pub(super) fn with(mut dictionary: Dictionary, key: &str, value: Option<Object>) -> Dictionary {
    if let Some(value) = value {
        dictionary.set(key, value);
    }
    dictionary
}
