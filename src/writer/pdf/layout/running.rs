//! What stands at the head and the foot of each page.

use super::flow::{EDGE, Ends, Flow, Frame, LinePlacement};
use super::ink::{Ink, Inked};
use super::lines::{Line, break_lines};
use super::setter::Setter;
use crate::document::Meta;
use crate::stylesheet::{HEAD_GAP as GAP, LogoSide, TextStyle};
use crate::writer::pdf::length::points;
use crate::writer::pdf::placed::{Belongs, Page, Spot};
use crate::writer::typeset::Face;

/// How thick the rule is, in points.
const RULE: f32 = 0.5;
/// Numbers as wide as any page's, to find how many lines the foot has.
const WIDEST: usize = 99_999;

/// How much room head and foot of a page need from the ends of the paper.
pub(super) fn ends(setter: &mut Setter<'_>, meta: &Meta, width: f32) -> Ends {
    let head = lines(setter, std::iter::once(&meta.header), (WIDEST, WIDEST), false, width).len();
    let foot = lines(setter, meta.footer.iter(), (WIDEST, WIDEST), true, width).len();
    let leading = setter.sheet.footer.size * setter.sheet.footer.line;
    Ends { head: points(setter.sheet.text_top(head)), foot: foot as f32 * leading + 2.0 * GAP + points(EDGE) }
}

/// Puts head and foot on all pages.
pub(super) fn run(setter: &mut Setter<'_>, flow: &mut Flow<'_>, meta: &Meta) {
    let pages = std::mem::take(&mut flow.pages);
    let count = pages.len();
    let mut done = Vec::with_capacity(count);
    for (index, page) in pages.into_iter().enumerate() {
        done.push(run_page(setter, flow, meta, page, (index + 1, count)));
    }
    flow.pages = done;
}

fn run_page(setter: &mut Setter<'_>, flow: &mut Flow<'_>, meta: &Meta, page: Page, number: (usize, usize)) -> Page {
    let landscape = page.width > page.height;
    flow.frame = Frame::new(setter.sheet, landscape, flow.ends);
    flow.pages.push(page);
    let frame = flow.frame;
    let width = frame.text_width();
    let header = lines(setter, std::iter::once(&meta.header), number, false, width);
    let style = setter.sheet.header.clone();
    let leading = style.size * style.line;
    logo(setter, flow);
    if !header.is_empty() {
        let rule = frame.top - 2.0 * GAP;
        put(flow, header, rule - GAP - leading, &style);
        flow.rule(frame.left, rule, width, RULE);
    }
    let footer = lines(setter, meta.footer.iter(), number, true, width);
    if !footer.is_empty() {
        let style = setter.sheet.footer.clone();
        let rule = frame.bottom + GAP;
        flow.rule(frame.left, rule, width, RULE);
        put(flow, footer, rule + GAP, &style);
    }
    flow.pages.pop().unwrap_or_default()
}

/// Puts the logo, if there is one, at its side of the head.
fn logo(setter: &Setter<'_>, flow: &mut Flow<'_>) {
    let Some((logo, picture)) = setter.sheet.picture() else { return };
    let (width, height) = (points(logo.width), points(logo.height(picture)));
    let x = match logo.side {
        LogoSide::Left => flow.frame.left,
        LogoSide::Right => flow.frame.right - width,
    };
    let y = points(setter.sheet.head_top());
    flow.page().logo = Some(Spot { x, y, width, height });
}

/// Puts lines one under the other in the middle of the page.
fn put(flow: &mut Flow<'_>, lines: Vec<Line>, top: f32, style: &TextStyle) {
    let leading = style.size * style.line;
    let (left, width) = (flow.frame.left, flow.frame.text_width());
    for (index, line) in lines.into_iter().enumerate() {
        let x = left + ((width - line.width) / 2.0).max(0.0);
        flow.line_at(line, top + index as f32 * leading, LinePlacement { x, size: style.size, leading });
    }
}

/// The lines of the head or the foot, with this page's number and the number of pages in their places.
fn lines<'m>(
    setter: &mut Setter<'_>,
    texts: impl Iterator<Item = &'m String>,
    (page, pages): (usize, usize),
    at_foot: bool,
    width: f32,
) -> Vec<Line> {
    let sheet = setter.sheet;
    let style = if at_foot { &sheet.footer } else { &sheet.header };
    let belongs = if at_foot { Belongs::Footer } else { Belongs::Header };
    let ink = Ink::plain(Face::of(style.strong, style.emphasis), sheet.colours.quiet, belongs);
    let mut lines = Vec::new();
    for text in texts.filter(|text| !text.is_empty()) {
        let text = text.replace("{page}", &page.to_string()).replace("{pages}", &pages.to_string());
        let run = Inked { text: &text, ink: ink.clone(), changed: false, said: Vec::new() };
        lines.extend(break_lines(&mut setter.shaper, &[run], style.size, width));
    }
    setter.note_missing(None, lines.iter());
    lines
}
