//! Pictures of the text, each on a line of its own above the words of its paragraph.

use super::flow::Flow;
use super::hands;
use super::ink::{colour_of, stroke_of};
use super::setter::Setter;
use crate::document::{Mark, Run};
use crate::stylesheet::Picture;
use crate::writer::pdf::length::points;
use crate::writer::pdf::placed::{Area, Shown, Spot};
use crate::writer::pdf::tree::{NodeId, SlotId, Tag};
use std::rc::Rc;
use std::sync::Arc;

/// Between a picture and what stands under it, in points.
const GAP: f32 = 6.0;
/// How thick the frame around a picture is that comes or goes, in points.
const FRAME: f32 = 1.5;

/// A picture that is ready to be put.
#[derive(Debug)]
pub(super) struct SetFigure {
    figure: usize,
    width: f32,
    height: f32,
    mark: Mark,
    pub node: NodeId,
    slot: SlotId,
    note: Option<Rc<super::lines::Note>>,
}

impl SetFigure {
    /// With the space under it.
    pub fn height(&self) -> f32 {
        self.height + GAP
    }
}

impl Setter<'_> {
    /// Sets the pictures among some runs, within an element.
    pub fn figures(&mut self, block: Option<usize>, runs: &[Run], home: NodeId) -> Vec<SetFigure> {
        let mut set = Vec::new();
        for run in runs {
            let style = if run.mark == Mark::Deleted { run.style.before() } else { &run.style.now };
            let Some(figure) = &style.figure else { continue };
            // What isn't there has been told.
            let Some((picture, (width, height))) = self.sheet.figure(&figure.file) else { continue };
            let index = self.known_figure(picture);
            let from = self.tree.nodes.len();
            let home = match run.mark {
                Mark::Kept => home,
                Mark::Inserted => self.tree.add(home, Tag::Inserted),
                Mark::Deleted => self.tree.add(home, Tag::Deleted),
            };
            let node = self.tree.add(home, Tag::Figure);
            if let Some(element) = self.tree.nodes.get_mut(node) {
                element.alt = Some(figure.alt.clone());
            }
            let slot = self.tree.slot(node);
            let whose = block.and_then(|block| self.hands.whose(block, None, None)).or_else(|| self.hands.of_run(run));
            hands::attribute(&mut self.tree, from, whose.as_deref());
            let note = (run.mark != Mark::Kept).then(|| self.note(whose.iter())).flatten();
            let (width, height) = (points(width), points(height));
            set.push(SetFigure { figure: index, width, height, mark: run.mark, node, slot, note });
        }
        set
    }

    fn known_figure(&mut self, picture: &Arc<Picture>) -> usize {
        let known = self.shown.iter().position(|known| Arc::ptr_eq(known, picture));
        known.unwrap_or_else(|| {
            self.shown.push(Arc::clone(picture));
            self.shown.len() - 1
        })
    }
}

impl Flow<'_> {
    /// Puts a picture at the cursor, on the next page if this one has no room.
    pub fn figure(&mut self, set: SetFigure, indent: f32) {
        if set.height() > self.room() && !self.fresh {
            self.next_page();
        }
        let spot = Spot { x: self.frame.left + indent, y: self.y, width: set.width, height: set.height };
        if let Some(stroke) = stroke_of(set.mark) {
            self.bar(spot.y, spot.height, set.note.as_ref());
            self.frame(spot, set.mark, stroke == super::ink::Stroke::Through);
        }
        self.page().figures.push(Shown { figure: set.figure, spot, slot: set.slot });
        self.skip(set.height());
        self.put(0.0);
    }

    /// A frame in the colour of a change, and a line through what goes.
    fn frame(&mut self, Spot { x, y, width, height }: Spot, mark: Mark, through: bool) {
        let colour = colour_of(mark, self.sheet().colours.text, self.sheet());
        let mut rule = |x, y, width, height| self.page().rules.push(Area { x, y, width, height, colour });
        rule(x, y, width, FRAME);
        rule(x, y + height - FRAME, width, FRAME);
        rule(x, y, FRAME, height);
        rule(x + width - FRAME, y, FRAME, height);
        if through {
            rule(x, y + height / 2.0, width, FRAME);
        }
    }
}
