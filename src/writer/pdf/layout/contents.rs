//! The table of contents. Its lines are set while the pages are filled; its page numbers once all pages are known.

use super::flow::{Flow, LinePlacement};
use super::ink::{Ink, Inked, Manner, ink, parted};
use super::lines::break_lines;
use super::setter::Setter;
use crate::document::{Mark, Part, PartKind, Run, anchor};
use crate::stylesheet::Colour;
use crate::writer::contents::{BETWEEN_ENTRIES, ContentsEntry};
use crate::writer::pdf::length::points;
use crate::writer::pdf::placed::{Belongs, Destination, Link, Text};
use crate::writer::pdf::tree::{Tag, Tree};
use crate::writer::typeset::Face;
use crate::writer::view::RevisionView;

/// A part that the contents list.
#[derive(Clone, Debug)]
pub(super) struct Listing {
    /// The level that it is listed at, from 1.
    pub level: u8,
    /// Its words, each with its mark.
    pub runs: Vec<Run>,
    /// Its words in the latest of the texts that list it.
    pub title: String,
    /// Index into the places of the parts.
    pub part: usize,
    pub anchor: String,
}

/// What the contents lead to that is neither a section nor a matrix: other headings and captions, as parts.
pub(super) fn others(entries: &[ContentsEntry], parts: &[Part]) -> Vec<Part> {
    let is_part = |block: usize| parts.binary_search_by_key(&block, |part| part.blocks.start).is_ok();
    let other = |entry: &ContentsEntry| Part {
        kind: PartKind::Section,
        // No section has an id that begins with a blank.
        id: format!(" {}", entry.block),
        level: entry.depth,
        blocks: entry.block..entry.block + 1,
    };
    entries.iter().filter(|entry| !is_part(entry.block)).map(other).collect()
}

/// The lines of the contents of both texts, marked as in Word. `parts` are in order.
pub(super) fn listings(entries: &[ContentsEntry], parts: &[Part]) -> Vec<Listing> {
    let listing = |entry: &ContentsEntry| {
        let part = parts.binary_search_by_key(&entry.block, |part| part.blocks.start).ok()?;
        let Part { kind, id, .. } = parts.get(part)?;
        let [was, now] = RevisionView::BOTH.map(|view| entry.title(view));
        Some(Listing {
            level: entry.level.now,
            title: now.or(was)?,
            runs: entry.runs.iter().map(single_blanks).collect(),
            part,
            anchor: anchor(*kind, id),
        })
    };
    entries.iter().filter_map(listing).collect()
}

/// A run without the blanks that stand in a row within it.
fn single_blanks(run: &Run) -> Run {
    let mut text = run.text.replace(char::is_whitespace, " ");
    while text.contains("  ") {
        text = text.replace("  ", " ");
    }
    Run { text, ..run.clone() }
}

/// A page number that is not known yet.
#[derive(Debug)]
pub(super) struct Pending {
    /// The text to fill, by its page and its place there.
    page: usize,
    text: usize,
    part: usize,
    /// Where the title ends, and where the number does.
    from: f32,
    right: f32,
}

/// Room for a page number and some dots, in points.
const NUMBER: f32 = 36.0;

/// Puts the lines of the contents.
pub(super) fn put(setter: &mut Setter<'_>, flow: &mut Flow<'_>, listings: &[Listing]) -> Vec<Pending> {
    setter.lists.close();
    let contents = setter.tree.add(Tree::ROOT, Tag::Contents);
    let mut pending = Vec::new();
    for listing in listings {
        flow.turn(false);
        let gap = flow.gap(0.0, false);
        flow.skip(gap);
        let item = setter.tree.add(contents, Tag::ContentsItem);
        pending.push(put_listing(setter, flow, listing, item));
    }
    flow.put(setter.sheet.body.after);
    pending
}

