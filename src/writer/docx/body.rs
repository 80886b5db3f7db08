//! The body: each piece built by docx-rs and handed to the finish pass as soon as it stands.
//!
//! Built piece by piece, cell by cell, a document of thousands of rows never stands in memory as docx-rs's objects,
//! which are fifty times the size of their text.

use super::contents;
use super::figures::Figures;
use super::finish::properties::thread_id;
use super::finish::{Finisher, XmlError};
use super::flow::{Orientation, Para, WordBlock};
use super::links::{Bookmark, Links};
use super::lists::Lists;
use super::moves::Moving;
use super::paragraph::Above;
use super::runs::{self, DirectFormat};
use super::table::{self, Grid, WordCell};
use super::widths::Plan;
use super::{page, paragraph};
use crate::document::{Block, Comment, Document, Hand, Kind, Mark, Revised, Table, number_end};
use crate::ooxml::styles;
use crate::stylesheet::Stylesheet;
use crate::writer::contents::listed;
use crate::writer::docx::flow::Form;
use crate::writer::view::RevisionView;
use docx_rs as word;
use std::collections::{HashMap, HashSet};
use word::{BuildXML, ParagraphChild};

const TABLE_END: &[u8] = b"</w:tbl>";
const ROW_END: &[u8] = b"</w:tr>";

/// When a hand made its revisions, if that is known.
fn moment(hand: &Hand) -> Option<String> {
    hand.date.as_ref().map(|day| format!("{day}T00:00:00Z"))
}

/// A block, or a row of it.
type CommentPlace = (usize, Option<usize>);

pub struct Body<'a> {
    document: &'a Document,
    sheet: &'a Stylesheet,
    finisher: &'a mut Finisher,
    pub links: Links,
    pub lists: Lists,
    /// The numbers of the comments on each place.
    comments: HashMap<CommentPlace, Vec<usize>>,
    /// Whose the revisions are of each block, row or cell, where they aren't the author's.
    hands: HashMap<(usize, Option<usize>, Option<usize>), usize>,
    pages: &'a Revised<Vec<usize>>,
    /// The section that moves, and the id of what Word begins with it.
    moving: Option<(Moving, usize)>,
    /// The bookmarks that were set, in the order of the document.
    bookmarks: Vec<Bookmark>,
    out: Vec<u8>,
}

/// A finished body, and what the other parts must know of it.
pub struct WrittenBody {
    pub xml: Vec<u8>,
    pub links: Links,
    pub lists: Lists,
    /// All the bookmarks that it has, in order.
    pub bookmarks: Vec<Bookmark>,
}

impl<'a> Body<'a> {
    pub fn new(
        document: &'a Document,
        sheet: &'a Stylesheet,
        pages: &'a Revised<Vec<usize>>,
        finisher: &'a mut Finisher,
    ) -> Self {
        let mut comments: HashMap<_, Vec<usize>> = HashMap::new();
        for (number, comment) in document.comments.iter().enumerate() {
            comments.entry((comment.block, comment.row)).or_default().push(number);
        }
        let mut links = Links::new(document);
        links.figures = Figures::new(document, sheet);
        finisher.hands(document.hands.iter().map(|hand| (hand.author.as_str(), moment(hand))));
        let of_whole = document.hands.iter().enumerate().filter(|(_, hand)| !hand.words);
        let hands = of_whole.map(|(at, hand)| ((hand.block, hand.row, hand.cell), at)).collect();
        let (lists, bookmarks, out) = (Lists::default(), Vec::new(), Vec::new());
        Self { document, sheet, finisher, links, lists, comments, hands, pages, moving: None, bookmarks, out }
    }

