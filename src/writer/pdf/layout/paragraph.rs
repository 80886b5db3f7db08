//! Paragraphs, headings and list items as lines, with their places in the structure.

use super::figures::SetFigure;
use super::hands;
use super::ink::{Ink, Inked, Manner, colour_of, ink, parted, slot_for, stroke_of};
use super::lines::{Line, break_lines};
use super::lists::Listed;
use super::notes::SetNote;
use super::setter::Setter;
use crate::document::{self, Kind, Mark, Marker, Paragraph, Run, TextRole, text_of};
use crate::stylesheet::{Colour, Stylesheet, TERM_GAP, TextStyle};
use crate::writer::keeping::leads;
use crate::writer::pdf::length::points;
use crate::writer::pdf::placed::Belongs;
use crate::writer::pdf::tree::{NodeId, Tag};
use crate::writer::typeset::Face;
use crate::writer::was;
use crate::writer::{Problem, style_of};
use std::borrow::Cow;
use std::rc::Rc;

/// A paragraph in lines. Lengths are points.
#[derive(Debug)]
pub(super) struct SetParagraph {
    /// What hangs left of the first line: a bullet, a number.
    pub label: Option<Label>,
    /// How far the lines stand in.
    pub indent: f32,
    /// The pictures over its lines.
    pub figures: Vec<SetFigure>,
    pub lines: Vec<Line>,
    /// The notes that its lines refer to, in order.
    pub notes: Vec<SetNote>,
    pub size: f32,
    pub leading: f32,
    pub before: f32,
    pub after: f32,
    /// Where it stands beside others.
    pub column: Column,
    /// Whether it may not end a page.
    pub keeps_next: bool,
    /// Whether the space above it stands even at the head of a page, as on a cover.
    pub keeps_before: bool,
}

/// Where a paragraph stands beside others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Beside none.
    Whole,
    /// Left of those that follow.
    Term,
    /// Right of a term.
    Meaning,
}

#[derive(Debug)]
pub(super) struct Label {
    pub x: f32,
    pub line: Line,
}

/// The narrowest text that is still read as lines, in points.
const NARROWEST: f32 = 60.0;

fn base_colour(kind: &Kind, sheet: &Stylesheet) -> Colour {
    match kind {
        Kind::Role(TextRole::Instruction) => sheet.colours.instruction,
        _ => sheet.colours.text,
    }
}

