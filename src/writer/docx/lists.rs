//! Lists, by Word's own multilevel numbering: a drafter who adds an item in Word gets the next number.

mod counting;
mod definition;

use super::flow::Form;
use crate::document::{Enclosure, Kind, Label, Mark, Marker, Revised, Series};
use crate::ooxml::styles::{self, LIST_LEVELS, LIST_STYLES};
use crate::ooxml::units::twips;
use crate::stylesheet::Stylesheet;
use crate::writer::view::RevisionView;
use counting::{Begun, Counting};
use definition::{Definition, Look};
use docx_rs as word;
use std::collections::HashMap;
use word::BuildXML;

/// The list of bullets. (docx-rs takes 1 for a list of its own.)
pub const BULLETS: usize = 2;
/// The list of numbers that hasn't been restarted.
pub const NUMBERS: usize = 3;
/// The first of the lists that begin.
const FIRST_LIST: usize = NUMBERS + 1;

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

/// Gives each labelled item a list that counts to the label it has, in either text.
///
/// A list is begun where none that is open counts so: it is a numbering of its own, with the number to start at. A label
/// that nothing counts to, such as 4A, is a list by itself.
#[derive(Debug)]
pub struct Lists {
    definitions: Vec<Definition>,
    /// The definitions, the one that was used last first.
    recent: Vec<usize>,
    begun: Vec<Begun>,
    /// The lists of the labels that are counted by none.
    own: HashMap<Label, usize>,
    /// The earlier text and the later, as far as they have been written.
    texts: [Counting; 2],
}

/// A label that has to stand in a text.
#[derive(Clone, Copy, Debug)]
struct Wanted<'a> {
    view: RevisionView,
    level: usize,
    label: &'a Label,
}

impl Default for Lists {
    fn default() -> Self {
        let numbers = Definition::counting(0, Look { series: Series::Decimal, enclosure: Enclosure::Stop });
        Self {
            definitions: vec![numbers],
            recent: vec![0],
            begun: Vec::new(),
            own: HashMap::new(),
            texts: Default::default(),
        }
    }
}

impl Lists {
    /// The places of a paragraph in the two texts. What needs no word of its own, since its style says it, has none.
    pub fn place(&mut self, form: &Revised<Form<'_>>, mark: Mark) -> Revised<Option<NumberingLevel>> {
        let wanted: Vec<Wanted<'_>> = RevisionView::BOTH
            .into_iter()
            .filter(|view| view.holds(mark))
            .filter_map(|view| wanted(view, *view.of(form)))
            .collect();
        let shared = self.list_for(&wanted);
        let mut place = |view: RevisionView| match wanted.iter().find(|wanted| wanted.view == view) {
            Some(wanted) => {
                let list = shared.or_else(|| self.list_for(&[*wanted]))?;
                Some(NumberingLevel { list: FIRST_LIST + list, level: wanted.level })
            }
            None => bullet(*view.of(form)),
        };
        let [was, now] = RevisionView::BOTH.map(|view| view.holds(mark).then(|| place(view)));
        match (was, now) {
            (Some(was), Some(now)) => Revised::from_pair(was, now),
            (was, now) => now.or(was).flatten().into(),
        }
    }

