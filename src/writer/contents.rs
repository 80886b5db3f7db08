//! What the table of contents lists, for every format alike: which headings and captions, how deep, in which words.
//!
//! It lists the whole document, as Word does when it refreshes its own: what stands before the contents too. Its
//! entries are revised as the headings are, or accepting all would not give the contents of the later text.

use super::view::RevisionView;
use crate::document::{Block, Document, Kind, Mark, Revised, Run, TextRole, join_runs, text_of};
use crate::stylesheet::Stylesheet;

/// The deepest level of headings that contents list; captions stand there too, as Word's field has it.
pub const DEEPEST: u8 = 3;

/// The space between the lines of contents, in points.
pub const BETWEEN_ENTRIES: f32 = 3.0;

/// A line of the contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentsEntry {
    /// The block that it leads to.
    pub block: usize,
    /// The level that it is listed at, from 1 to [`DEEPEST`].
    pub level: Revised<u8>,
    /// How deep what it leads to stands in the document: a caption is one below its section.
    pub depth: u8,
    /// The page, from 1, where it is known.
    pub page: Revised<Option<usize>>,
    /// In which of the texts it is listed.
    pub mark: Mark,
    /// Its words, each with its mark.
    pub runs: Vec<Run>,
}

/// The lines of contents that themselves bear a mark: those that are inserted or deleted whole list one text only.
/// `pages` are the pages of the lines in each text, in order, as far as they are known.
pub fn entries(document: &Document, mark: Mark, pages: &Revised<Vec<usize>>, sheet: &Stylesheet) -> Vec<ContentsEntry> {
    let mut entries = Vec::new();
    let mut running: [Vec<Run>; 2] = [Vec::new(), Vec::new()];
    let mut sections = [0; 2];
    let mut pages = RevisionView::BOTH.map(|view| view.of(pages).iter().copied());
    for (block, item) in document.blocks.iter().enumerate() {
        let Block::Paragraph(paragraph) = item else { continue };
        // Text runs on into a paragraph, and into nothing else.
        let ends = !matches!(document.blocks.get(block + 1), Some(Block::Paragraph(_)));
        let alone = running.iter().all(Vec::is_empty);
        let mut lines: [Option<ListedLine>; 2] = [None, None];
        for (at, view) in RevisionView::BOTH.into_iter().enumerate() {
            let runs = &mut running[at];
            runs.extend(paragraph.runs.iter().filter(|run| view.holds(run.mark)).map(plain));
            if view.holds(paragraph.mark) || (ends && !runs.is_empty()) {
                let runs = join_runs(std::mem::take(runs));
                let line = line(view.of(&paragraph.kind), &mut sections[at], runs, sheet);
                let line = line.map(|line| ListedLine { page: pages[at].next(), ..line });
                lines[at] = line.filter(|_| view.holds(mark));
            }
        }
        let own = alone.then(|| paragraph.runs.iter().map(|run| Run { mark: run.mark, ..plain(run) }).collect());
        entries.extend(entry(block, lines, own, mark));
    }
    entries
}

/// The blocks that the contents lead to, in order.
pub fn listed(document: &Document, mark: Mark, sheet: &Stylesheet) -> impl Iterator<Item = usize> {
    entries(document, mark, &Revised::default(), sheet).into_iter().map(|entry| entry.block)
}

/// A heading or caption in one of the texts.
struct ListedLine {
    level: u8,
    depth: u8,
    page: Option<usize>,
    runs: Vec<Run>,
}

/// The line of a paragraph, if it is listed. `section` is the level of the section that its text has come to.
fn line(kind: &Kind, section: &mut u8, runs: Vec<Run>, sheet: &Stylesheet) -> Option<ListedLine> {
    if let Some((level, _)) = kind.opens() {
        *section = level;
    }
    let (level, depth) = match kind {
        Kind::Heading { level, .. } => (*level, *level),
        Kind::Clause { level, .. } if sheet.clauses_in_contents => (*level, *level),
        Kind::Role(TextRole::Caption) => (DEEPEST, section.saturating_add(1)),
        Kind::Body | Kind::Clause { .. } | Kind::Item { .. } | Kind::Role(_) => return None,
    };
    let says_something = runs.iter().any(|run| !run.text.trim().is_empty());
    (level <= DEEPEST && says_something).then_some(ListedLine { level, depth, page: None, runs })
}

/// `own` are the paragraph's runs with their marks, if no text ran on into it.
fn entry(block: usize, lines: [Option<ListedLine>; 2], own: Option<Vec<Run>>, whole: Mark) -> Option<ContentsEntry> {
    let entry = match lines {
        [None, None] => return None,
        [Some(was), Some(now)] => {
            let runs = match own {
                _ if was.runs == now.runs => now.runs,
                Some(own) => join_runs(own),
                None => marked(was.runs, Mark::Deleted).chain(marked(now.runs, Mark::Inserted)).collect(),
            };
            let (level, page) = (Revised::from_pair(was.level, now.level), Revised::from_pair(was.page, now.page));
            ContentsEntry { block, level, depth: now.depth, page, mark: Mark::Kept, runs }
        }
        [Some(was), None] => ContentsEntry::whole(block, was, Mark::Deleted),
        [None, Some(now)] => ContentsEntry::whole(block, now, Mark::Inserted),
    };
    // In contents that are inserted or deleted whole there is one text only.
    Some(match whole {
        Mark::Kept => entry,
        whole => {
            let (level, page) = (entry.level.now, entry.page.now);
            ContentsEntry::whole(block, ListedLine { level, depth: entry.depth, page, runs: entry.runs }, whole)
        }
    })
}

impl ContentsEntry {
    fn whole(block: usize, line: ListedLine, mark: Mark) -> Self {
        let ListedLine { level, depth, page, runs } = line;
        Self { block, level: level.into(), depth, page: page.into(), mark, runs: marked(runs, mark).collect() }
    }

    /// Its words in one of the texts, with single blanks between them; none where it isn't listed there.
    pub fn title(&self, view: RevisionView) -> Option<String> {
        let runs = self.runs.iter().filter(|run| view.holds(run.mark));
        let text: String = runs.map(|run| run.text.as_str()).collect();
        view.holds(self.mark).then(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

fn marked(runs: Vec<Run>, mark: Mark) -> impl Iterator<Item = Run> {
    runs.into_iter().map(move |run| Run { mark, ..run })
}

/// The words without what they look like, and without notes.
fn plain(run: &Run) -> Run {
    Run::plain(text_of(std::slice::from_ref(run)).replace('\n', " "))
}
