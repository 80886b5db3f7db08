//! The lists of a document: what each level of each list counts, from where, and how it is printed.

use crate::diagnostic::Failure;
use crate::reader::xml::{Tag, Token, Xml};
use std::collections::{BTreeMap, BTreeSet};

/// How many levels a list has.
pub(super) const LEVELS: usize = 9;

/// The lists, by id.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    patterns: BTreeMap<i64, Pattern>,
    lists: BTreeMap<i64, List>,
}

/// What several lists may share, the count included.
#[derive(Debug, Default)]
struct Pattern {
    levels: BTreeMap<usize, Level>,
    /// The style whose list this pattern is that of.
    by_style: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    pattern: i64,
    starts: BTreeMap<usize, i64>,
    levels: BTreeMap<usize, Level>,
}

/// A level of a list.
#[derive(Clone, Debug, Default)]
pub(super) struct Level {
    pub start: i64,
    pub format: String,
    /// What is printed; `%1` is the number at the first level.
    pub text: String,
    /// The level, from 1, which begins this one anew; 0 for none.
    pub restart: Option<usize>,
    /// Whether all its numbers are printed in digits.
    pub legal: bool,
    /// The style whose paragraphs stand at this level.
    pub style: Option<String>,
}

/// How far the lists have counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Counters {
    counts: BTreeMap<i64, [Option<i64>; LEVELS]>,
    /// The lists that have begun at a level with a number of their own.
    begun: BTreeSet<(i64, usize)>,
}

/// What a list gives a paragraph.
#[derive(Debug)]
pub(super) struct Counted<'n> {
    /// Its level and those above, from the outermost, each with its number. A level that the list doesn't have is none.
    pub levels: Vec<(i64, Option<&'n Level>)>,
}

impl Numbering {
    pub fn read(text: &str, part: &str) -> Result<Self, Failure> {
        let mut numbering = Self::default();
        let mut xml = Xml::new(text, part);
        loop {
            match xml.next()? {
                Token::Start(tag) if tag.is("abstractNum") => {
                    let id = tag.attribute("abstractNumId").and_then(|id| id.parse().ok()).unwrap_or(-1);
                    numbering.patterns.insert(id, pattern(&mut xml)?);
                }
                Token::Start(tag) if tag.is("num") => {
                    let id = tag.attribute("numId").and_then(|id| id.parse().ok()).unwrap_or(-1);
                    numbering.lists.insert(id, list(&mut xml)?);
                }
                Token::Over => return Ok(numbering),
                _ => {}
            }
        }
    }

    /// The pattern of a list, found through a style where it says so. `style` gives the list of a style.
    fn pattern(&self, list: i64, style: &impl Fn(&str) -> Option<i64>) -> Option<(i64, &Pattern)> {
        let mut id = self.lists.get(&list)?.pattern;
        let mut pattern = self.patterns.get(&id)?;
        if let Some(by) = &pattern.by_style {
            id = self.lists.get(&style(by)?)?.pattern;
            pattern = self.patterns.get(&id)?;
        }
        Some((id, pattern))
    }

    /// The level of a list at which paragraphs of a style stand.
    pub fn level_of_style(&self, list: i64, style: &str, of_style: &impl Fn(&str) -> Option<i64>) -> Option<usize> {
        let (_, pattern) = self.pattern(list, of_style)?;
        let mut levels = pattern.levels.iter();
        levels.find(|(_, level)| level.style.as_deref() == Some(style)).map(|(at, _)| *at)
    }

    /// Counts a paragraph of a list, as Word does.
    pub fn count<'n>(
        &'n self,
        counters: &mut Counters,
        list: i64,
        at: usize,
        style: &impl Fn(&str) -> Option<i64>,
    ) -> Option<Counted<'n>> {
        let (id, pattern) = self.pattern(list, style)?;
        let own = self.lists.get(&list)?;
        let level = |at: usize| own.levels.get(&at).or_else(|| pattern.levels.get(&at));
        let start = |at: usize| own.starts.get(&at).copied().or_else(|| Some(level(at)?.start)).unwrap_or(1);
        let counts = counters.counts.entry(id).or_default();
        let anew = own.starts.contains_key(&at) && counters.begun.insert((list, at));
        counts[at] = Some(match counts[at] {
            Some(count) if !anew => count.saturating_add(1),
            _ => start(at),
        });
        for (deeper, count) in counts.iter_mut().enumerate().skip(at + 1) {
            let restarts = match level(deeper).and_then(|level| level.restart) {
                Some(0) => false,
                Some(by) => at < by,
                None => true,
            };
            if restarts {
                *count = None;
            }
        }
        level(at)?;
        let levels = (0..=at).map(|above| (counts[above].unwrap_or_else(|| start(above)), level(above))).collect();
        Some(Counted { levels })
    }
}

fn pattern(xml: &mut Xml<'_>) -> Result<Pattern, Failure> {
    let mut found = Pattern::default();
    while let Some(tag) = xml.child()? {
        match (tag.name(), level_number(&tag)) {
            ("lvl", Some(at)) => {
                found.levels.insert(at, level(xml)?);
                continue;
            }
            ("numStyleLink", _) => found.by_style = tag.value(),
            _ => {}
        }
        xml.skip()?;
    }
    Ok(found)
}

fn level_number(tag: &Tag<'_>) -> Option<usize> {
    tag.attribute("ilvl")?.parse().ok().filter(|at| *at < LEVELS)
}

fn level(xml: &mut Xml<'_>) -> Result<Level, Failure> {
    let mut found = Level { start: 0, format: "decimal".to_owned(), ..Level::default() };
    while let Some(tag) = xml.child()? {
        match tag.name() {
            "start" => found.start = tag.number().unwrap_or(0),
            "numFmt" => found.format = tag.value().unwrap_or_default(),
            "lvlText" => found.text = tag.value().unwrap_or_default(),
            "lvlRestart" => found.restart = tag.number(),
            "isLgl" => found.legal = tag.is_on(),
            "pStyle" => found.style = tag.value(),
            "AlternateContent" => {
                found.format = plain_format(xml)?;
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(found)
}

/// The format for readers that don't know the one of their own that Word lets a document have.
fn plain_format(xml: &mut Xml<'_>) -> Result<String, Failure> {
    let mut format = "decimal".to_owned();
    let mut open = 1;
    while open > 0 {
        match xml.next()? {
            Token::Start(tag) => {
                open += 1;
                if tag.is("numFmt") {
                    format = tag.value().unwrap_or(format);
                }
            }
            Token::End => open -= 1,
            Token::Text(_) => {}
            Token::Over => break,
        }
    }
    Ok(format)
}

fn list(xml: &mut Xml<'_>) -> Result<List, Failure> {
    let mut found = List::default();
    while let Some(tag) = xml.child()? {
        match (tag.name(), level_number(&tag)) {
            ("lvlOverride", Some(at)) => {
                override_of(xml, at, &mut found)?;
                continue;
            }
            ("abstractNumId", _) => found.pattern = tag.number().unwrap_or(-1),
            _ => {}
        }
        xml.skip()?;
    }
    Ok(found)
}

fn override_of(xml: &mut Xml<'_>, at: usize, list: &mut List) -> Result<(), Failure> {
    while let Some(tag) = xml.child()? {
        if tag.is("lvl") {
            list.levels.insert(at, level(xml)?);
            continue;
        }
        if tag.is("startOverride") {
            list.starts.insert(at, tag.number().unwrap_or(1));
        }
        xml.skip()?;
    }
    Ok(())
}
