//! The table of contents: a field of Word's, filled in so that it reads right before Word has refreshed it.
//!
//! The page numbers are fields too (`PAGEREF`), filled in with the pages of the PDF, and revised where those differ. Word
//! alone knows its own pages, so it must be asked to refresh them; a setting that makes it do so on opening exists, and
//! isn't used, since Word then warns every reader of the file.

use super::links::{Links, Target};
use super::paragraph;
use super::runs::{self, DirectFormat, text_run};
use crate::document::{Document, Mark, Revised};
use crate::ooxml::styles;
use crate::writer::contents::{ContentsEntry, entries};
use docx_rs as word;
use word::{FieldCharType, ParagraphChild};

const FIELD: &str = r#"TOC \o "1-3" \h \z \t "caption,3""#;

/// The paragraphs of a table of contents.
pub fn paragraphs(
    document: &Document,
    mark: Mark,
    pages: &Revised<Vec<usize>>,
    links: &mut Links,
) -> Vec<word::Paragraph> {
    let entries = entries(document, mark, pages);
    let mut paragraphs: Vec<_> = entries.iter().map(|entry| line(entry, links)).collect();
    let field = |kind| runs::tracked(word::Run::new().add_field_char(kind, false), mark);
    let instruction = match mark {
        Mark::Deleted => word::Run::new().add_delete_instr_text(word::DeleteInstrText::Unsupported(FIELD.to_owned())),
        _ => word::Run::new().add_instr_text(word::InstrText::Unsupported(FIELD.to_owned())),
    };
    let begin = [field(FieldCharType::Begin), runs::tracked(instruction, mark), field(FieldCharType::Separate)];
    let mut last = paragraph::marked(word::Paragraph::new().style(styles::GAP), mark);
    last.children.push(field(FieldCharType::End));
    paragraphs.push(last);
    if let Some(first) = paragraphs.first_mut() {
        first.children.splice(0..0, begin);
    }
    paragraphs
}

fn line(entry: &ContentsEntry, links: &mut Links) -> word::Paragraph {
    let bookmark = links.name_of(entry.block);
    let mut paragraph = word::Paragraph::new().style(&styles::contents(entry.level.now));
    if let Some(was) = entry.level.was {
        let property = word::ParagraphProperty::new().style(&styles::contents(was));
        let change = word::ParagraphPropertyChange::new().property(property);
        paragraph = paragraph.paragraph_property_change(change);
    }
    let mut paragraph = paragraph::marked(paragraph, entry.mark);
    let mut children: Vec<ParagraphChild> =
        runs::children(&runs::numbered(&entry.runs), Mark::Kept, DirectFormat::default(), links);
    children.push(runs::tracked(text_run("\t", entry.mark), entry.mark));
    // A field must show something, or Word takes it for broken.
    let shown = |page: &Option<usize>| page.map_or_else(|| " ".to_owned(), |page| page.to_string());
    let shown = Revised { now: shown(&entry.page.now), was: entry.page.was.as_ref().map(shown) };
    children.extend(runs::field(&format!(r"PAGEREF {bookmark} \h"), &shown, entry.mark));
    paragraph.children.push(runs::hyperlink((Target::Bookmark(bookmark), children)));
    paragraph
}