impl Setter<'_> {
    /// Sets a paragraph in lines of the width given, the block of the document if it is one. A caption is told which table it belongs to.
    pub fn paragraph(
        &mut self,
        block: Option<usize>,
        paragraph: &Paragraph,
        width: f32,
        table: Option<NodeId>,
    ) -> SetParagraph {
        let sheet = self.sheet;
        let kind = &paragraph.kind.now;
        let style = style_of(kind, sheet);
        let manner = Manner {
            strong: style.strong || *kind == Kind::Role(TextRole::Term),
            emphasis: style.emphasis,
            size: style.size,
            colour: base_colour(kind, sheet),
            mark: Mark::Kept,
        };
        let listed = self.lists.enter(kind, &mut self.tree);
        let home = self.element(kind, &listed, table);
        let (column, inset) = self.column(kind);
        let (whole, width) = match column {
            Column::Whole => (width, width),
            Column::Term => (width, points(sheet.term_column() - TERM_GAP)),
            Column::Meaning => (width, width - inset),
        };
        let figures = self.figures(block, &paragraph.runs, home);
        let words = without_figures(&paragraph.runs);
        let node = match figures.last() {
            Some(figure) if *kind == Kind::Role(TextRole::Figure) && !words.is_empty() => {
                self.tree.add(figure.node, Tag::Caption)
            }
            _ => home,
        };
        let (shown, references) = self.refer(&words);
        let from = self.tree.nodes.len();
        let (number, words) = match kind {
            Kind::Clause { .. } => at_number(&shown),
            _ => (Vec::new(), Cow::Borrowed(&*shown)),
        };
        let mut runs = Vec::with_capacity(paragraph.runs.len() + 2);
        if !number.is_empty() {
            let label = self.tree.add(node, Tag::Label);
            runs.extend(ink(&number, manner, sheet, &self.hands, (&mut self.tree, label)));
        }
        runs.extend(ink(&words, manner, sheet, &self.hands, (&mut self.tree, node)));
        if let Some(sign) = self.paragraph_sign(paragraph, manner, node) {
            runs.push(sign);
        }
        let (label, indent, body) = match kind {
            Kind::Item { level, marker } => self.hang_item(paragraph, *level, marker, &listed, runs),
            Kind::Heading { .. } | Kind::Clause { .. } => self.hang_number(runs, style),
            _ => (None, 0.0, runs),
        };
        let body = parted(body, false);
        let body_is_empty = body.is_empty();
        if width - indent < NARROWEST {
            self.problems.push(too_deep(block, kind));
        }
        let mut lines = break_lines(&mut self.shaper, &body, style.size, (width - indent).max(NARROWEST));
        // An item that has another label is changed there alone.
        let all_changed = paragraph.kind.was.is_some() && former_label(paragraph).is_none();
        let label_changed = label.as_ref().is_some_and(|label| label.line.changed);
        for (index, line) in lines.iter_mut().enumerate() {
            line.changed |= all_changed || (index == 0 && label_changed);
        }
        let was = all_changed.then(|| was::kind(paragraph, &sheet.marks.was)).flatten().map(Rc::<str>::from);
        for line in &mut lines {
            line.said.splice(0..0, was.clone());
        }
        let whose = block.and_then(|block| self.hands.whose(block, None, None));
        hands::attribute(&mut self.tree, from, whose.as_deref());
        for line in &mut lines {
            self.note_beside(line, whose.as_slice());
        }
        let label = label.map(|label| Label { x: label.x + inset, ..label });
        let notes = self.set_notes(&references, node, whole);
        self.note_missing(block, label.iter().map(|label| &label.line).chain(&lines));
        // A picture alone has no line under it.
        if !figures.is_empty() && body_is_empty {
            lines.clear();
        }
        SetParagraph {
            label,
            indent: indent + inset,
            figures,
            lines,
            notes,
            size: style.size,
            leading: style.size * style.line,
            before: style.before,
            after: style.after,
            column,
            keeps_next: leads(kind),
            keeps_before: *kind == Kind::Role(TextRole::Title),
        }
    }

    /// Where it stands beside others, and how far in: the items within what a term means as if that were an item.
    fn column(&self, kind: &Kind) -> (Column, f32) {
        let column = points(self.sheet.term_column());
        match kind {
            Kind::Role(TextRole::Term) => (Column::Term, 0.0),
            Kind::Role(TextRole::Meaning) => (Column::Meaning, column),
            Kind::Item { .. } if self.lists.is_defining() => (Column::Meaning, column - points(self.sheet.list_indent)),
            _ => (Column::Whole, 0.0),
        }
    }

    /// The element that holds the paragraph's text.
    fn element(&mut self, kind: &Kind, listed: &Listed, table: Option<NodeId>) -> NodeId {
        let root = crate::writer::pdf::tree::Tree::ROOT;
        match kind {
            Kind::Heading { level, .. } => {
                let depth = self.depth_of(*level);
                self.tree.add(root, Tag::Heading(depth))
            }
            Kind::Item { marker: Marker::Continued, .. } => {
                let home = listed.body.unwrap_or(root);
                self.tree.add(home, Tag::Paragraph)
            }
            Kind::Item { .. } => listed.body.unwrap_or(root),
            Kind::Role(TextRole::Term) => listed.label.unwrap_or(root),
            Kind::Role(TextRole::Meaning) => self.tree.add(listed.body.unwrap_or(root), Tag::Paragraph),
            Kind::Role(TextRole::Caption) => {
                self.tree.add(table.unwrap_or(root), if table.is_some() { Tag::Caption } else { Tag::Paragraph })
            }
            Kind::Role(TextRole::Title | TextRole::Subtitle) => self.tree.add(root, Tag::Title),
            Kind::Role(TextRole::Instruction) => self.tree.add(root, Tag::Instruction),
            Kind::Role(TextRole::Note | TextRole::Classification) => self.tree.add(root, Tag::Note),
            Kind::Body | Kind::Clause { .. } | Kind::Role(TextRole::Figure) => self.tree.add(root, Tag::Paragraph),
        }
    }

    /// How deep a heading of this level is, when no level between may be left out.
    fn depth_of(&mut self, level: u8) -> u8 {
        while self.headings.last().is_some_and(|&open| open >= level) {
            self.headings.pop();
        }
        self.headings.push(level);
        self.headings.len().min(6) as u8
    }

    /// A sign for a paragraph mark that is inserted or deleted where the text beside it isn't, so that nobody
    /// overlooks it.
    fn paragraph_sign(&mut self, paragraph: &Paragraph, manner: Manner, node: NodeId) -> Option<Inked<'static>> {
        const SIGN: &str = "¶";
        let mark = paragraph.mark;
        let whole = !paragraph.runs.is_empty() && paragraph.runs.iter().all(|run| run.mark == mark);
        if mark == Mark::Kept || whole {
            return None;
        }
        let slot = slot_for(&mut self.tree, node, mark, SIGN, self.sheet);
        let colour = colour_of(mark, manner.colour, self.sheet);
        let ink = Ink {
            stroke: stroke_of(mark),
            tint: Some(colour.tint()),
            ..Ink::plain(Face::of(true, manner.emphasis), colour, Belongs::Slot(slot))
        };
        Some(Inked { text: SIGN, ink, changed: true, said: Vec::new() })
    }

    /// A list item's bullet or label, how far its text stands in, and the text.
    fn hang_item<'t>(
        &mut self,
        paragraph: &Paragraph,
        level: u8,
        marker: &Marker,
        listed: &Listed,
        runs: Vec<Inked<'t>>,
    ) -> (Option<Label>, f32, Vec<Inked<'t>>) {
        let sheet = self.sheet;
        let step = points(sheet.list_indent);
        let depth = f32::from(level.max(1));
        let former = former_label(paragraph);
        let (now, left) = match marker {
            Marker::Bullet => {
                let index = usize::from(level.max(1) - 1) % sheet.bullets.len().max(1);
                (sheet.bullets.get(index).map_or("", String::as_str), (depth - 0.75) * step)
            }
            Marker::Label(label) => (label.as_str(), (depth - 1.0) * step),
            Marker::Continued => ("", 0.0),
        };
        let (Some(node), false) = (listed.label, now.is_empty()) else { return (None, depth * step, runs) };
        let signs = match former {
            Some(was) => vec![(was.as_str(), Mark::Deleted), (now, Mark::Inserted)],
            None => vec![(now, paragraph.mark)],
        };
        // The blank parts the label from the text where both are copied.
        let signs: Vec<(String, Mark)> = signs.into_iter().map(|(sign, mark)| (format!("{sign} "), mark)).collect();
        let inked: Vec<Inked<'_>> = signs
            .iter()
            .map(|(text, mark)| {
                let (slot, stroke) = match former {
                    Some(_) => (slot_for(&mut self.tree, node, *mark, text, sheet), stroke_of(*mark)),
                    None => (self.tree.slot(node), None),
                };
                let colour = colour_of(*mark, sheet.colours.text, sheet);
                let belongs = Belongs::Slot(slot);
                let ink = Ink { stroke, ..Ink::plain(Face::Regular, colour, belongs) };
                Inked { text, ink, changed: *mark != Mark::Kept, said: Vec::new() }
            })
            .collect();
        let line = one_line(self, &inked, sheet.list.size);
        let indent = (depth * step).max((depth - 1.0) * step + line.width + sheet.list.size * 0.4);
        (Some(Label { x: left, line }), indent, runs)
    }

    /// A heading's number, how far its text stands in, and the text.
    pub fn hang_number<'t>(&mut self, runs: Vec<Inked<'t>>, style: &TextStyle) -> (Option<Label>, f32, Vec<Inked<'t>>) {
        let Some(length) = number_length(&runs) else { return (None, 0.0, runs) };
        let (number, text) = split(runs, length);
        let line = one_line(self, &parted(number, false), style.size);
        let indent = points(self.sheet.heading_indent).max(line.width + style.size * 0.6);
        (Some(Label { x: 0.0, line }), indent, text)
    }

    /// Remembers each character that no face has, once for each block.
    pub fn note_missing<'l>(&mut self, block: Option<usize>, lines: impl Iterator<Item = &'l Line>) {
        for word in lines.flat_map(|line| &line.fragments).flat_map(|fragment| &fragment.words) {
            for &character in &word.missing {
                if self.missing.insert((block, character)) {
                    self.problems.push(Problem::no_glyph(block, character));
                }
            }
        }
    }
}

