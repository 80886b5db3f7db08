//! Layout: from the tree of a document to pages of things in their places. It knows the style sheet and the type, and
//! nothing of the PDF format.

mod beside;
mod contents;
mod figures;
mod flow;
mod hands;
mod ink;
mod lines;
mod lists;
mod notes;
mod paragraph;
mod place;
mod running;
mod setter;
mod table;

use super::placed::{Destination, Entry, Laid};
use super::tree::{NodeId, Tag, Tree};
use crate::document::{
    Block, Document, FurnitureKind, Kind, Mark, Paragraph, Part, PartKind, Revised, TextRole, anchor, parts, text_of,
};
use crate::stylesheet::Stylesheet;
use crate::writer::columns::Columns;
use crate::writer::contents::{ContentsEntry, entries};
use crate::writer::keeping::{kept, leads};
use crate::writer::turned::turned;
use crate::writer::{Problem, limits};
use contents::Pending;
use flow::{Ends, Flow};
use paragraph::SetParagraph;
use setter::Setter;
use table::SetTable;

/// Lays a document out.
pub fn lay_out(document: &Document, sheet: &Stylesheet) -> Result<Laid, Vec<Problem>> {
    let mut setter = Setter::new(sheet, document);
    let columns = setter.columns(document);
    setter.problems.extend(limits::missing_figures(document, sheet));
    if !setter.problems.is_empty() {
        return Err(setter.problems);
    }
    let meta = &document.meta.now;
    let narrow = flow::Frame::new(sheet, false, Ends::default()).text_width();
    let ends = running::ends(&mut setter, meta, narrow);
    let mut flow = Flow::new(sheet, ends);
    let mut walk = Walk::new(document, columns, sheet);
    walk.run(&mut setter, &mut flow);
    flow.turn(flow.landscape);
    flow.end_notes();
    contents::fill(&mut setter, &mut flow, &walk.pending, &walk.places);
    running::run(&mut setter, &mut flow, meta);
    let picture = sheet.logo.as_ref().and_then(|logo| logo.picture.clone());
    if setter.problems.is_empty() {
        Ok(Laid { picture, figures: setter.shown, ..walk.finish(setter.tree, flow, sheet) })
    } else {
        Err(setter.problems)
    }
}

/// A block in lines, ready to be put.
enum Set {
    Paragraph(SetParagraph),
    Table(SetTable),
}

/// The walk through the blocks.
struct Walk<'d> {
    document: &'d Document,
    columns: Vec<Option<Columns>>,
    landscape: Vec<bool>,
    /// Which blocks stay on the page of the next.
    kept: Vec<bool>,
    /// What the contents list.
    entries: Vec<ContentsEntry>,
    parts: Vec<Part>,
    /// Where each part starts, once it is put.
    places: Vec<Option<Destination>>,
    /// The page that each block begins on, once it is put.
    starts: Vec<Option<usize>>,
    /// Whether the legend stands where it should.
    has_legend: bool,
    /// The next part whose place isn't known.
    next_part: usize,
    pending: Vec<Pending>,
    /// The element of the table that the caption just set belongs to.
    captioned: Option<NodeId>,
}

impl<'d> Walk<'d> {
    fn new(document: &'d Document, columns: Vec<Option<Columns>>, sheet: &Stylesheet) -> Self {
        let mut parts = parts(document);
        let entries = entries(document, Mark::Kept, &Revised::default(), sheet);
        let others = contents::others(&entries, &parts);
        parts.extend(others);
        parts.sort_by_key(|part| part.blocks.start);
        Self {
            landscape: orientations(document, &columns),
            kept: kept(&document.blocks),
            places: vec![None; parts.len()],
            starts: vec![None; document.blocks.len()],
            document,
            columns,
            entries,
            parts,
            has_legend: document.legend.is_empty(),
            next_part: 0,
            pending: Vec::new(),
            captioned: None,
        }
    }

    fn run(&mut self, setter: &mut Setter<'_>, flow: &mut Flow<'_>) {
        let mut next = 0;
        while let Some(block) = self.document.blocks.get(next) {
            match block {
                Block::Furniture(furniture) if furniture.mark == Mark::Deleted => next += 1,
                Block::Furniture(furniture) => {
                    match furniture.kind {
                        FurnitureKind::PageBreak => {
                            self.legend(setter, flow);
                            flow.turn(flow.landscape);
                            flow.next_page();
                        }
                        // What follows turns them.
                        FurnitureKind::Landscape | FurnitureKind::Portrait => {}
                        FurnitureKind::Contents => {
                            let listings = contents::listings(&self.entries, &self.parts);
                            self.pending.extend(contents::put(setter, flow, &listings));
                        }
                    }
                    next += 1;
                }
                _ => next = self.chain(setter, flow, next),
            }
        }
        self.legend(setter, flow);
    }

