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
use crate::stylesheet::Stylesheet;
use crate::writer::contents::{ContentsEntry, DEEPEST, entries};
use docx_rs as word;
use word::{FieldCharType, ParagraphChild};

/// What Word's own contents are to list.
fn code(sheet: &Stylesheet) -> String {
    let clauses = (1..=DEEPEST).filter(|_| sheet.clauses_in_contents);
    let clauses: String = clauses.map(|level| format!(",{},{level}", styles::clause_name(level))).collect();
    format!(r#"TOC \o "1-{DEEPEST}" \h \z \t "caption,{DEEPEST}{clauses}""#)
}

/// The paragraphs of a table of contents.
pub fn paragraphs(
    document: &Document,
    mark: Mark,
    pages: &Revised<Vec<usize>>,
    sheet: &Stylesheet,
    links: &mut Links,
) -> Vec<word::Paragraph> {
    let entries = entries(document, mark, pages, sheet);
    let mut lines: Vec<Line> = entries.iter().map(|entry| Line::new(entry, links)).collect();
    if mark == Mark::Kept {
        settle(&mut lines);
    }
    let mut paragraphs: Vec<_> = lines.into_iter().map(Line::paragraph).collect();
    let field = |kind| runs::tracked(word::Run::new().add_field_char(kind, false), mark);
    let code = code(sheet);
    let instruction = match mark {
        Mark::Deleted => word::Run::new().add_delete_instr_text(word::DeleteInstrText::Unsupported(code)),
        _ => word::Run::new().add_instr_text(word::InstrText::Unsupported(code)),
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

/// A line of the contents on its way to a paragraph.
struct Line {
    level: Revised<u8>,
    mark: Mark,
    children: Vec<ParagraphChild>,
}

impl Line {
    fn new(entry: &ContentsEntry, links: &mut Links) -> Self {
        Self { level: entry.level.clone(), mark: entry.mark, children: vec![link(entry, links)] }
    }

    fn paragraph(self) -> word::Paragraph {
        let mut paragraph = word::Paragraph::new().style(&styles::contents(self.level.now));
        if let Some(was) = self.level.was {
            let property = word::ParagraphProperty::new().style(&styles::contents(was));
            let change = word::ParagraphPropertyChange::new().property(property);
            paragraph = paragraph.paragraph_property_change(change);
        }
        let mut paragraph = paragraph::marked(paragraph, self.mark);
        paragraph.children = self.children;
        paragraph
    }
}

/// Lets the last mark stand in both texts, since LibreOffice can't take the last paragraph out of an index: where the
/// last lines go or come, the mark of the line above goes or comes in place of that of the last.
fn settle(lines: &mut Vec<Line>) {
    let Some(kept) = lines.iter().rposition(|line| line.mark == Mark::Kept) else { return };
    let end = |lines: &[Line], mark| lines.iter().rposition(|line| line.mark == Mark::Kept || line.mark == mark);
    let ends = (end(lines, Mark::Deleted).unwrap_or(kept), end(lines, Mark::Inserted).unwrap_or(kept));
    let (was, now) = (*lines[ends.0].level.before(), lines[ends.1].level.now);
    let shorter = ends.0.min(ends.1);
    if ends.0 == ends.1 {
        return;
    }
    if shorter == kept {
        // Its mark now stands in the longer text alone.
        let (mark, level) = match ends.0 < ends.1 {
            true => (Mark::Inserted, lines[kept].level.now),
            false => (Mark::Deleted, *lines[kept].level.before()),
        };
        lines[kept].mark = mark;
        lines[kept].level = level.into();
    } else {
        let first = lines.remove(shorter);
        if let Some(next) = lines.get_mut(shorter) {
            next.children.splice(0..0, first.children);
        }
    }
    if let Some(last) = lines.last_mut() {
        last.mark = Mark::Kept;
        last.level = Revised::from_pair(was, now);
    }
}

/// What a line says, which leads to the place that it names.
fn link(entry: &ContentsEntry, links: &mut Links) -> ParagraphChild {
    let bookmark = links.name_of(entry.block);
    let mut children: Vec<ParagraphChild> =
        runs::children(&runs::numbered(&entry.runs, [Some(false); 2]), Mark::Kept, DirectFormat::default(), links);
    children.push(runs::tracked(text_run("\t", entry.mark), entry.mark));
    // A field must show something, or Word takes it for broken.
    let shown = |page: &Option<usize>| page.map_or_else(|| " ".to_owned(), |page| page.to_string());
    let shown = Revised { now: shown(&entry.page.now), was: entry.page.was.as_ref().map(shown) };
    children.extend(runs::field(&format!(r"PAGEREF {bookmark} \h"), &shown, entry.mark));
    runs::hyperlink((Target::Bookmark(bookmark), children))
}
