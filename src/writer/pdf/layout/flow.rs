//! Pages, and the place on them where the next thing goes.

use super::ink::{Ink, Stroke};
use super::lines::{Line, LineFragment, Note};
use crate::document::Align;
use crate::stylesheet::{Colour, Stylesheet};
use crate::writer::pdf::length::points;
use crate::writer::pdf::placed::{Area, Belongs, Destination, Link, Page, Text};
use std::rc::Rc;

/// How far the lines of Liberation Sans reach above and below the baseline, as parts of the size.
const ASCENT: f32 = 0.905;
const DESCENT: f32 = 0.212;
/// Where strokes run, above the baseline, and how thick they are, as parts of the size.
const UNDER: f32 = -0.12;
const THROUGH: f32 = 0.25;
const THICKNESS: f32 = 0.06;
/// How far a note stands from the bar, in points, and how far its lines from each other, as parts of their size.
pub(super) const NOTE_GAP: f32 = 3.0;
const NOTE_LINE: f32 = 1.15;
/// How near to the ends of the paper its foot and the notes in its margin may come, in millimetres.
pub(super) const EDGE: f32 = 8.0;

/// The part of a page that text may fill. Lengths are points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub width: f32,
    pub height: f32,
    pub left: f32,
    pub right: f32,
    pub top: f32,
    pub bottom: f32,
}

/// How much room head and foot of the page need from the ends of the paper, if the margins have less.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ends {
    pub head: f32,
    pub foot: f32,
}

impl Frame {
    pub fn new(sheet: &Stylesheet, landscape: bool, ends: Ends) -> Self {
        let page = &sheet.page;
        let (width, height) = match landscape {
            false => (points(page.width), points(page.height)),
            true => (points(page.height), points(page.width)),
        };
        let bottom = height - points(page.bottom).max(ends.foot);
        Self {
            width,
            height,
            left: points(page.left),
            right: width - points(page.right),
            top: points(page.top).max(ends.head),
            bottom,
        }
    }

    pub fn text_width(&self) -> f32 {
        self.right - self.left
    }
}

/// The pages so far, and the cursor.
#[derive(Debug)]
pub(super) struct Flow<'s> {
    sheet: &'s Stylesheet,
    pub pages: Vec<Page>,
    pub ends: Ends,
    pub frame: Frame,
    pub landscape: bool,
    /// Where the next thing goes, from the top of the page.
    pub y: f32,
    /// The space that what stands last wants below it.
    after: f32,
    /// Whether nothing stands on the page yet.
    pub fresh: bool,
    /// How far down the term reaches that stands left of the cursor, if one does.
    beside: Option<f32>,
    /// The last note in the page's margin.
    noted: Option<Noted>,
    /// What stands at the foot of the page, and what waits for the next.
    pub notes: Vec<NoteLine>,
    pub waiting: Vec<NoteLine>,
    /// Places by their names: the page, and from its top.
    pub anchors: Vec<(String, usize, f32)>,
}

/// A line at the foot of the page.
#[derive(Debug)]
pub(super) struct NoteLine {
    pub line: Line,
    pub size: f32,
    pub leading: f32,
    /// The note that begins in it.
    pub begins: Option<usize>,
}

/// The last note on a page: what it says, or that nothing is said beside the last bar, and where the notes end.
#[derive(Debug)]
struct Noted {
    text: Option<String>,
    end: f32,
}

/// How lines are put: at which x, how large, how far apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct LinePlacement {
    pub x: f32,
    pub size: f32,
    pub leading: f32,
}

impl<'s> Flow<'s> {
    pub fn new(sheet: &'s Stylesheet, ends: Ends) -> Self {
        let frame = Frame::new(sheet, false, ends);
        Self {
            sheet,
            pages: Vec::new(),
            ends,
            frame,
            landscape: false,
            y: 0.0,
            after: 0.0,
            fresh: false,
            beside: None,
            noted: None,
            notes: Vec::new(),
            waiting: Vec::new(),
            anchors: Vec::new(),
        }
    }