fn one_line(setter: &mut Setter<'_>, runs: &[Inked<'_>], size: f32) -> Line {
    break_lines(&mut setter.shaper, runs, size, f32::from(u16::MAX)).into_iter().next().unwrap_or_default()
}

/// The length of the section number that a heading starts with, and of the blanks after it.
fn number_length(runs: &[Inked<'_>]) -> Option<usize> {
    length_of_number(&runs.iter().map(|run| run.text).collect::<String>())
}

/// The words of some runs, without the pictures among them and the line ends after these.
fn without_figures(runs: &[Run]) -> Cow<'_, [Run]> {
    if runs.iter().all(|run| run.style.both().all(|style| style.figure.is_none())) {
        return Cow::Borrowed(runs);
    }
    let mut words: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs.iter().filter(|run| run.style.both().all(|style| style.figure.is_none())) {
        let text = if words.is_empty() { run.text.trim_start_matches('\n') } else { &run.text };
        words.extend((!text.is_empty()).then(|| Run { text: text.to_owned(), ..run.clone() }));
    }
    Cow::Owned(words)
}

/// The number that a section without a heading starts with, and its words.
fn at_number(runs: &[Run]) -> (Vec<Run>, Cow<'_, [Run]>) {
    let Some(mut left) = length_of_number(&text_of(runs)) else { return (Vec::new(), Cow::Borrowed(runs)) };
    let (mut number, mut words) = (Vec::new(), Vec::with_capacity(runs.len()));
    for run in runs {
        let (head, tail) = run.text.split_at(left.min(run.text.len()));
        left -= head.len();
        let part = |text: &str| Run { text: text.to_owned(), ..run.clone() };
        number.extend((!head.is_empty()).then(|| part(head)));
        words.extend((!tail.is_empty()).then(|| part(tail)));
    }
    (number, Cow::Owned(words))
}

