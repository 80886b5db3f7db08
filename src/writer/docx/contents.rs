//! The table of contents: a field of Word's, filled in so that it reads right before Word has refreshed it.
//!
//! It lists the whole document, as Word does when it refreshes it: what stands before the contents too.
//!
//! Its entries are revised as the headings are, or accepting all would not give the contents of the later text. The
//! page numbers are fields too (`PAGEREF`). Word alone knows the pages, so it must be asked to refresh them; a setting
//! that makes it do so on opening exists, and isn't used, since Word then warns every reader of the file.

use super::flow::Side;
use super::links::{Links, Target};
use super::runs::{self, Reviser, Setting, text_run};
use super::{paragraph, styles};
use crate::document::{Block, Document, Kind, Mark, Revised, Role, Run, join_runs};
use crate::writer::DEEPEST_LISTED;
use docx_rs as word;
use word::{FieldCharType, ParagraphChild};

const FIELD: &str = r#"TOC \o "1-3" \h \z \t "caption,3""#;

/// The paragraphs of a table of contents.
pub fn paragraphs(document: &Document, mark: Mark, links: &mut Links, reviser: &Reviser) -> Vec<word::Paragraph> {
    let entries = entries(document, mark);
    let mut paragraphs: Vec<_> = entries.iter().map(|entry| entry.paragraph(links, reviser)).collect();
    let field = |kind| reviser.mark(word::Run::new().add_field_char(kind, false), mark);
    let instruction = match mark {
        Mark::Deleted => word::Run::new().add_delete_instr_text(word::DeleteInstrText::Unsupported(FIELD.to_owned())),
        _ => word::Run::new().add_instr_text(word::InstrText::Unsupported(FIELD.to_owned())),
    };
    let begin = [field(FieldCharType::Begin), reviser.mark(instruction, mark), field(FieldCharType::Separate)];
    let mut last = paragraph::marked(word::Paragraph::new().style(styles::GAP), mark, reviser);
    last.children.push(field(FieldCharType::End));
    paragraphs.push(last);
    if let Some(first) = paragraphs.first_mut() {
        first.children.splice(0..0, begin);
    }
    paragraphs
}

struct Entry {
    /// The block that it leads to.
    block: usize,
    level: Revised<u8>,
    mark: Mark,
    runs: Vec<Run>,
}

/// A heading or caption in one of the texts.
type Heading = Option<(u8, Vec<Run>)>;

fn entries(document: &Document, mark: Mark) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut running: [Vec<Run>; 2] = [Vec::new(), Vec::new()];
    for (block, item) in document.blocks.iter().enumerate() {
        let Block::Paragraph(paragraph) = item else { continue };
        // Text runs on into a paragraph, and into nothing else.
        let ends = !matches!(document.blocks.get(block + 1), Some(Block::Paragraph(_)));
        let alone = running.iter().all(Vec::is_empty);
        let mut headings: [Heading; 2] = [None, None];
        for (side, (heading, runs)) in Side::BOTH.into_iter().zip(headings.iter_mut().zip(&mut running)) {
            runs.extend(paragraph.runs.iter().filter(|run| side.holds(run.mark)).map(plain));
            if side.holds(paragraph.mark) || (ends && !runs.is_empty()) {
                let runs = join_runs(std::mem::take(runs));
                *heading = level(side.of(&paragraph.kind)).filter(|_| side.holds(mark)).map(|level| (level, runs));
            }
        }
        let own = alone.then(|| paragraph.runs.iter().map(|run| Run { mark: run.mark, ..plain(run) }).collect());
        entries.extend(entry(block, headings, own, mark));
    }
    entries
}

/// `own` are the paragraph's runs with their marks, if no text ran on into it.
fn entry(block: usize, headings: [Heading; 2], own: Option<Vec<Run>>, whole: Mark) -> Option<Entry> {
    let entry = match headings {
        [None, None] => return None,
        [Some((was, before)), Some((level, now))] => {
            let runs = match own {
                _ if before == now => now,
                Some(own) => join_runs(own),
                None => marked(before, Mark::Deleted).chain(marked(now, Mark::Inserted)).collect(),
            };
            Entry { block, level: Revised::from_pair(was, level), mark: Mark::Kept, runs }
        }
        [Some((level, runs)), None] => Entry::whole(block, level, runs, Mark::Deleted),
        [None, Some((level, runs))] => Entry::whole(block, level, runs, Mark::Inserted),
    };
    // In contents that are inserted or deleted whole there is one text only.
    Some(match whole {
        Mark::Kept => entry,
        whole => Entry::whole(block, entry.level.now, entry.runs, whole),
    })
}

fn marked(runs: Vec<Run>, mark: Mark) -> impl Iterator<Item = Run> {
    runs.into_iter().map(move |run| Run { mark, ..run })
}

fn plain(run: &Run) -> Run {
    Run::plain(run.text.replace('\n', " "))
}

fn level(kind: &Kind) -> Option<u8> {
    match kind {
        Kind::Heading { level, .. } if *level <= DEEPEST_LISTED => Some(*level),
        Kind::Role(Role::Caption) => Some(DEEPEST_LISTED),
        _ => None,
    }
}

impl Entry {
    fn whole(block: usize, level: u8, runs: Vec<Run>, mark: Mark) -> Self {
        Self { block, level: level.into(), mark, runs: marked(runs, mark).collect() }
    }

    fn paragraph(&self, links: &mut Links, reviser: &Reviser) -> word::Paragraph {
        let bookmark = links.name_of(self.block);
        let mut paragraph = word::Paragraph::new().style(&styles::contents(self.level.now));
        if let Some(was) = self.level.was {
            let property = word::ParagraphProperty::new().style(&styles::contents(was));
            let change = word::ParagraphPropertyChange::new().property(property);
            paragraph = paragraph.paragraph_property_change(change.author(&reviser.author).date(&reviser.date));
        }
        let mut paragraph = paragraph::marked(paragraph, self.mark, reviser);
        let mut children: Vec<ParagraphChild> =
            runs::children(&runs::numbered(&self.runs), Mark::Kept, Setting::default(), links, reviser);
        children.push(reviser.mark(text_run("\t", self.mark), self.mark));
        children.extend(reviser.field(&format!(r"PAGEREF {bookmark} \h"), " ", self.mark));
        paragraph.children.push(runs::hyperlink((Target::Bookmark(bookmark), children)));
        paragraph
    }
}
