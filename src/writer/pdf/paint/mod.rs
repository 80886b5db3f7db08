//! Painting: pages of placed things as the operations of printpdf, and those as a PDF.
//!
//! All that is drawn is marked: text with the number by which the structure finds it, the rest as an artifact.

mod codes;
mod fonts;
mod picture;
mod round;

use super::placed::{Area, Belongs, Laid, Page, Text};
use super::tree::SlotId;
use crate::stylesheet::Colour;
use crate::writer::typeset::{Face, Word};
use codes::Codes;
use printpdf::{
    Codepoint, Color, DictItem, Op, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, Rect, Rgb, TextItem,
    TextMatrix,
};
use round::{neat, rect};
use std::collections::BTreeMap;
use std::rc::Rc;

/// A PDF without structure, and what its structure must know.
pub struct Painted {
    pub file: lopdf::Document,
    /// For each page, for each stretch that is marked on it by number, the slot that it fills.
    pub marked: Vec<Vec<SlotId>>,
}

/// Paints the pages.
pub fn paint(laid: &Laid) -> Painted {
    let mut codes = Codes::default();
    let mut marked = Vec::with_capacity(laid.pages.len());
    let pages = laid.pages.iter().map(|page| {
        let mut painter = Painter { codes: &mut codes, page, ops: Vec::new(), slots: Vec::new(), now: Now::default() };
        painter.page();
        let Painter { ops, slots, .. } = painter;
        marked.push(slots);
        let area = || Rect { mode: None, winding_order: None, ..rect(0.0, 0.0, page.width, page.height) };
        PdfPage { media_box: area(), trim_box: area(), crop_box: area(), ops }
    });
    let mut document = PdfDocument::new("");
    let pages = pages.collect();
    document.with_pages(pages);
    document.resources = fonts::resources(&codes);
    let logo = laid.picture.as_deref().map(|logo| (picture::logo(), picture::resource(logo)));
    let figures = laid.figures.iter().enumerate().map(|(at, it)| (picture::figure(at), picture::resource(it)));
    document.resources.xobjects.map.extend(logo.into_iter().chain(figures));
    // printpdf warns of what a caller did wrong: text outside a text section, unknown fonts. Painting does neither.
    let mut file = document.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
    fonts::complete(&mut file, &codes);
    Painted { file, marked }
}

/// What is set in the page so far.
#[derive(Default)]
struct Now {
    colour: Option<Colour>,
    font: Option<(Face, f32)>,
    mark: Option<Belongs>,
}

struct Painter<'p> {
    codes: &'p mut Codes,
    page: &'p Page,
    ops: Vec<Op>,
    slots: Vec<SlotId>,
    now: Now,
}