    /// A list that counts to what is wanted in each text: one that is open or, if the same is wanted, a new one.
    fn list_for(&mut self, wanted: &[Wanted<'_>]) -> Option<usize> {
        let first = wanted.first()?;
        if wanted.iter().any(|other| other.level != first.level) {
            return None;
        }
        let same = wanted.iter().all(|other| other.label == first.label);
        let found = self.open_for(wanted);
        let (list, look) = match found {
            Some(found) => found,
            None if !same => return None,
            None => match Look::of(first.label).find(|(look, number)| look.begins_at(*number)) {
                Some((look, number)) => (self.begin(look, first.level, number), look),
                None => return Some(self.by_itself(first.label)),
            },
        };
        let begun = self.begun[list];
        self.definitions[begun.definition].levels[first.level] = Some(look);
        self.recent.retain(|other| *other != begun.definition);
        self.recent.insert(0, begun.definition);
        for wanted in wanted {
            if let Some(number) = look.number(wanted.label) {
                self.texts[wanted.view as usize].count(list, begun, wanted.level, number);
            }
        }
        Some(list)
    }

    /// An open list whose next item has the label wanted in each text, and what it counts in.
    fn open_for(&self, wanted: &[Wanted<'_>]) -> Option<(usize, Look)> {
        let first = wanted.first()?;
        let last = |definition: usize| self.texts.iter().rev().filter_map(move |text| text.last(definition));
        self.recent.iter().flat_map(|definition| last(*definition)).find_map(|list| {
            let begun = self.begun[list];
            let known = self.definitions[begun.definition].levels[first.level];
            let mut looks =
                Look::of(first.label).map(|(look, _)| look).filter(|look| known.is_none_or(|known| known == *look));
            let counts = |look: &Look| {
                wanted.iter().all(|wanted| {
                    let next = self.texts[wanted.view as usize].next(list, begun, wanted.level);
                    next.is_some() && next == look.number(wanted.label)
                })
            };
            looks.find(counts).map(|look| (list, look))
        })
    }

    /// Begins a list, of a definition that has this look on this level.
    fn begin(&mut self, look: Look, level: usize, start: u32) -> usize {
        let definition = self.recent.iter().copied().find(|at| self.definitions[*at].levels[level] == Some(look));
        let definition = definition.unwrap_or_else(|| {
            self.definitions.push(Definition::counting(level, look));
            self.definitions.len() - 1
        });
        self.begun.push(Begun { definition, level, start });
        self.begun.len() - 1
    }

    /// The list of a label that none counts to.
    fn by_itself(&mut self, label: &Label) -> usize {
        if let Some(list) = self.own.get(label) {
            return *list;
        }
        self.definitions.push(Definition { own: Some(label.clone()), ..Definition::default() });
        self.begun.push(Begun { definition: self.definitions.len() - 1, level: 0, start: 1 });
        self.own.insert(label.clone(), self.begun.len() - 1);
        self.begun.len() - 1
    }

    /// The numbering part, as docx-rs builds it.
    pub fn build(&self, sheet: &Stylesheet) -> Vec<u8> {
        let bullet = |level: usize| {
            let bullets = &sheet.bullets;
            let text = level.checked_rem(bullets.len()).and_then(|at| bullets.get(at)).map_or("•", String::as_str);
            (quick_xml::escape::escape(text).into_owned(), "bullet")
        };
        let mut numberings =
            word::Numberings::new().add_abstract_numbering(abstraction(BULLETS, sheet, Some(styles::BULLET), bullet));
        for (at, definition) in self.definitions.iter().enumerate() {
            let style = (at == 0).then_some(styles::NUMBER);
            let level = |level| definition.level(level);
            numberings = numberings.add_abstract_numbering(abstraction(NUMBERS + at, sheet, style, level));
        }
        numberings = numberings
            .add_numbering(word::Numbering::new(BULLETS, BULLETS))
            .add_numbering(word::Numbering::new(NUMBERS, NUMBERS));
        for (at, begun) in self.begun.iter().enumerate() {
            let start = word::LevelOverride::new(begun.level).start(usize::try_from(begun.start).unwrap_or(usize::MAX));
            let list = word::Numbering::new(FIRST_LIST + at, NUMBERS + begun.definition);
            numberings = numberings.add_numbering(list.add_override(start));
        }
        numberings.build()
    }
}

fn wanted<'a>(view: RevisionView, form: Form<'a>) -> Option<Wanted<'a>> {
    match form {
        Form::Kind(Kind::Item { level, marker: Marker::Label(label) }) => {
            Some(Wanted { view, level: level_of(*level), label })
        }
        _ => None,
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
    style: Option<&str>,
    marker: impl Fn(usize) -> (String, &'static str),
) -> word::AbstractNumbering {
    let mut list = word::AbstractNumbering::new(id);
    list.multi_level_type = Some("multilevel".to_owned());
    (0..LIST_LEVELS).fold(list, |list, level| {
        let (text, format) = marker(level);
        let hanging = word::SpecialIndentType::Hanging(twips(sheet.list_indent));
        let mut level_of_list = word::Level::new(
            level,
            word::Start::new(1),
            word::NumberFormat::new(format),
            word::LevelText::new(text),
            word::LevelJc::new("left"),
        )
        .indent(Some(indent(sheet, level + 1)), Some(hanging), None, None);
        if let Some(style) = style.filter(|_| level < LIST_STYLES) {
            level_of_list = level_of_list.paragraph_style(styles::list_item(style, level + 1));
        }
        list.add_level(level_of_list)
    })
}
