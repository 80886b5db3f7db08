//! A marked document as a tree of the dialect: one of its texts, or both. What the dialect can't carry is told.

use super::kind;
use super::marked::{self, Look, Marked, PAGE_BREAK, Paragraph, Place, Remark, RunLook};
use super::view::View;
use super::words::Words;
use crate::document::{
    Block, Document, Figure, Furniture, FurnitureKind, Kind, Mark, Meta, Note, PartKind, Revised, Run, Style, TextRole,
    anchor, join_runs, text_of,
};
use crate::ooxml::trace::Landmark;
use std::collections::{BTreeMap, BTreeSet};

/// The tree of a marked document as a view shows it, and all that couldn't be read or carried, in the order in which it
/// stands.
pub fn document(marked: &Marked, view: View) -> (Document, Vec<Remark>) {
    let carried = carry(marked, view, marked.trace.is_none());
    (carried.document, carried.remarks)
}

/// The text of a marked document as one of its views shows it, with the place of each block, and without what somebody
/// wrote as its list of contents.
pub fn text(marked: &Marked, view: View) -> Carried {
    carry(marked, view, false)
}

/// A marked document in the dialect, and where each of its blocks stands.
#[derive(Clone, Debug, Default)]
pub struct Carried {
    /// It as the dialect has it.
    pub document: Document,
    /// Where each of the document's blocks stands in the file.
    pub places: Vec<Place>,
    /// Which block of the marked document each of them ends with: the same in both of its texts.
    pub sources: Vec<usize>,
    /// How wide the columns of its tables are, in twentieths of a point, by their blocks: nothing, where the file doesn't
    /// say.
    pub grids: BTreeMap<usize, Vec<u32>>,
    /// For each block, how the page lies that it stands on.
    pub pages: Vec<Page>,
    /// What couldn't be read or carried.
    pub remarks: Vec<Remark>,
    /// How many words its list of contents has, where that was left out.
    pub contents: usize,
    /// Whether the desk wrote it, and its sections and tables bear their identities.
    pub is_own: bool,
}

/// How a page lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// As most do.
    #[default]
    Upright,
    /// On its side.
    Turned,
    /// On its side for a table that is too wide for an upright one: nobody needs to say so.
    TurnedByTable,
}

impl Carried {
    /// A clean document of the desk's own, as it would be read from its file.
    pub fn own(document: Document) -> Self {
        let (sources, places) = ((0..document.blocks.len()).collect(), vec![Place::default(); document.blocks.len()]);
        Self { document, places, sources, is_own: true, ..Self::default() }
    }
}

/// `lists_contents`: whether a list of contents is text like any other.
fn carry(marked: &Marked, view: View, lists_contents: bool) -> Carried {
    let mut carrier = Carrier {
        marked,
        view,
        remarks: marked.remarks.clone(),
        caption: None,
        once: BTreeSet::new(),
        lists_contents,
        contents: 0,
        grids: BTreeMap::new(),
    };
    let (blocks, places, sources) = carrier.blocks();
    let lies = carrier.lies();
    let page = |source: &usize| match lies.get(*source).copied().unwrap_or(marked.landscape) {
        true => Page::Turned,
        false => Page::Upright,
    };
    let pages = sources.iter().map(page).collect();
    let meta = carrier.meta();
    if let Some(first) = marked.comments.first() {
        let authors: BTreeSet<&str> = marked.comments.iter().map(|comment| comment.author.as_str()).collect();
        let authors: Vec<&str> = authors.into_iter().collect();
        let what = match marked.comments.len() {
            1 => format!("a comment by {} is no part of the text: “{}”", first.author, marked::beginning(&first.text)),
            count => format!("{count} comments by {} are no part of the text", authors.join(", ")),
        };
        carrier.remarks.push(Remark::of_all(what));
    }
    let document = Document { meta: meta.into(), blocks, ..Document::default() };
    let is_own = marked.trace.is_some() && marked.landmarks.values().any(|it| matches!(it, Landmark::Section { .. }));
    let Carrier { contents, grids, remarks, .. } = carrier;
    Carried { document, places, sources, grids, pages, contents, remarks: in_order(remarks), is_own }
}

