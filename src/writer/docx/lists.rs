//! Lists, by Word's own multilevel numbering: a drafter who adds an item in Word gets the next number.

mod counting;

use super::flow::Form;
use crate::document::{Kind, Mark, Marker, Revised};
use crate::ooxml::styles::{self, LIST_LEVELS, LIST_STYLES};
use crate::ooxml::units::twips;
use crate::stylesheet::Stylesheet;
use crate::writer::view::RevisionView;
use counting::{Begun, Counting};
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

/// Gives each numbered item a list that counts to the number it has, in either text.
///
/// A list is begun where none that is open counts so: it is a numbering of its own, with the number to start at.
#[derive(Debug, Default)]
pub struct Lists {
    begun: Vec<Begun>,
    /// The earlier text and the later, as far as they have been written.
    texts: [Text; 2],
}

#[derive(Debug, Default)]
struct Text {
    counting: Counting,
    /// The last number of each level.
    numbers: [u32; LIST_LEVELS],
}

/// What has to be counted for an item, and in which text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wanted {
    view: RevisionView,
    level: usize,
    number: u32,
}

impl Lists {
    /// The places of a paragraph in the two texts. What needs no word of its own, since its style says it, has none.
    pub fn place(&mut self, form: &Revised<Form<'_>>, mark: Mark) -> Revised<Option<NumberingLevel>> {
        let wanted: Vec<Wanted> = RevisionView::BOTH
            .into_iter()
            .filter(|view| view.holds(mark))
            .filter_map(|view| self.wanted(view, *view.of(form)))
            .collect();
        let shared = self.list_for(&wanted);
        let mut place = |view: RevisionView| match wanted.iter().find(|wanted| wanted.view == view) {
            Some(wanted) => {
                let list = shared.or_else(|| self.list_for(&[*wanted]))?;
                Some(NumberingLevel { list, level: wanted.level })
            }
            None => bullet(*view.of(form)),
        };
        let [was, now] = RevisionView::BOTH.map(|view| view.holds(mark).then(|| place(view)));
        match (was, now) {
            (Some(was), Some(now)) => Revised::from_pair(was, now),
            (was, now) => now.or(was).flatten().into(),
        }
    }

    /// The number of an item in a text.
    fn wanted(&mut self, view: RevisionView, form: Form<'_>) -> Option<Wanted> {
        let Form::Kind(Kind::Item { level, marker: Marker::Number { restart } }) = form else { return None };
        let level = level_of(*level);
        let numbers = &mut self.texts[view as usize].numbers;
        let number = restart.unwrap_or(numbers[level].saturating_add(1));
        numbers[level] = number;
        numbers[level + 1..].fill(0);
        Some(Wanted { view, level, number })
    }

    /// A list that counts to what is wanted in each text: one that is open or, if the same is wanted, a new one.
    fn list_for(&mut self, wanted: &[Wanted]) -> Option<usize> {
        let first = wanted.first()?;
        if wanted.iter().any(|other| other.level != first.level) {
            return None;
        }
        let open = self.texts.iter().rev().filter_map(|text| text.counting.last(NUMBERS));
        let list =
            open.into_iter().find(|list| wanted.iter().all(|wanted| self.counts_to(*list, *wanted))).or_else(|| {
                wanted.iter().all(|other| other.number == first.number).then(|| {
                    self.begun.push(Begun { definition: NUMBERS, level: first.level, start: first.number });
                    NUMBERS + self.begun.len()
                })
            })?;
        for wanted in wanted {
            let begun = self.begun[list - NUMBERS - 1];
            self.texts[wanted.view as usize].counting.count(list, begun, wanted.level, wanted.number);
        }
        Some(list)
    }

    fn counts_to(&self, list: usize, wanted: Wanted) -> bool {
        let begun = self.begun[list - NUMBERS - 1];
        self.texts[wanted.view as usize].counting.next(list, begun, wanted.level) == Some(wanted.number)
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
        for (at, begun) in self.begun.iter().enumerate() {
            let start = word::LevelOverride::new(begun.level).start(usize::try_from(begun.start).unwrap_or(usize::MAX));
            numberings = numberings.add_numbering(word::Numbering::new(NUMBERS + 1 + at, NUMBERS).add_override(start));
        }
        numberings.build()
    }
}

/// A level of the tree as Word counts it, from 0.
fn level_of(level: u8) -> usize {
    usize::from(level).clamp(1, LIST_LEVELS) - 1
}

/// The place of a bullet for whose level there is no style.
fn bullet(form: Form<'_>) -> Option<NumberingLevel> {
    match form {
        Form::Kind(Kind::Item { level, marker: Marker::Bullet }) if level_of(*level) >= LIST_STYLES => {
            Some(NumberingLevel { list: BULLETS, level: level_of(*level) })
        }
        _ => None,
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