fn length_of_number(text: &str) -> Option<usize> {
    let number = document::number_end(text);
    let rest = text.get(number..)?;
    let blanks = rest.len() - rest.trim_start_matches(' ').len();
    let is_number = text.starts_with(|c: char| c.is_ascii_digit()) && blanks > 0 && blanks < rest.len();
    is_number.then_some(number + blanks)
}

/// Parts runs at a byte of their text.
fn split(runs: Vec<Inked<'_>>, at: usize) -> (Vec<Inked<'_>>, Vec<Inked<'_>>) {
    let (mut head, mut tail) = (Vec::new(), Vec::new());
    let mut start = 0;
    for run in runs {
        let cut = at.saturating_sub(start).min(run.text.len());
        start += run.text.len();
        let (left, right) = run.text.split_at_checked(cut).unwrap_or((run.text, ""));
        if !left.is_empty() {
            head.push(Inked { text: left, ..run.clone() });
        }
        if !right.is_empty() {
            tail.push(Inked { text: right, ..run });
        }
    }
    (head, tail)
}

fn too_deep(block: Option<usize>, kind: &Kind) -> Problem {
    let message = match kind {
        Kind::Item { level, .. } => format!("a list {level} levels deep leaves no room for its text"),
        _ => "the page leaves no room for its text".to_owned(),
    };
    let help = "use fewer levels, a smaller `list_indent`, or narrower margins (`page`) in the style sheet".to_owned();
    Problem { block, character: None, message, help }
}

/// The label that an item had, where it has another now.
fn former_label(paragraph: &Paragraph) -> Option<&document::Label> {
    match (&paragraph.kind.now, paragraph.kind.was.as_ref()?) {
        (Kind::Item { marker: Marker::Label(now), .. }, Kind::Item { marker: Marker::Label(was), .. }) => {
            (was != now).then_some(was)
        }
        _ => None,
    }
}