/// By page, and what is said twice of a place once.
fn in_order(mut remarks: Vec<Remark>) -> Vec<Remark> {
    remarks.sort_by_key(|remark| remark.place.page);
    let mut told: Vec<(Remark, usize)> = Vec::new();
    for remark in remarks {
        match told.iter_mut().rev().take(8).find(|(last, _)| *last == remark) {
            Some((_, times)) => *times += 1,
            None => told.push((remark, 1)),
        }
    }
    let count = |(mut remark, times): (Remark, usize)| {
        if times > 1 {
            remark.what.push_str(&format!(" ({times} times)"));
        }
        remark
    };
    told.into_iter().map(count).collect()
}

/// A document, as it is carried over.
#[derive(Debug)]
pub(super) struct Carrier<'m> {
    pub marked: &'m Marked,
    pub view: View,
    pub remarks: Vec<Remark>,
    /// What the last thing read stands over, if it is the caption of a matrix.
    pub caption: Option<&'m Landmark>,
    /// What is told once of a whole document.
    once: BTreeSet<&'static str>,
    /// Whether a list of contents is text like any other.
    lists_contents: bool,
    /// How many words of it were left out.
    contents: usize,
    /// How wide the columns of tables are, by their blocks.
    grids: BTreeMap<usize, Vec<u32>>,
}

/// A paragraph that waits for its mark: what lost its own runs on.
struct Running<'m> {
    look: Revised<Look>,
    runs: Vec<Run>,
    /// The section that its text opens.
    section: Option<Opened<'m>>,
}

/// The identity of a section that a paragraph opens, and the one that it had before.
type Opened<'m> = (&'m String, Option<&'m String>);

impl<'m> Carrier<'m> {
    /// The blocks, where each stands, and which of the marked document's it is.
    fn blocks(&mut self) -> (Vec<Block>, Vec<Place>, Vec<usize>) {
        let (mut out, mut places, mut sources) = (Vec::new(), Vec::new(), Vec::new());
        let mut running: Option<Running<'m>> = None;
        let mut in_contents = false;
        for (source, block) in self.marked.blocks.iter().enumerate() {
            let place = self.place_of(block);
            if matches!(block, marked::Block::Paragraph(p) if p.contents) && !self.lists_contents {
                self.contents += block.words(self.view).split_whitespace().count();
                if !in_contents {
                    out.push(furniture(FurnitureKind::Contents, Mark::Kept));
                    places.push(place);
                    sources.push(source);
                }
                in_contents = true;
                continue;
            }
            in_contents = false;
            match block {
                marked::Block::Paragraph(paragraph) => {
                    let (mut runs, begun) = running.take().map(|above| (above.runs, above.section)).unwrap_or_default();
                    let section = begun.filter(|_| stands(&runs)).or_else(|| self.opened(paragraph));
                    runs.extend(self.runs(&paragraph.runs, paragraph));
                    let look = self.view.pick(&paragraph.look);
                    match self.view.mark(paragraph.mark) {
                        None => running = Some(Running { look, runs, section }),
                        Some(mark) => self.paragraph(paragraph, section, look, mark, runs, &mut out),
                    }
                }
                marked::Block::Table(table) => {
                    self.flush(&mut running, &mut out);
                    if let Some((table, grid)) = self.table(table) {
                        self.grids.insert(out.len(), grid);
                        out.push(Block::Table(table));
                    }
                    self.caption = None;
                }
            }
            places.resize(out.len(), place);
            sources.resize(out.len(), source);
        }
        self.flush(&mut running, &mut out);
        places.resize(out.len(), Place::default());
        sources.resize(out.len(), self.marked.blocks.len());
        (out, places, sources)
    }

    /// For each block of the marked document, whether its page lies on its side, as this view shows it: a section ends with
    /// the mark of a paragraph.
    fn lies(&self) -> Vec<bool> {
        let mut lies = self.marked.landscape;
        let mut all = Vec::with_capacity(self.marked.blocks.len());
        for block in self.marked.blocks.iter().rev() {
            if let marked::Block::Paragraph(Paragraph { ends_section: Some(landscape), mark, .. }) = block
                && self.view.mark(*mark).is_some()
            {
                lies = *landscape;
            }
            all.push(lies);
        }
        all.reverse();
        all
    }