    /// Starts a page.
    pub fn start_page(&mut self, landscape: bool) {
        self.foot();
        self.landscape = landscape;
        self.frame = Frame::new(self.sheet, landscape, self.ends);
        self.pages.push(Page { width: self.frame.width, height: self.frame.height, ..Page::default() });
        self.y = self.frame.top;
        self.after = 0.0;
        self.fresh = true;
        self.beside = None;
        self.noted = None;
        let waiting = std::mem::take(&mut self.waiting);
        self.note_lines(waiting);
    }

    /// Makes sure that there is a page, and that it lies as asked.
    pub fn turn(&mut self, landscape: bool) {
        match self.pages.last_mut() {
            // A page on which nothing stands is turned rather than left empty.
            Some(_) if self.fresh && self.landscape != landscape => {
                self.pages.pop();
                // What would have stood at its foot stands at that of the page in its place.
                let mut notes = std::mem::take(&mut self.notes);
                notes.append(&mut self.waiting);
                self.waiting = notes;
                self.start_page(landscape);
            }
            Some(_) if self.landscape == landscape => {}
            _ => self.start_page(landscape),
        }
    }

    pub fn next_page(&mut self) {
        self.start_page(self.landscape);
    }

    /// How much room is left below the cursor.
    pub fn room(&self) -> f32 {
        self.frame.bottom - self.y - self.notes_height()
    }

    /// How much room a page has.
    pub fn whole(&self) -> f32 {
        self.frame.bottom - self.frame.top
    }

    /// The space between what stands last and something that wants `before` above it; none at the head of a page.
    pub fn gap(&self, before: f32, keeps_before: bool) -> f32 {
        match self.fresh {
            true if keeps_before => before,
            true => 0.0,
            false => self.after.max(before),
        }
    }

    pub fn skip(&mut self, height: f32) {
        self.y += height;
    }

    /// Says that something was put down to the cursor, and what space it wants below it.
    pub fn put(&mut self, after: f32) {
        self.fresh = false;
        self.after = after;
    }

    /// Goes back up to `top`, to put other things right of what was put down to the cursor.
    pub fn go_beside(&mut self, top: f32) {
        self.beside = Some(self.y);
        self.y = top;
        self.after = 0.0;
    }

    /// Goes below what stands left of the cursor.
    pub fn go_below(&mut self) {
        self.y = self.beside.take().map_or(self.y, |bottom| bottom.max(self.y));
    }

    pub fn here(&self) -> Destination {
        Destination { page: self.pages.len().saturating_sub(1), top: self.y }
    }

    pub fn page(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.start_page(self.landscape);
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    /// Puts a line at the cursor and moves below it; a changed one gets a bar beside it.
    pub fn line(&mut self, line: Line, placement: LinePlacement) {
        if line.changed {
            self.bar(self.y, placement.leading, line.note.as_ref());
        }
        let y = self.y;
        self.line_at(line, y, placement);
        self.y += placement.leading;
    }

    /// Puts a line with its top at `y`.
    pub fn line_at(&mut self, line: Line, y: f32, placement: LinePlacement) {
        let LinePlacement { x, size, leading } = placement;
        let baseline = y + (leading - (ASCENT + DESCENT) * size) / 2.0 + ASCENT * size;
        let page = self.page();
        let end = x + line.width;
        for fragment in line.fragments {
            fragment_at(page, fragment, x, baseline, end, size);
        }
    }

    /// The bar in the margin beside what is changed, and the note that stands beside it. One that goes on where another
    /// ends is one bar.
    pub fn bar(&mut self, y: f32, height: f32, note: Option<&Rc<Note>>) {
        let (x, width) = (self.bar_left(), self.sheet.marks.bar_width);
        let colour = self.sheet.colours.text;
        let page = self.page();
        match page.rules.iter_mut().rev().find(|rule| rule.x == x && rule.width == width) {
            Some(above) if (above.y + above.height - y).abs() < 0.1 => {
                above.height = y + height - above.y;
                self.note(note, y, true);
            }
            _ => {
                page.rules.push(Area { x, y, width, height, colour });
                self.note(note, y, false);
            }
        }
    }

    /// Puts a note left of the bar, under the one above it. Where a bar goes on, the same isn't said again.
    fn note(&mut self, note: Option<&Rc<Note>>, y: f32, goes_on: bool) {
        let Noted { text, end } = self.noted.take().unwrap_or(Noted { text: None, end: 0.0 });
        let said = note.map(|note| note.text.clone());
        let is_said = goes_on && said == text;
        let mut top = end.max(y);
        if let Some(note) = note.filter(|_| !is_said) {
            let size = self.sheet.marks.note_size;
            let right = self.bar_left() - NOTE_GAP;
            let last = self.frame.height - points(EDGE) - size * NOTE_LINE;
            for line in &note.lines {
                // What has no room on the page any more is said in the structure alone.
                if top > last {
                    break;
                }
                let baseline = top + (NOTE_LINE - ASCENT - DESCENT) * size / 2.0 + ASCENT * size;
                let left = right - line.width;
                let texts = line.fragments.iter().map(|fragment| Text {
                    x: left + fragment.x,
                    baseline,
                    size,
                    face: fragment.ink.face,
                    colour: fragment.ink.colour,
                    words: fragment.words.clone(),
                    belongs: Belongs::Margin,
                });
                self.page().notes.extend(texts);
                top += size * NOTE_LINE;
            }
        } else {
            top = end;
        }
        self.noted = Some(Noted { text: said, end: top });
    }

    pub fn sheet(&self) -> &'s Stylesheet {
        self.sheet
    }