impl Painter<'_> {
    fn page(&mut self) {
        self.areas(&self.page.fills);
        if let Some(spot) = self.page.logo {
            self.artifact("Pagination", Some("Header"));
            self.ops.push(picture::shown(picture::logo(), spot, self.page.height));
            self.ops.push(Op::EndMarkedContent);
        }
        for shown in &self.page.figures {
            self.begin_slot(shown.slot);
            self.ops.push(picture::shown(picture::figure(shown.figure), shown.spot, self.page.height));
            self.ops.push(Op::EndMarkedContent);
        }
        for text in self.page.texts.iter().chain(&self.page.notes) {
            self.text(text);
        }
        self.end_mark();
        self.areas(&self.page.rules);
    }

    fn areas(&mut self, areas: &[Area]) {
        if areas.is_empty() {
            return;
        }
        self.artifact("Layout", None);
        for area in areas {
            self.colour(area.colour);
            let y = self.page.height - area.y - area.height;
            self.ops.push(Op::DrawRectangle { rectangle: rect(area.x, y, area.width, area.height) });
        }
        self.ops.push(Op::EndMarkedContent);
    }

    fn text(&mut self, text: &Text) {
        if text.words.is_empty() {
            return;
        }
        self.begin_mark(text.belongs);
        self.colour(text.colour);
        if self.now.font != Some((text.face, text.size)) {
            self.now.font = Some((text.face, text.size));
            let font = PdfFontHandle::External(fonts::font_id(text.face));
            self.ops.push(Op::SetFont { font, size: Pt(text.size) });
        }
        let (x, y) = (Pt(neat(text.x)), Pt(neat(self.page.height - text.baseline)));
        self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(x, y) });
        let mut line = Line::default();
        for word in &text.words {
            if word.plain {
                self.codes.take_plain(text.face, word);
                line.plain(word);
            } else {
                self.placed(&mut line, text, word);
            }
        }
        line.show(&mut self.ops);
    }

    /// A word of glyphs that are set one by one.
    fn placed(&mut self, line: &mut Line, text: &Text, word: &Rc<Word>) {
        for glyph in &word.glyphs {
            let (code, string) = self.codes.take(text.face, word, glyph);
            let (right, up) = glyph.offset;
            line.shift(right);
            if up != 0 {
                line.show(&mut self.ops);
                self.ops.push(Op::SetLineOffset { multiplier: neat(up as f32 * text.size / 1000.0) });
            }
            line.glyph(Codepoint::with_cid(code, 0.0, string));
            if up != 0 {
                line.show(&mut self.ops);
                self.ops.push(Op::SetLineOffset { multiplier: 0.0 });
            }
            line.shift(glyph.kern - right);
        }
    }

    /// Marks what follows as of this, if it isn't yet.
    fn begin_mark(&mut self, belongs: Belongs) {
        if self.now.mark == Some(belongs) {
            return;
        }
        self.end_mark();
        match belongs {
            Belongs::Slot(slot) => self.begin_slot(slot),
            Belongs::Header => self.artifact("Pagination", Some("Header")),
            Belongs::Footer => self.artifact("Pagination", Some("Footer")),
            Belongs::Page => self.artifact("Pagination", None),
            Belongs::Margin => self.artifact("Layout", None),
        }
        self.ops.push(Op::StartTextSection);
        self.now.mark = Some(belongs);
    }

    fn begin_slot(&mut self, slot: SlotId) {
        let number = DictItem::Int(self.slots.len() as i64);
        self.slots.push(slot);
        self.marked("P", BTreeMap::from([("MCID".to_owned(), number)]));
    }

    fn end_mark(&mut self) {
        if self.now.mark.take().is_some() {
            self.ops.push(Op::EndTextSection);
            self.ops.push(Op::EndMarkedContent);
        }
    }

    fn artifact(&mut self, kind: &str, part: Option<&str>) {
        let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
        let mut properties = BTreeMap::from([("Type".to_owned(), name(kind))]);
        if let Some(part) = part {
            properties.insert("Subtype".to_owned(), name(part));
        }
        self.marked("Artifact", properties);
    }

    fn marked(&mut self, tag: &str, map: BTreeMap<String, DictItem>) {
        let properties = DictItem::Dict { map };
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties });
    }

    fn colour(&mut self, colour: Colour) {
        if self.now.colour != Some(colour) {
            self.now.colour = Some(colour);
            let part = |value: u8| ((f32::from(value) / 255.0) * 1000.0).round() / 1000.0;
            let (r, g, b) = (part(colour.red), part(colour.green), part(colour.blue));
            self.ops.push(Op::SetFillColor { col: Color::Rgb(Rgb { r, g, b, icc_profile: None }) });
        }
    }
}

/// Text that is shown by one operation.
#[derive(Default)]
struct Line {
    items: Vec<TextItem>,
}

impl Line {
    fn plain(&mut self, word: &Word) {
        let mut start = 0;
        for ((at, character), glyph) in word.text.char_indices().zip(&word.glyphs) {
            if glyph.kern != 0 {
                let end = at + character.len_utf8();
                self.push_text(word.text.get(start..end).unwrap_or_default());
                self.shift(glyph.kern);
                start = end;
            }
        }
        self.push_text(word.text.get(start..).unwrap_or_default());
    }

    fn push_text(&mut self, text: &str) {
        match self.items.last_mut() {
            _ if text.is_empty() => {}
            Some(TextItem::Text(last)) => last.push_str(text),
            _ => self.items.push(TextItem::Text(text.to_owned())),
        }
    }

    fn glyph(&mut self, glyph: Codepoint) {
        self.items.push(TextItem::GlyphIds(vec![glyph]));
    }

    /// Moves the pen to the right, by thousandths of an em.
    fn shift(&mut self, by: i32) {
        if by != 0 {
            self.items.push(TextItem::Offset(-by as f32));
        }
    }

    fn show(&mut self, ops: &mut Vec<Op>) {
        if !self.items.is_empty() {
            ops.push(Op::ShowText { items: std::mem::take(&mut self.items) });
        }
    }
}