    /// Where a block begins.
    fn place_of(&self, block: &marked::Block) -> Place {
        match block {
            marked::Block::Paragraph(paragraph) => self.marked.place(paragraph.page, &paragraph.text()),
            marked::Block::Table(table) => self.marked.place(table.page, &block.words(self.view)),
        }
    }

    /// What ran on stands alone where no paragraph follows.
    fn flush(&mut self, running: &mut Option<Running<'m>>, out: &mut Vec<Block>) {
        if let Some(Running { look, runs, section }) = running.take() {
            self.paragraph(&Paragraph::default(), section, look, Mark::Kept, runs, out);
        }
    }

    /// The section that a bookmark on a paragraph stands for.
    fn opened(&self, paragraph: &Paragraph) -> Option<Opened<'m>> {
        let marked = self.marked;
        // What ran into it, and is gone, may have left its own before it.
        paragraph.bookmarks.iter().rev().find_map(|name| match marked.landmarks.get(name) {
            Some(Landmark::Section { id, was }) => Some((id, was.as_ref())),
            _ => None,
        })
    }

    fn paragraph(
        &mut self,
        paragraph: &Paragraph,
        section: Option<Opened<'m>>,
        look: Revised<Look>,
        mark: Mark,
        runs: Vec<Run>,
        out: &mut Vec<Block>,
    ) {
        let mut landmarks = paragraph.bookmarks.iter().filter_map(|name| self.marked.landmarks.get(name));
        let matrix = landmarks.find(|landmark| matches!(landmark, Landmark::Table { .. }));
        if matrix.is_some() || stands(&runs) {
            self.caption = matrix;
        }
        if paragraph.starts_page {
            out.push(furniture(FurnitureKind::PageBreak, mark));
        }
        let was = kind::of(look.before(), section.map(|(id, was)| was.unwrap_or(id)));
        let now = kind::of(&look.now, section.map(|(id, _)| id));
        let kind = match (self.view, mark) {
            (View::Original, _) | (_, Mark::Deleted) => was.into(),
            (View::Proposed, _) | (_, Mark::Inserted) => now.into(),
            (View::Marked, Mark::Kept) => Revised::from_pair(was, now),
        };
        for (at, piece) in at_page_breaks(runs).into_iter().enumerate() {
            if at > 0 {
                out.push(furniture(FurnitureKind::PageBreak, Mark::Kept));
            }
            let mut runs = piece;
            if !stands(&runs) {
                continue;
            }
            let kind = kind.clone();
            if at == 0 {
                // What the desk wrote has a tab of its own after the number of a section alone.
                let may_be_typed =
                    self.marked.trace.is_none() && paragraph.look.both().any(|look| look.heading.is_some());
                if kind.both().any(|kind| kind.section_id().is_some()) || may_be_typed {
                    kind::space_after_number(&mut runs);
                }
                runs = kind::with_label(&look, mark, runs);
            }
            let mut runs = join_runs(runs);
            let kind = match figures_apart(&kind.now, mark, &mut runs, out) {
                // Before a picture came into it, it may have been another.
                true if runs.iter().any(|run| run.mark != mark) => {
                    Revised::from_pair(kind.before().clone(), Kind::Role(TextRole::Figure))
                }
                true => Kind::Role(TextRole::Figure).into(),
                false => kind,
            };
            if !runs.is_empty() {
                out.push(Block::Paragraph(crate::document::Paragraph { kind, mark, runs }));
            }
        }
        if look.now.heading.is_some_and(|level| level > 6) {
            self.tell(paragraph, false, "a heading of level 7 or deeper is read as one of level 6");
        }
    }

    /// Runs as this view shows them.
    pub fn runs(&mut self, runs: &[marked::Run], paragraph: &Paragraph) -> Vec<Run> {
        let mut out = Vec::with_capacity(runs.len());
        for run in runs {
            let Some(mark) = self.view.mark(run.marks) else {
                if self.view == View::Marked && !run.text.trim().is_empty() {
                    let words = marked::beginning(&run.text);
                    let what = format!("“{words}” is left out: one revision inserts it and another deletes it");
                    self.tell(paragraph, false, what);
                }
                continue;
            };
            if let Some(note) = run.note.and_then(|at| self.marked.notes.get(at)) {
                out.extend(self.note(note, run.marks, paragraph).map(|note| Run { mark, ..Run::reference_to(note) }));
                continue;
            }
            if let Some(figure) = &run.figure {
                out.push(Run { mark, ..Run::showing(self.figure(figure, paragraph)) });
                continue;
            }
            self.tell_look(&run.look.now, &run.text, paragraph);
            let look = self.view.pick(&run.look);
            let style = Revised { was: look.was.as_ref().map(|was| self.style(was)), now: self.style(&look.now) };
            let style = match style.was {
                Some(was) if mark == Mark::Kept => Revised::from_pair(was, style.now),
                _ => style.now.into(),
            };
            out.push(Run { text: run.text.clone(), style, mark });
        }
        out
    }

    /// A picture, and what of it nobody said.
    fn figure(&mut self, figure: &Figure, paragraph: &Paragraph) -> Figure {
        let mut figure = figure.clone();
        if figure.alt.is_empty() {
            let what = format!("nothing says what the picture {} shows: its name is read as that", figure.file);
            self.tell(paragraph, false, what);
            figure.alt.clone_from(&figure.file);
        }
        figure
    }

    /// Leaves notes and pictures out where the dialect has none: in tables.
    pub fn leave_out_objects(&mut self, runs: &mut Vec<Run>, paragraph: &Paragraph) {
        runs.retain(|run| {
            if let Some(figure) = &run.style.now.figure {
                self.tell(paragraph, true, format!("a picture is left out: “{}”", figure.alt));
            }
            if let Some(note) = &run.style.now.note {
                self.tell(paragraph, true, format!("a footnote is left out: “{}”", text_of(&note.runs).trim()));
            }
            !run.is_object()
        });
    }

    /// A note as this view shows it; one that holds no words is none.
    fn note(&mut self, note: &marked::Note, marks: marked::Marks, paragraph: &Paragraph) -> Option<Note> {
        if note.at_end {
            self.tell_once(
                paragraph,
                "endnotes, here and perhaps further on, are read as notes at the foot of the page",
            );
        }
        let mut runs = Vec::new();
        for block in &note.blocks {
            let marked::Block::Paragraph(below) = block else {
                let words = block.words(self.view);
                self.tell(paragraph, true, format!("a table in a note is left out: “{}”", words.trim()));
                continue;
            };
            if !runs.is_empty() {
                self.tell(paragraph, false, "the paragraphs of a note are read as the lines of one");
                runs.push(Run::plain("\n"));
            }
            // What comes or goes with its note says so again.
            let with_note = |run: &marked::Run| {
                let mut run = run.clone();
                run.note = None;
                run.marks.inserted = run.marks.inserted.filter(|_| marks.inserted.is_none());
                run.marks.deleted = run.marks.deleted.filter(|_| marks.deleted.is_none());
                run
            };
            let inner: Vec<marked::Run> = below.runs.iter().map(with_note).collect();
            runs.extend(self.runs(&inner, paragraph));
        }
        // The blank that parts the words from their number.
        if let Some(first) = runs.first_mut().filter(|run| run.text.starts_with([' ', '\t'])) {
            first.text.remove(0);
        }
        let runs = join_runs(runs);
        stands(&runs).then_some(Note { runs })
    }

    fn style(&self, look: &RunLook) -> Style {
        let link = look.link.as_deref().and_then(|link| self.link(link));
        Style { strong: look.bold, emphasis: look.italic, script: look.script, link, ..Style::default() }
    }

    /// Where a link leads: to a section or table that the desk knows, or out of the document.
    fn link(&self, link: &str) -> Option<String> {
        let Some(bookmark) = link.strip_prefix('#') else { return Some(link.to_owned()) };
        match self.marked.landmarks.get(bookmark)? {
            Landmark::Section { id, .. } => Some(format!("#{}", anchor(PartKind::Section, id))),
            Landmark::Table { id, .. } => Some(format!("#{}", anchor(PartKind::Table, id))),
            _ => None,
        }
    }

    /// What an appearance says that no style of the dialect does.
    fn tell_look(&mut self, look: &RunLook, text: &str, paragraph: &Paragraph) {
        if text.trim().is_empty() {
            return;
        }
        let words = || marked::beginning(text);
        if look.struck {
            let what =
                format!("“{}” is struck through by hand, which is no tracked change: it is read as text", words());
            self.tell(paragraph, false, what);
        }
        if look.hidden && !paragraph.contents {
            self.tell(paragraph, false, format!("“{}” is hidden, and is read as text", words()));
        }
        if look.underlined && look.link.is_none() {
            self.tell_once(paragraph, "words are underlined by hand, here and perhaps further on, which isn't carried");
        }
    }

    /// A remark on what stands in a paragraph.
    pub fn tell(&mut self, paragraph: &Paragraph, lost: bool, what: impl Into<String>) {
        let place = self.marked.place(paragraph.page, &paragraph.text());
        self.remarks.push(Remark { place, lost, what: what.into() });
    }

    /// A remark that is made where its cause stands for the first time.
    pub fn tell_once(&mut self, paragraph: &Paragraph, what: &'static str) {
        if self.once.insert(what) {
            self.tell(paragraph, false, what);
        }
    }

    fn meta(&self) -> Meta {
        let about = &self.marked.about;
        let lines = |paragraphs: &[Paragraph]| -> Vec<String> {
            let view = if self.view == View::Marked { View::Proposed } else { self.view };
            let lines = paragraphs.iter().map(|paragraph| paragraph.words(view));
            lines.filter(|line| !line.trim().is_empty()).collect()
        };
        Meta {
            title: about.title.clone(),
            subject: about.subject.clone(),
            language: about.language.clone(),
            classification: about.classification.clone(),
            header: lines(&about.header).join(" "),
            footer: lines(&about.footer),
        }
    }
}