    /// Puts the legend under the cover, or at the end of what has none.
    fn legend(&mut self, setter: &mut Setter<'_>, flow: &mut Flow<'_>) {
        if std::mem::replace(&mut self.has_legend, true) {
            return;
        }
        flow.turn(flow.landscape);
        for block in &self.document.legend {
            let Block::Paragraph(paragraph) = block else { continue };
            let set = setter.paragraph(None, paragraph, flow.frame.text_width(), None);
            flow.paragraph(set);
        }
    }

    /// Puts the block at `first` and all that must stay on one page with it; gives the block after them.
    fn chain(&mut self, setter: &mut Setter<'_>, flow: &mut Flow<'_>, first: usize) -> usize {
        flow.turn(self.landscape.get(first).copied().unwrap_or(false));
        let end = self.chain_end(first);
        let width = flow.frame.text_width();
        let mut sets: Vec<Set> = (first..end).filter_map(|block| self.set(setter, block, width)).collect();
        leave_room_for_notes(&mut sets);
        if height_of(&sets, flow) > flow.room() && !flow.fresh {
            flow.next_page();
        }
        for (block, set) in (first..end).zip(sets) {
            match set {
                Set::Paragraph(paragraph) => {
                    let least = paragraph.least_height() + flow.gap(paragraph.before, paragraph.keeps_before);
                    if least > flow.room() + 0.01 && !flow.fresh {
                        flow.next_page();
                    }
                    self.reach(block, flow);
                    flow.paragraph(paragraph);
                }
                Set::Table(table) => {
                    self.reach(block, flow);
                    flow.table(table, setter.sheet);
                }
            }
        }
        end
    }

    /// The end of the blocks that stay together: those that keep the next on their page, the one that follows, and the
    /// notes under it if it is a table.
    fn chain_end(&self, first: usize) -> usize {
        let mut end = first;
        while self.kept.get(end).copied().unwrap_or(false) {
            end += 1;
        }
        match self.document.blocks.get(end) {
            None | Some(Block::Furniture(_)) => end,
            Some(Block::Table(_)) => end + 1 + self.document.blocks.iter().skip(end + 1).take_while(is_note).count(),
            Some(Block::Paragraph(_)) => end + 1,
        }
        .max(first + 1)
    }

    fn set(&mut self, setter: &mut Setter<'_>, block: usize, width: f32) -> Option<Set> {
        match self.document.blocks.get(block)? {
            Block::Paragraph(paragraph) => {
                let table = self.table_of_caption(setter, block, paragraph);
                let mut set = setter.paragraph(Some(block), paragraph, width, table);
                set.keeps_next = self.kept.get(block).copied().unwrap_or(false);
                if is_item(Some(&self.document.blocks[block])) && !is_item(self.document.blocks.get(block + 1)) {
                    // As much below a list as above it.
                    set.after = set.after.max(setter.sheet.body.after);
                }
                Some(Set::Paragraph(set))
            }
            Block::Table(table) => {
                let columns = self.columns.get(block)?.as_ref()?;
                let node = match self.captioned.take() {
                    Some(node) => node,
                    None => setter.tree.add(Tree::ROOT, Tag::Table),
                };
                Some(Set::Table(setter.table(block, table, columns, node)))
            }
            Block::Furniture(_) => None,
        }
    }

    /// The element of the table right under a caption.
    fn table_of_caption(&mut self, setter: &mut Setter<'_>, block: usize, caption: &Paragraph) -> Option<NodeId> {
        let over_table = matches!(self.document.blocks.get(block + 1), Some(Block::Table(_)));
        if caption.kind.now != Kind::Role(TextRole::Caption) || !over_table {
            return None;
        }
        self.captioned = Some(setter.tree.add(Tree::ROOT, Tag::Table));
        self.captioned
    }

    /// Notes where a block is, and the parts that start at it.
    fn reach(&mut self, block: usize, flow: &Flow<'_>) {
        if let Some(start) = self.starts.get_mut(block) {
            *start = Some(flow.here().page);
        }
        while self.parts.get(self.next_part).is_some_and(|part| part.blocks.start <= block) {
            self.places[self.next_part] = Some(flow.here());
            self.next_part += 1;
        }
    }

