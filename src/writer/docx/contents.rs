//! The table of contents: a field of Word's, filled in so that it reads right before Word has refreshed it.
//!
//! It lists the whole document, as Word does when it refreshes it: what stands before the contents too.
//!
//! Its entries are revised as the headings are, or accepting all would not give the contents of the later text. The
//! page numbers are fields too (`PAGEREF`), filled in with the pages of the PDF, and revised where those differ. Word
//! alone knows its own pages, so it must be asked to refresh them; a setting that makes it do so on opening exists, and
//! isn't used, since Word then warns every reader of the file.

use super::flow::Side;
use super::links::{Links, Target};
use super::paragraph;
use super::runs::{self, Setting, text_run};
use crate::document::{Block, Document, Kind, Mark, Revised, Role, Run, join_runs};
use crate::ooxml::styles;
use crate::writer::DEEPEST_LISTED;
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
    let mut paragraphs: Vec<_> = entries.iter().map(|entry| entry.paragraph(links)).collect();
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

/// The blocks that tables of contents lead to.
pub fn listed(document: &Document, mark: Mark) -> impl Iterator<Item = usize> {
    entries(document, mark, &Revised::default()).into_iter().map(|entry| entry.block)
}

struct Entry {
    /// The block that it leads to.
    block: usize,
    level: Revised<u8>,
    /// From 1, where it is known.
    page: Revised<Option<usize>>,
    mark: Mark,
    runs: Vec<Run>,
}

/// A heading or caption in one of the texts.
struct Heading {
    level: u8,
    page: Option<usize>,
    runs: Vec<Run>,
}

fn entries(document: &Document, mark: Mark, pages: &Revised<Vec<usize>>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut running: [Vec<Run>; 2] = [Vec::new(), Vec::new()];
    let mut pages = Side::BOTH.map(|side| side.of(pages).iter().copied());
    for (block, item) in document.blocks.iter().enumerate() {
        let Block::Paragraph(paragraph) = item else { continue };
        // Text runs on into a paragraph, and into nothing else.
        let ends = !matches!(document.blocks.get(block + 1), Some(Block::Paragraph(_)));
        let alone = running.iter().all(Vec::is_empty);
        let mut headings: [Option<Heading>; 2] = [None, None];
        for (at, side) in Side::BOTH.into_iter().enumerate() {
            let runs = &mut running[at];
            runs.extend(paragraph.runs.iter().filter(|run| side.holds(run.mark)).map(plain));
            if side.holds(paragraph.mark) || (ends && !runs.is_empty()) {
                let runs = join_runs(std::mem::take(runs));
                let heading = level(side.of(&paragraph.kind));
                let heading = heading.map(|level| Heading { level, page: pages[at].next(), runs });
                headings[at] = heading.filter(|_| side.holds(mark));
            }
        }
        let own = alone.then(|| paragraph.runs.iter().map(|run| Run { mark: run.mark, ..plain(run) }).collect());
        entries.extend(entry(block, headings, own, mark));
    }
    entries
}

/// `own` are the paragraph's runs with their marks, if no text ran on into it.
fn entry(block: usize, headings: [Option<Heading>; 2], own: Option<Vec<Run>>, whole: Mark) -> Option<Entry> {
    let entry = match headings {
        [None, None] => return None,
        [Some(was), Some(now)] => {
            let runs = match own {
                _ if was.runs == now.runs => now.runs,
                Some(own) => join_runs(own),
                None => marked(was.runs, Mark::Deleted).chain(marked(now.runs, Mark::Inserted)).collect(),
            };
            let (level, page) = (Revised::from_pair(was.level, now.level), Revised::from_pair(was.page, now.page));
            Entry { block, level, page, mark: Mark::Kept, runs }
        }
        [Some(was), None] => Entry::whole(block, was, Mark::Deleted),
        [None, Some(now)] => Entry::whole(block, now, Mark::Inserted),
    };
    // In contents that are inserted or deleted whole there is one text only.
    Some(match whole {
        Mark::Kept => entry,
        whole => {
            let heading = Heading { level: entry.level.now, page: entry.page.now, runs: entry.runs };
            Entry::whole(block, heading, whole)
        }
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
    fn whole(block: usize, Heading { level, page, runs }: Heading, mark: Mark) -> Self {
        Self { block, level: level.into(), page: page.into(), mark, runs: marked(runs, mark).collect() }
    }

    fn paragraph(&self, links: &mut Links) -> word::Paragraph {
        let bookmark = links.name_of(self.block);
        let mut paragraph = word::Paragraph::new().style(&styles::contents(self.level.now));
        if let Some(was) = self.level.was {
            let property = word::ParagraphProperty::new().style(&styles::contents(was));
            let change = word::ParagraphPropertyChange::new().property(property);
            paragraph = paragraph.paragraph_property_change(change);
        }
        let mut paragraph = paragraph::marked(paragraph, self.mark);
        let mut children: Vec<ParagraphChild> =
            runs::children(&runs::numbered(&self.runs), Mark::Kept, Setting::default(), links);
        children.push(runs::tracked(text_run("\t", self.mark), self.mark));
        // A field must show something, or Word takes it for broken.
        let shown = |page: &Option<usize>| page.map_or_else(|| " ".to_owned(), |page| page.to_string());
        let shown = Revised { now: shown(&self.page.now), was: self.page.was.as_ref().map(shown) };
        children.extend(runs::field(&format!(r"PAGEREF {bookmark} \h"), &shown, self.mark));
        paragraph.children.push(runs::hyperlink((Target::Bookmark(bookmark), children)));
        paragraph
    }
}