fn furniture(kind: FurnitureKind, mark: Mark) -> Block {
    Block::Furniture(Furniture { kind, mark })
}

/// Runs, parted where a page breaks.
fn at_page_breaks(runs: Vec<Run>) -> Vec<Vec<Run>> {
    let mut pieces = vec![Vec::new()];
    for run in runs {
        for (at, text) in run.text.split(PAGE_BREAK).enumerate() {
            if at > 0 {
                pieces.push(Vec::new());
            }
            if let Some(piece) = pieces.last_mut() {
                piece.push(Run { text: text.to_owned(), ..run.clone() });
            }
        }
    }
    pieces
}

/// Whether a paragraph is one of a picture, whose caption then has a line of its own; gives pictures that stand among words
/// paragraphs of their own above these.
fn figures_apart(kind: &Kind, mark: Mark, runs: &mut Vec<Run>, out: &mut Vec<Block>) -> bool {
    let is_figure = |run: &Run| run.style.now.figure.is_some();
    let own = Kind::Role(TextRole::Figure);
    if runs.first().is_some_and(is_figure) {
        // Where a paragraph took the place of another, it may look like that.
        let caption = runs.iter_mut().find(|run| !is_figure(run)).filter(|run| !run.text.starts_with('\n'));
        match caption {
            None => return true,
            Some(caption) if *kind == own => {
                caption.text.insert(0, '\n');
                return true;
            }
            Some(_) => {}
        }
    }
    let (figures, words): (Vec<Run>, Vec<Run>) = std::mem::take(runs).into_iter().partition(is_figure);
    let apart = |run| Block::Paragraph(crate::document::Paragraph { kind: own.clone().into(), mark, runs: vec![run] });
    out.extend(figures.into_iter().map(apart));
    *runs = join_runs(words);
    false
}

/// Whether there are words.
fn stands(runs: &[Run]) -> bool {
    !text_of(runs).trim().is_empty() || runs.iter().any(Run::is_object)
}
