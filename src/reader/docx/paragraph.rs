//! Paragraphs: what each is, and the number that Word prints before it.

use super::format::format;
use super::numbering::{Counted, Counters, LEVELS};
use super::properties::ParagraphProperties;
use super::state::{Here, Reading};
use super::styles::Styles;
use crate::diagnostic::Failure;
use crate::document::{self, Revised};
use crate::reader::marked::{Block, Label, Look, Marks, Paragraph};
use crate::reader::xml::Xml;

impl Reading<'_> {
    /// Reads the paragraph that has just begun.
    pub fn paragraph(&mut self, xml: &mut Xml<'_>) -> Result<(), Failure> {
        let outer = (self.paragraph.take(), self.properties.take());
        self.open();
        self.content(xml, Here::Paragraph)?;
        self.close()?;
        (self.paragraph, self.properties) = outer;
        Ok(())
    }

    /// Opens a paragraph.
    pub fn open(&mut self) {
        let bookmarks = std::mem::take(&mut self.bookmarks);
        let comments = self.comments.begun();
        let contents = self.is_in_contents();
        self.paragraph = Some(Paragraph { bookmarks, comments, contents, page: self.page, ..Paragraph::default() });
    }

    /// The properties of the paragraph that is open.
    pub fn begin(&mut self, properties: ParagraphProperties) {
        let style = properties.style.as_deref();
        if properties.starts_page.unwrap_or_else(|| self.styles.starts_page(style)) {
            self.page.asked += 1;
            if let Some(paragraph) = &mut self.paragraph {
                paragraph.starts_page = true;
            }
        }
        self.properties = Some(properties);
    }

    /// Ends the paragraph that is open.
    pub fn close(&mut self) -> Result<(), Failure> {
        let Some(mut paragraph) = self.paragraph.take() else { return Ok(()) };
        let mut properties = self.properties.take().unwrap_or_default();
        self.piece()?;
        for tracked in std::mem::take(&mut properties.mark) {
            paragraph.mark = self.enter(tracked).within(paragraph.mark);
        }
        paragraph.mark = paragraph.mark.within(self.marks);
        paragraph.look = self.look(&properties, paragraph.mark.within(self.around));
        if let Some(section) = properties.section.take() {
            if !section.continuous {
                self.page.asked += 1;
            }
            paragraph.ends_section = Some(section.landscape);
            self.sections.push(section);
        }
        self.settle(&paragraph.text());
        if let Some(flow) = self.flow.last_mut() {
            flow.push(Block::Paragraph(paragraph));
        }
        Ok(())
    }

    /// What a paragraph is in each of the texts. In a text that it doesn't stand in, it is what it is in the other.
    fn look(&mut self, properties: &ParagraphProperties, marks: Marks) -> Revised<Look> {
        let mut before = properties.was.as_deref().unwrap_or(properties).clone();
        if properties.numbering_inserted {
            before.numbered = None;
        }
        let mut counters = std::mem::take(&mut self.counters);
        let now = marks.in_proposed().then(|| self.look_in(properties, &mut counters.now));
        let was = counters.was.as_mut().filter(|_| marks.in_original());
        let was = was.map(|counters| self.look_in(&before, counters));
        self.counters = counters;
        match (was, now) {
            (Some(was), Some(now)) => Revised::from_pair(was, now),
            (Some(one), None) | (None, Some(one)) => one.into(),
            (None, None) => self.look_in(properties, &mut Counters::default()).into(),
        }
    }

    fn look_in(&self, properties: &ParagraphProperties, counters: &mut Counters) -> Look {
        let id = properties.style.as_deref();
        let (style, name) = self.styles.names(id);
        let outline = properties.outline.or_else(|| self.styles.outline(id)).filter(|level| *level < 9);
        let label = self.place(properties).and_then(|(list, level)| {
            let of_style = |style: &str| self.styles.numbered(Some(style))?.0.list;
            let counted = self.numbering.count(counters, list, level, &of_style)?;
            label(&counted, self.styles)
        });
        Look { style, name, heading: outline.map(|level| level + 1), label, align: properties.align }
    }

    /// The list that a paragraph stands in and its level there, from 0.
    fn place(&self, properties: &ParagraphProperties) -> Option<(i64, usize)> {
        let own = properties.numbered.unwrap_or_default();
        let id = properties.style.as_deref();
        let (list, level) = match (own.list, self.styles.numbered(id)) {
            (Some(list), _) => (list, own.level.map_or(0, usize::from)),
            (None, None) => return None,
            (None, Some((styled, by))) => {
                let list = styled.list?;
                let of_style = |style: &str| self.styles.numbered(Some(style))?.0.list;
                let linked = |style: &str| self.numbering.level_of_style(list, style, &of_style);
                let level = own.level.map(usize::from);
                let level = level.or_else(|| linked(id.unwrap_or(by))).or_else(|| linked(by));
                (list, level.or(styled.level.map(usize::from)).unwrap_or(0))
            }
        };
        (list != 0 && level < LEVELS).then_some((list, level))
    }
}

/// The label that a place in a list gives, unless it prints nothing.
fn label(counted: &Counted<'_>, styles: &Styles) -> Option<Label> {
    let (at, above) = counted.levels.split_last().map(|(_, above)| (above.len(), above))?;
    let level = counted.levels[at].1?;
    let is_bullet = level.format == "bullet";
    let text = if is_bullet { level.text.clone() } else { printed(counted, at) };
    let is_item = |at: &usize| {
        let Some(level) = counted.levels[*at].1 else { return false };
        let is_heading =
            level.style.as_deref().is_some_and(|style| styles.outline(Some(style)).is_some_and(|it| it < 9));
        !is_heading && (level.format == "bullet" || document::Label::new(printed(counted, *at).trim()).is_some())
    };
    let depth = u8::try_from((0..above.len()).filter(is_item).count()).unwrap_or(u8::MAX);
    (is_bullet || !text.trim().is_empty()).then_some(Label { depth, text, is_bullet })
}

/// The text of a level, with the numbers in it.
fn printed(counted: &Counted<'_>, at: usize) -> String {
    let Some(level) = counted.levels[at].1 else { return String::new() };
    let mut text = String::new();
    let mut rest = level.text.as_str();
    while let Some((before, after)) = rest.split_once('%') {
        text.push_str(before);
        let digit = after.chars().next().and_then(|c| c.to_digit(10)).filter(|digit| *digit > 0);
        match digit {
            Some(digit) => {
                if let Some((number, of)) = counted.levels.get(digit as usize - 1) {
                    let kind = of.map_or("decimal", |of| of.format.as_str());
                    text.push_str(&format(*number, if level.legal { "decimal" } else { kind }));
                }
                rest = &after[1..];
            }
            None => {
                text.push('%');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}