    /// Writes the pieces.
    pub fn write<'d>(
        mut self,
        pieces: &[WordBlock<'d>],
        plans: &HashMap<usize, Plan>,
    ) -> Result<WrittenBody, XmlError> {
        self.name_entries(pieces);
        for (at, piece) in pieces.iter().enumerate() {
            match piece {
                WordBlock::Paragraph(para) => {
                    self.turn_section(para);
                    self.paragraph(para, above(pieces, at), is_numbered(pieces, at))?;
                }
                WordBlock::Contents { block, mark } => self.contents(*block, *mark)?,
                WordBlock::Table { tables, .. } => {
                    let planned = |(block, table): &(usize, &'d Table)| Some((*block, *table, plans.get(block)?));
                    let tables: Vec<_> = tables.iter().filter_map(planned).collect();
                    let noted = matches!(pieces.get(at + 1), Some(WordBlock::Paragraph(below)) if below.is_note());
                    let grid = Grid::new(&tables, noted);
                    self.table(&grid)?;
                }
            }
        }
        self.end_move();
        self.finisher.end_moves(&mut self.out);
        Ok(WrittenBody { xml: self.out, links: self.links, lists: self.lists, bookmarks: self.bookmarks })
    }

    /// Ends what moves where a section begins, and begins what moves with that.
    fn turn_section(&mut self, para: &Para<'_>) {
        let opens = |block: &usize| match self.document.blocks.get(*block) {
            Some(Block::Paragraph(heading)) => heading.kind.both().any(|kind| kind.section_id().is_some()),
            _ => false,
        };
        let Some(block) = para.blocks.clone().find(opens) else { return };
        self.end_move();
        let moving = match self.document.blocks.get(block) {
            Some(Block::Paragraph(heading)) if heading.mark == Mark::Deleted => Moving::From,
            _ => Moving::To,
        };
        if let Some(number) = self.links.move_at(block) {
            self.by(self.hands.get(&(block, None, None)).copied());
            self.moving = Some((moving, self.finisher.begin_move(moving, number)));
            self.by(None);
        }
    }

    fn end_move(&mut self) {
        if let Some((moving, id)) = self.moving.take() {
            self.finisher.end_move(moving, id);
        }
    }

    /// Gives each place that a table of contents leads to its name, before the paragraph there is written.
    fn name_entries(&mut self, pieces: &[WordBlock<'_>]) {
        for piece in pieces {
            if let WordBlock::Contents { mark, .. } = piece {
                for entry in listed(self.document, *mark, self.sheet) {
                    self.links.name_of(entry);
                }
            }
        }
    }

    fn paragraph(&mut self, para: &Para<'_>, above: Above, is_numbered: [Option<bool>; 2]) -> Result<(), XmlError> {
        // Past the last of the hands is the author.
        let of_author = self.document.hands.len();
        let by = para.marked_with.map(|block| *self.hands.get(&(block, None, None)).unwrap_or(&of_author));
        let mut paragraph = paragraph::empty(para, above, &mut self.lists, self.sheet, by);
        let runs = runs::numbered(&para.runs, is_numbered);
        paragraph.children = runs::children(&runs, Mark::Kept, DirectFormat::default(), &mut self.links);
        for block in para.blocks.clone() {
            paragraph::bookmark(&mut paragraph, self.links.on(block));
            self.bookmarks.extend_from_slice(self.links.on(block));
        }
        for block in para.blocks.clone() {
            self.comment(&mut paragraph, (block, None), para.mark);
        }
        self.finisher.drawn = self.links.figures.take_drawn();
        let hand = para.blocks.clone().find_map(|block| self.hands.get(&(block, None, None)).copied());
        self.by(hand);
        // A paragraph that is new within what moves came with none of it.
        let is_new = !para.runs.is_empty() && para.runs.iter().all(|run| run.style.now.fresh);
        self.finisher.moving = self.moving.map(|(moving, _)| moving).filter(|_| !is_new && !para.blocks.is_empty());
        self.finisher.fragment(&paragraph.build(), &mut self.out)?;
        self.finisher.moving = None;
        self.by(None);
        Ok(())
    }

    /// Says whose the revisions are that follow; by default, the document's own author's.
    fn by(&mut self, hand: Option<usize>) {
        let hand = hand.and_then(|at| self.document.hands.get(at));
        let moment = hand.and_then(moment);
        self.finisher.revised_by(hand.map(|hand| (hand.author.as_str(), moment.as_deref())));
    }

    fn contents(&mut self, block: usize, mark: Mark) -> Result<(), XmlError> {
        let mut paragraphs = contents::paragraphs(self.document, mark, self.pages, self.sheet, &mut self.links);
        if let Some(last) = paragraphs.last_mut() {
            self.comment(last, (block, None), mark);
        }
        for paragraph in paragraphs {
            self.finisher.fragment(&paragraph.build(), &mut self.out)?;
        }
        Ok(())
    }

    fn table(&mut self, grid: &Grid<'_>) -> Result<(), XmlError> {
        self.finisher.open(&grid.frame().build(), TABLE_END, &mut self.out)?;
        if let Some(former) = grid.former() {
            self.finisher.former_grid(&former, &mut self.out);
        }
        let (mut begun, mut commented) = (HashSet::new(), HashSet::new());
        // The cells of a matrix say the same few things over and over: most of its XML is written before.
        let mut known: HashMap<WordCell<'_>, Vec<u8>> = HashMap::new();
        for row in &grid.rows {
            let of_table = self.hands.get(&(row.block, None, None));
            let of_row = of_table.or_else(|| self.hands.get(&(row.block, Some(row.source), None))).copied();
            self.by(of_row);
            self.finisher.open(&row.frame().build(), ROW_END, &mut self.out)?;
            let starts_table = begun.insert(row.block).then_some((row.block, None));
            let starts_row = commented.insert((row.block, row.source)).then_some((row.block, Some(row.source)));
            for (column, cell) in row.cells(grid, self.sheet).enumerate() {
                // What is said of a table or a row hangs on its first cell.
                let of_first = |place: Option<_>| place.filter(|_| column == 0);
                let places = [of_first(starts_table), of_first(starts_row)];
                let bookmark =
                    (column == 0).then(|| self.links.on_row(row.block, row.source, row.mark())).flatten().cloned();
                let is_place = bookmark.is_some() || places.iter().flatten().any(|place| self.is_place(*place));
                let alike = cell.is_plain() && !is_place;
                if let (true, Some(xml)) = (alike, known.get(&cell)) {
                    self.out.extend_from_slice(xml);
                    continue;
                }
                let from = self.out.len();
                self.by(of_row.or_else(|| self.hands.get(&(row.block, Some(row.source), Some(column))).copied()));
                self.cell(&cell, places, bookmark, row.mark())?;
                if alike {
                    known.insert(cell, self.out.get(from..).unwrap_or_default().to_vec());
                }
            }
            self.out.extend_from_slice(ROW_END);
        }
        self.by(None);
        self.out.extend_from_slice(TABLE_END);
        Ok(())
    }

    /// Writes a cell, with what hangs on the places that it begins.
    fn cell(
        &mut self,
        cell: &WordCell<'_>,
        places: [Option<CommentPlace>; 2],
        row: Option<Bookmark>,
        mark: Mark,
    ) -> Result<(), XmlError> {
        let mut built = cell.build(self.sheet, &mut self.links);
        if let Some(paragraph) = table::paragraph(&mut built) {
            paragraph::bookmark(paragraph, row.as_slice());
            self.bookmarks.extend(row);
            for place in places.into_iter().flatten() {
                if let (block, None) = place {
                    paragraph::bookmark(paragraph, self.links.on(block));
                    self.bookmarks.extend_from_slice(self.links.on(block));
                }
                self.comment(paragraph, place, mark);
            }
        }
        self.finisher.drawn = self.links.figures.take_drawn();
        self.finisher.fragment(&built.build(), &mut self.out)
    }

    /// Whether anything is said of a place, or leads to it.
    fn is_place(&self, place: CommentPlace) -> bool {
        place.1.is_none() || self.comments.contains_key(&place)
    }

    /// Puts the comments on a place around what stands in a paragraph.
    fn comment(&self, paragraph: &mut word::Paragraph, place: CommentPlace, mark: Mark) {
        for number in self.comments.get(&place).into_iter().flatten() {
            let start = word::CommentRangeStart::new(word::Comment::new(*number));
            paragraph.children.insert(0, ParagraphChild::CommentStart(Box::new(start)));
            paragraph.children.push(runs::comment_end(*number, mark));
        }
    }
}

/// In which of the texts the text of the paragraph `at` begins what has a number: that paragraph itself or, where its mark is
/// not in the text, the one that it runs into. There, whether some of its number stands in paragraphs above.
fn is_numbered(pieces: &[WordBlock<'_>], at: usize) -> [Option<bool>; 2] {
    RevisionView::BOTH.map(|view| {
        let text = |piece: &WordBlock<'_>| -> String {
            let WordBlock::Paragraph(para) = piece else { return String::new() };
            para.runs.iter().filter(|run| view.holds(run.mark)).map(|run| run.text.as_str()).collect()
        };
        let is_numbered = |piece: &WordBlock<'_>| match piece {
            WordBlock::Paragraph(para) => {
                matches!(view.of(&para.form), Form::Kind(kind) if kind.section_id().is_some())
            }
            WordBlock::Table { .. } | WordBlock::Contents { .. } => false,
        };
        let above = pieces.iter().take(at).rev().take_while(|piece| !piece.stands(view));
        let mut below = pieces.iter().skip(at).skip_while(|piece| !piece.stands(view));
        if pieces.get(at).is_none_or(|own| text(own).is_empty()) || !below.next().is_some_and(is_numbered) {
            return None;
        }
        let before: String = above.map(text).collect();
        (number_end(&before) == before.len()).then_some(!before.is_empty())
    })
}

/// What stands over the piece `at`.
fn above(pieces: &[WordBlock<'_>], at: usize) -> Above {
    let starts_page = |piece: &WordBlock<'_>| matches!(piece, WordBlock::Paragraph(para) if para.starts_page);
    match at.checked_sub(1).and_then(|above| pieces.get(above)) {
        _ if pieces.get(at).is_some_and(starts_page) => Above::PageEdge,
        None => Above::PageEdge,
        Some(WordBlock::Table { .. }) => Above::Table,
        Some(WordBlock::Paragraph(para)) if para.ends_section.is_some() => Above::PageEdge,
        Some(WordBlock::Paragraph(para)) if para.starts_page && para.form.now == Form::Gap => Above::PageEdge,
        Some(WordBlock::Paragraph(Para { form: Revised { now: Form::Kind(Kind::Item { .. }), .. }, .. })) => {
            Above::List
        }
        Some(WordBlock::Paragraph(_) | WordBlock::Contents { .. }) => Above::Text,
    }
}

/// Whether any of the comments answers another.
pub fn has_threads(comments: &[Comment]) -> bool {
    comments.iter().any(|comment| comment.answers.is_some())
}

/// The comments part.
pub fn comments(comments: &[Comment], finisher: &mut Finisher) -> Result<Vec<u8>, XmlError> {
    const PARAGRAPH: &[u8] = b"<w:p>";
    let mut out = Vec::new();
    for (number, comment) in comments.iter().enumerate() {
        let mut built = word::Comment::new(number);
        for line in comment.text.split('\n') {
            let paragraph = word::Paragraph::new().style(styles::COMMENT);
            built = built.add_paragraph(paragraph.add_run(runs::text_run(line, Mark::Kept)));
        }
        finisher.said_by(comment.by.as_ref().map(|by| (by.author.as_str(), by.date.as_deref())));
        finisher.fragment(&built.build(), &mut out)?;
        if has_threads(comments) {
            // A thread knows its comments by their last paragraphs.
            let last = out.windows(PARAGRAPH.len()).rposition(|it| it == PARAGRAPH).unwrap_or_default();
            let known = format!(r#"<w:p w14:paraId="{}">"#, thread_id(number));
            out.splice(last..last + PARAGRAPH.len(), known.into_bytes());
        }
    }
    finisher.said_by(None);
    Ok(out)
}

/// The notes that were referred to, if any were.
pub fn footnotes(links: &mut Links, finisher: &mut Finisher) -> Result<Option<Vec<u8>>, XmlError> {
    const END: &[u8] = b"</w:footnote>";
    let notes = links.take_notes();
    let mut out = Vec::new();
    for (index, (note, mark)) in notes.iter().enumerate() {
        out.extend_from_slice(format!(r#"<w:footnote w:id="{}">"#, index + 1).as_bytes());
        finisher.fragment(&runs::note(note, *mark, links).build(), &mut out)?;
        out.extend_from_slice(END);
    }
    Ok((!notes.is_empty()).then_some(out))
}

/// The document part around a finished body.
pub fn document(
    sheet: &Stylesheet,
    last: Orientation,
    body: &[u8],
    finisher: &mut Finisher,
) -> Result<Vec<u8>, XmlError> {
    let shell = word::Document::new().default_section_property(page::section(sheet, last)).build();
    let mut out = Vec::with_capacity(body.len() + 4096);
    finisher.document(&shell, body, &mut out)?;
    Ok(out)
}
