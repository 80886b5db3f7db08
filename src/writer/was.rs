//! What is said of text that looks otherwise than it did, in a PDF's margin and on a page alike.

use crate::document::{Kind, Marker, Paragraph, Script, Style};
use crate::stylesheet::Was;

/// What is said of words that looked so.
pub fn look<'w>(was: &Style, words: &'w Was) -> &'w str {
    match (was.script, was.strong, was.emphasis) {
        (Some(Script::Superscript), ..) => &words.superscript,
        (Some(Script::Subscript), ..) => &words.subscript,
        (None, true, true) => &words.strong_emphasis,
        (None, true, false) => &words.strong,
        (None, false, true) => &words.emphasis,
        (None, false, false) => &words.plain,
    }
}

/// What is said of a paragraph that was of another kind, unless its label says so itself.
pub fn kind(paragraph: &Paragraph, words: &Was) -> Option<String> {
    let said = match (paragraph.kind.was.as_ref()?, &paragraph.kind.now) {
        (Kind::Heading { level: was, .. }, Kind::Heading { level: now, .. }) if was == now => return None,
        (Kind::Item { level: was, marker }, Kind::Item { level: now, .. }) if was == now => match marker {
            Marker::Bullet => words.bullet.clone(),
            Marker::Label(label) => words.label.replace("{label}", label.as_str()),
            Marker::Continued => words.item.replace("{level}", &was.to_string()),
        },
        (Kind::Heading { level, .. }, _) => words.heading.replace("{level}", &level.to_string()),
        (Kind::Item { level, .. }, _) => words.item.replace("{level}", &level.to_string()),
        (Kind::Clause { .. }, Kind::Clause { .. }) | (Kind::Role(_), _) => return None,
        (Kind::Body | Kind::Clause { .. }, _) => words.body.clone(),
    };
    (!said.is_empty()).then_some(said)
}
