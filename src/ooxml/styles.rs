//! The ids of the styles, by Word's own names wherever Word has one, so that a house template can restyle a document.

use crate::document::{CLAUSE_LEVELS, Kind, Marker, TextRole};

/// Deeper list levels than Word has styles for take the last style, and their own level in the list.
pub const LIST_STYLES: usize = 5;
/// How many levels a list of Word's has.
pub const LIST_LEVELS: usize = 9;

/// An empty line of no height.
pub const GAP: &str = "TableGap";
/// A table.
pub const TABLE: &str = "Matrix";
/// A cell of data.
pub const TABLE_TEXT: &str = "TableText";
/// A cell of a header row.
pub const TABLE_HEADER: &str = "TableHeader";
/// The label of a count row.
pub const TABLE_LABEL: &str = "TableLabel";
/// The line at the head of a page.
pub const HEADER: &str = "Header";
/// The lines at the foot of a page.
pub const FOOTER: &str = "Footer";
/// The paragraph that holds the logo.
pub const LOGO: &str = "HeaderLogo";
/// The text of a comment.
pub const COMMENT: &str = "CommentText";
/// The text of a note.
pub const FOOTNOTE: &str = "FootnoteText";
/// The number of a note, where it is referred to and before its text.
pub const FOOTNOTE_NUMBER: &str = "FootnoteReference";
/// A picture and its caption.
pub const FIGURE: &str = "Figure";
/// The characters of a link.
pub const HYPERLINK: &str = "Hyperlink";
/// Characters that recede.
pub const QUIET: &str = "Quiet";
/// A paragraph of a section's body.
pub const BODY: &str = "BodyText";
/// The styles of the first paragraphs of sections without a heading, without their level.
pub const CLAUSE: &str = "Clause";
/// The styles of bulleted items, without their level.
pub const BULLET: &str = "ListBullet";
/// The styles of numbered items, without their level.
pub const NUMBER: &str = "ListNumber";
/// The styles of further paragraphs of an item, without their level.
pub const CONTINUED: &str = "ListContinue";

/// The styles that are ours, not Word's.
const CUSTOM: [&str; 13] = [
    GAP,
    LOGO,
    TABLE,
    TABLE_TEXT,
    TABLE_HEADER,
    TABLE_LABEL,
    QUIET,
    "AmendmentInstruction",
    "Note",
    "Classification",
    "DefinedTerm",
    "Definition",
    FIGURE,
];

/// Whether a style is ours, not Word's: a file must say so.
pub fn is_custom(id: &str) -> bool {
    CUSTOM.contains(&id) || id.starts_with(CLAUSE)
}

/// The style of a kind of paragraph.
pub fn of(kind: &Kind) -> String {
    match kind {
        Kind::Body => BODY.to_owned(),
        Kind::Heading { level, .. } => format!("Heading{}", (*level).clamp(1, 6)),
        Kind::Clause { level, .. } => clause(*level),
        Kind::Item { level, marker: Marker::Bullet } => list_item(BULLET, usize::from(*level)),
        Kind::Item { level, marker: Marker::Label(_) } => list_item(NUMBER, usize::from(*level)),
        Kind::Item { level, marker: Marker::Continued } => list_item(CONTINUED, usize::from(*level)),
        Kind::Role(role) => of_role(*role).to_owned(),
    }
}

/// The style of a paragraph outside the sections.
pub const fn of_role(role: TextRole) -> &'static str {
    match role {
        TextRole::Title => "Title",
        TextRole::Subtitle => "Subtitle",
        TextRole::Instruction => "AmendmentInstruction",
        TextRole::Caption => "Caption",
        TextRole::Note => "Note",
        TextRole::Classification => "Classification",
        TextRole::Term => "DefinedTerm",
        TextRole::Meaning => "Definition",
        TextRole::Figure => FIGURE,
    }
}

/// The style of the first paragraph of a section without a heading.
pub fn clause(level: u8) -> String {
    format!("{CLAUSE}{}", level.clamp(1, CLAUSE_LEVELS))
}

/// What Word calls that style.
pub fn clause_name(level: u8) -> String {
    format!("{CLAUSE} {}", level.clamp(1, CLAUSE_LEVELS))
}

/// The style of an entry in the table of contents.
pub fn contents(level: u8) -> String {
    format!("TOC{level}")
}

/// `ListBullet`, `ListBullet2`, `ListBullet3` …
pub fn list_item(base: &str, level: usize) -> String {
    match level.clamp(1, LIST_STYLES) {
        1 => base.to_owned(),
        level => format!("{base}{level}"),
    }
}
