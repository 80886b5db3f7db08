//! Lists, by Word's own multilevel numbering: a drafter who adds an item in Word gets the next number.

use super::flow::Form;
use crate::document::{Kind, Marker, Revised};
use crate::ooxml::styles::{self, LIST_LEVELS, LIST_STYLES};
use crate::ooxml::units::twips;
use crate::stylesheet::Stylesheet;
use docx_rs as word;
use word::BuildXML;

/// The list of bullets. (docx-rs takes 1 for a list of its own.)
pub const BULLETS: usize = 2;
/// The list of numbers that hasn't been restarted.
pub const NUMBERS: usize = 3;

/// How far the text of an item stands in, in twips.
pub fn indent(sheet: &Stylesheet, level: usize) -> i32 {
    twips(sheet.list_indent).saturating_mul(i32::try_from(level).unwrap_or(i32::MAX))
}

/// An item's place in Word's numbering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberingLevel {
    pub list: usize,
    /// From 0.
    pub level: usize,
}

impl NumberingLevel {
    pub fn property(self) -> word::NumberingProperty {
        word::NumberingProperty::new().add_num(word::NumberingId::new(self.list), word::IndentLevel::new(self.level))
    }
}

/// Gives each numbered item its list. A list that begins is a numbering of its own, with the number to start at.
#[derive(Debug, Default)]
pub struct Lists {
    /// The level and first number of each list that was begun.
    begun: Vec<(usize, u32)>,
    /// The list that each level is in, in the earlier text and in the later.
    was: [Option<usize>; LIST_LEVELS],
    now: [Option<usize>; LIST_LEVELS],
}

impl Lists {
    /// The places of a paragraph in the two texts. What needs no word of its own, since its style says it, has none.
    pub fn place(&mut self, form: &Revised<Form<'_>>) -> Revised<Option<NumberingLevel>> {
        let now = self.one(form.now, true);
        match form.was {
            Some(was) => Revised { now, was: Some(self.one(was, false)) },
            None => {
                self.was = self.now;
                now.into()
            }
        }
    }

    fn one(&mut self, form: Form<'_>, now: bool) -> Option<NumberingLevel> {
        let Form::Kind(Kind::Item { level, marker }) = form else { return None };
        let level = usize::from(*level).clamp(1, LIST_LEVELS) - 1;
        let open = if now { &mut self.now } else { &mut self.was };
        let list = match marker {
            Marker::Continued => return None,
            Marker::Bullet if level < LIST_STYLES => return None,
            Marker::Bullet => BULLETS,
            Marker::Number { restart: Some(first) } => {
                self.begun.push((level, *first));
                NUMBERS + self.begun.len()
            }
            Marker::Number { restart: None } => open[level].unwrap_or(NUMBERS),
        };
        if matches!(marker, Marker::Number { .. }) {
            open[level] = Some(list);
        }
        Some(NumberingLevel { list, level })
    }

    /// The numbering part, as docx-rs builds it.
    pub fn build(&self, sheet: &Stylesheet) -> Vec<u8> {
        let bullet = |level: usize| {
            let bullets = &sheet.bullets;
            let text = level.checked_rem(bullets.len()).and_then(|at| bullets.get(at)).map_or("•", String::as_str);
            (quick_xml::escape::escape(text).into_owned(), "bullet", styles::BULLET)
        };
        let number = |level: usize| (format!("%{}.", level + 1), "decimal", styles::NUMBER);
        let mut numberings = word::Numberings::new()
            .add_abstract_numbering(abstraction(BULLETS, sheet, bullet))
            .add_abstract_numbering(abstraction(NUMBERS, sheet, number))
            .add_numbering(word::Numbering::new(BULLETS, BULLETS))
            .add_numbering(word::Numbering::new(NUMBERS, NUMBERS));
        for (at, (level, first)) in self.begun.iter().enumerate() {
            let start = word::LevelOverride::new(*level).start(usize::try_from(*first).unwrap_or(usize::MAX));
            numberings = numberings.add_numbering(word::Numbering::new(NUMBERS + 1 + at, NUMBERS).add_override(start));
        }
        numberings.build()
    }
}

fn abstraction(
    id: usize,
    sheet: &Stylesheet,
    marker: impl Fn(usize) -> (String, &'static str, &'static str),
) -> word::AbstractNumbering {
    let mut list = word::AbstractNumbering::new(id);
    list.multi_level_type = Some("multilevel".to_owned());
    (0..LIST_LEVELS).fold(list, |list, level| {
        let (text, format, style) = marker(level);
        let hanging = word::SpecialIndentType::Hanging(twips(sheet.list_indent));
        let mut level_of_list = word::Level::new(
            level,
            word::Start::new(1),
            word::NumberFormat::new(format),
            word::LevelText::new(text),
            word::LevelJc::new("left"),
        )
        .indent(Some(indent(sheet, level + 1)), Some(hanging), None, None);
        if level < LIST_STYLES {
            level_of_list = level_of_list.paragraph_style(styles::list_item(style, level + 1));
        }
        list.add_level(level_of_list)
    })
}