    /// What a part is called: its heading or its caption in the later text, or in the earlier, if it has none there.
    fn title(&self, part: &Part) -> String {
        let text = match self.document.blocks.get(part.blocks.start) {
            Some(Block::Paragraph(paragraph)) => {
                let later: String = paragraph
                    .runs
                    .iter()
                    .filter(|run| run.mark != Mark::Deleted && run.style.now.note.is_none())
                    .map(|run| run.text.as_str())
                    .collect();
                if later.trim().is_empty() { text_of(&paragraph.runs) } else { later }
            }
            _ if part.kind == PartKind::Table => part.id.clone(),
            _ => String::new(),
        };
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether the outline lists a part: a section without a heading as the contents do.
    fn is_outlined(&self, part: &Part, sheet: &Stylesheet) -> bool {
        let first = self.document.blocks.get(part.blocks.start);
        let is_clause = matches!(first, Some(Block::Paragraph(first)) if matches!(first.kind.now, Kind::Clause { .. }));
        sheet.clauses_in_contents || !is_clause
    }

    fn finish(mut self, tree: Tree, flow: Flow<'_>, sheet: &Stylesheet) -> Laid {
        let starts = std::mem::take(&mut self.starts);
        let mut laid = Laid { pages: flow.pages, tree, starts, ..Laid::default() };
        let noted = flow.anchors.into_iter().map(|(name, page, top)| (name, Destination { page, top }));
        laid.places.extend(noted);
        for (part, place) in self.parts.iter().zip(&self.places) {
            let Some(place) = place else { continue };
            let title = self.title(part);
            laid.places.entry(anchor(part.kind, &part.id)).or_insert(*place);
            if !title.is_empty() && self.is_outlined(part, sheet) {
                laid.outline.push(Entry { level: part.level, title, place: *place });
            }
        }
        laid
    }
}

fn is_item(block: Option<&Block>) -> bool {
    matches!(block, Some(Block::Paragraph(paragraph)) if matches!(paragraph.kind.now, Kind::Item { .. }))
}

fn is_note(block: &&Block) -> bool {
    matches!(block, Block::Paragraph(paragraph) if paragraph.kind.now == Kind::Role(TextRole::Note))
}

/// Tells a table how much room the notes under it need, which stay with its last rows.
fn leave_room_for_notes(sets: &mut [Set]) {
    let Some(at) = sets.iter().position(|set| matches!(set, Set::Table(_))) else { return };
    let (above, notes) = sets.split_at_mut(at + 1);
    let Some(Set::Table(table)) = above.last_mut() else { return };
    let mut after = table.after;
    for note in notes {
        let Set::Paragraph(note) = note else { continue };
        table.notes += after.max(note.before) + note.least_height();
        after = note.after;
    }
}

/// How high blocks are that must stay together, the last only as far as it may not stand alone.
fn height_of(sets: &[Set], flow: &Flow<'_>) -> f32 {
    let mut height = 0.0;
    let mut after: Option<f32> = None;
    for set in sets {
        let (before, own, below) = match set {
            Set::Paragraph(paragraph) => (paragraph.before, paragraph.least_height(), paragraph.after),
            Set::Table(table) => (table.before, flow.first_height(table), table.after),
        };
        height += own + after.map_or_else(|| flow.gap(before, false), |after| after.max(before));
        after = Some(below);
        if matches!(set, Set::Table(_)) {
            // The notes under it are its own affair.
            break;
        }
    }
    height
}

/// Which blocks stand on landscape pages: tables that are too wide for a portrait one, what leads to them, and the
/// notes under them.
fn orientations(document: &Document, columns: &[Option<Columns>]) -> Vec<bool> {
    let blocks = &document.blocks;
    let mut landscape: Vec<bool> =
        columns.iter().map(|columns| columns.as_ref().is_some_and(|c| c.landscape)).collect();
    for (lies, is_turned) in landscape.iter_mut().zip(turned(blocks)) {
        *lies |= is_turned;
    }
    for index in (0..blocks.len().saturating_sub(1)).rev() {
        if let Block::Paragraph(paragraph) = &blocks[index]
            && leads(&paragraph.kind.now)
            && !matches!(blocks[index + 1], Block::Furniture(_))
        {
            landscape[index] = landscape[index + 1];
        }
    }
    for index in 1..blocks.len() {
        if let Block::Paragraph(paragraph) = &blocks[index]
            && paragraph.kind.now == Kind::Role(TextRole::Note)
        {
            landscape[index] = landscape[index - 1];
        }
    }
    landscape
}