fn put_listing(setter: &mut Setter<'_>, flow: &mut Flow<'_>, listing: &Listing, item: usize) -> Pending {
    let sheet = setter.sheet;
    let reference = setter.tree.add(item, Tag::Reference);
    let link = setter.tree.add(reference, Tag::Link);
    setter.tree.nodes[link].alt = Some(listing.title.clone());
    let style = &sheet.body;
    let leading = style.size * style.line;
    let strong = listing.level == 1;
    let manner = Manner { strong, emphasis: false, size: style.size, colour: sheet.colours.text, mark: Mark::Kept };
    let mut runs = ink(&listing.runs, manner, sheet, &setter.hands, (&mut setter.tree, link));
    let slot = setter.tree.slot(link);
    // The blank parts the title from its page number where both are copied.
    let end = Ink::plain(Face::of(strong, false), sheet.colours.text, Belongs::Slot(slot));
    runs.push(Inked { text: " ", ink: end, changed: false, said: Vec::new() });
    // The number of a section hangs, as in its heading, and as in Word.
    let (number, hanging, text) = setter.hang_number(runs, style);
    let indent = if number.is_some() { hanging } else { points(sheet.heading_indent) };
    let first = if number.is_some() { indent } else { 0.0 };
    let width = flow.frame.text_width() - indent - NUMBER;
    let mut lines = break_lines(&mut setter.shaper, &parted(text, false), style.size, width);
    if let (Some(first), Some(number)) = (lines.first_mut(), &number) {
        first.changed |= number.line.changed;
    }
    let height = lines.len() as f32 * leading;
    if height > flow.room() + 0.01 && !flow.fresh {
        flow.next_page();
    }
    let (left, right, top) = (flow.frame.left, flow.frame.right, flow.y);
    let starts = |index: usize| left + if index == 0 { first } else { indent };
    let from = starts(lines.len().saturating_sub(1)) + lines.last().map_or(0.0, |line| line.width);
    if let Some(number) = number {
        flow.line_at(number.line, top, LinePlacement { x: left, size: style.size, leading });
    }
    for (index, line) in lines.into_iter().enumerate() {
        flow.line(line, LinePlacement { x: starts(index), size: style.size, leading });
    }
    flow.put(BETWEEN_ENTRIES);
    let bottom = flow.y;
    let baseline = flow.page().texts.last().map_or(bottom, |text| text.baseline);
    let target = format!("#{}", listing.anchor);
    let (height, text) = (flow.y - top, listing.title.clone());
    flow.page().links.push(Link { x: left, y: top, width: right - left, height, target, node: link, text });
    let number = Text {
        x: right,
        baseline,
        size: style.size,
        face: Face::of(strong, false),
        colour: sheet.colours.text,
        words: Vec::new(),
        belongs: Belongs::Slot(slot),
    };
    flow.page().texts.push(number);
    Pending { page: flow.pages.len() - 1, text: flow.page().texts.len() - 1, part: listing.part, from, right }
}

/// Fills in the page numbers, and the dots that lead to them.
pub(super) fn fill(setter: &mut Setter<'_>, flow: &mut Flow<'_>, pending: &[Pending], places: &[Option<Destination>]) {
    for number in pending {
        let Some(place) = places.get(number.part).copied().flatten() else { continue };
        let Some(page) = flow.pages.get_mut(number.page) else { continue };
        let Some(text) = page.texts.get_mut(number.text) else { continue };
        let word = setter.shaper.word(text.face, &(place.page + 1).to_string());
        let x = number.right - word.width as f32 * text.size / 1000.0;
        text.x = x;
        text.words = vec![word];
        let (size, baseline) = (text.size, text.baseline);
        let leader = leader(setter, number.from, x, baseline, size, setter.sheet.colours.quiet);
        // Behind all that is read, so that the places of other numbers stay as they are.
        page.texts.extend(leader);
    }
}

/// Dots on a grid of their own, so that those of all lines stand under each other.
fn leader(setter: &mut Setter<'_>, from: f32, to: f32, baseline: f32, size: f32, colour: Colour) -> Option<Text> {
    let dot = setter.shaper.word(Face::Regular, " .");
    let step = dot.width as f32 * size / 1000.0;
    let first = ((from + size / 2.0) / step).ceil();
    let count = ((to - size / 2.0) / step).floor() - first;
    (count >= 1.0).then(|| Text {
        x: first * step,
        baseline,
        size,
        face: Face::Regular,
        colour,
        words: vec![dot; count as usize],
        belongs: Belongs::Page,
    })
}