    /// From the left of the paper to the bar.
    fn bar_left(&self) -> f32 {
        let marks = &self.sheet.marks;
        self.frame.left - points(marks.bar_gap) - marks.bar_width
    }

    pub fn rule(&mut self, x: f32, y: f32, width: f32, height: f32) {
        let colour = self.sheet.colours.rule;
        self.page().rules.push(Area { x, y, width, height, colour });
    }

    pub fn fill(&mut self, x: f32, y: f32, width: f32, height: f32, colour: Colour) {
        self.page().fills.push(Area { x, y, width, height, colour });
    }
}

/// Where a line of this width starts, so that it is aligned in the room given.
pub(super) fn aligned(align: Align, width: f32, room: f32) -> f32 {
    match align {
        Align::Left => 0.0,
        Align::Centre => ((room - width) / 2.0).max(0.0),
        Align::Right => (room - width).max(0.0),
    }
}

/// Puts a fragment of a line that starts at `x` and, but for blanks, ends at `end`.
fn fragment_at(page: &mut Page, fragment: LineFragment, x: f32, baseline: f32, end: f32, size: f32) {
    let LineFragment { x: offset, width, words, ink } = fragment;
    let x = x + offset;
    let seen = width.min(end - x).max(0.0);
    let (size, rise) = ink.size_and_rise(size);
    let baseline = baseline - rise;
    let stroke = ink.stroke.map(|stroke| match stroke {
        Stroke::Under => UNDER,
        Stroke::Through => THROUGH,
    });
    if let Some(colour) = ink.tint {
        let (y, height) = (baseline - ASCENT * size, (ASCENT + DESCENT) * size);
        page.fills.push(Area { x, y, width: seen, height, colour });
    }
    if let Some(height) = stroke {
        let thickness = THICKNESS * size;
        let y = baseline - height * size - thickness / 2.0;
        page.rules.push(Area { x, y, width: seen, height: thickness, colour: ink.colour });
    }
    if let Some((node, target)) = &ink.link
        && seen > 0.0
    {
        let (y, height) = (baseline - ASCENT * size, (ASCENT + DESCENT) * size);
        let text = words.iter().map(|word| &*word.text).collect::<String>().trim().to_owned();
        page.links.push(Link { x, y, width: seen, height, target: target.to_string(), node: *node, text });
    }
    if words.iter().any(|word| !word.glyphs.is_empty()) {
        page.texts.push(Text { x, baseline, size, face: ink.face, colour: ink.colour, words, belongs: ink.belongs });
    }
}

/// The line as what is on the page only because it is a page: of no place in the text's structure, nor a link.
pub(super) fn as_page(line: &Line, belongs: Belongs) -> Line {
    let fragment = |fragment: &LineFragment| LineFragment {
        x: fragment.x,
        width: fragment.width,
        words: fragment.words.clone(),
        ink: Ink { belongs, link: None, ..fragment.ink.clone() },
    };
    let fragments = line.fragments.iter().map(fragment).collect();
    Line { fragments, width: line.width, changed: line.changed, ..Line::default() }
}
