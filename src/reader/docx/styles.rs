//! The styles of a document, as far as they say what a paragraph is or how words stand out.

use super::properties::{self, NumberedAt, ParagraphProperties, RunProperties};
use crate::diagnostic::Failure;
use crate::reader::xml::{Token, Xml};
use std::collections::BTreeMap;
use std::sync::Arc;

/// No document bases a style on more styles than this.
const DEEPEST: usize = 32;

#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    plain: String,
}

#[derive(Debug, Default)]
struct Style {
    id: Arc<str>,
    name: Arc<str>,
    based_on: Option<String>,
    paragraph: ParagraphProperties,
    run: RunProperties,
}

impl Styles {
    pub fn read(text: &str, part: &str) -> Result<Self, Failure> {
        let mut styles = Self::default();
        let mut xml = Xml::new(text, part);
        loop {
            match xml.next()? {
                Token::Start(tag) if tag.is("style") => {
                    let id = tag.attribute("styleId").unwrap_or_default();
                    let is_plain = tag.attribute("type").as_deref() == Some("paragraph")
                        && matches!(tag.attribute("default").as_deref(), Some("1" | "true" | "on"));
                    if is_plain {
                        styles.plain.clone_from(&id);
                    }
                    let style = Style { id: id.as_str().into(), ..style(&mut xml)? };
                    styles.by_id.insert(id, style);
                }
                Token::Over => return Ok(styles),
                _ => {}
            }
        }
    }

    /// The id and the name of a paragraph's style.
    pub fn names(&self, id: Option<&str>) -> (Arc<str>, Arc<str>) {
        let id = id.unwrap_or(&self.plain);
        match self.by_id.get(id) {
            Some(style) => (style.id.clone(), style.name.clone()),
            None => (id.into(), id.into()),
        }
    }

    /// A style and those that it is based on, nearest first.
    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = &'s Style> {
        let first = self.by_id.get(id.unwrap_or(&self.plain));
        std::iter::successors(first, |style| self.by_id.get(style.based_on.as_deref()?)).take(DEEPEST)
    }

    /// The level of the outline that a style has, from 0; 9 for none.
    pub fn outline(&self, id: Option<&str>) -> Option<u8> {
        self.chain(id).find_map(|style| style.paragraph.outline.or_else(|| heading(&style.name)))
    }

    /// The place in a list that a style gives, and the id of the style that names the list.
    pub fn numbered<'s>(&'s self, id: Option<&'s str>) -> Option<(NumberedAt, &'s str)> {
        let mut places = self.chain(id).filter_map(|style| Some((style.paragraph.numbered?, &*style.id)));
        let (mut found, mut by) = places.next()?;
        for (place, style) in places {
            if found.list.is_none() {
                (found.list, by) = (place.list, style);
            }
            found.level = found.level.or(place.level);
        }
        Some((found, by))
    }

    pub fn starts_page(&self, id: Option<&str>) -> bool {
        self.chain(id).find_map(|style| style.paragraph.starts_page).unwrap_or(false)
    }

    /// How a character style has words stand out.
    pub fn run(&self, id: &str) -> RunProperties {
        self.chain(Some(id)).fold(RunProperties::default(), |found, style| found.over(&style.run))
    }
}

/// Word's own headings by name, which is the same in every language.
fn heading(name: &str) -> Option<u8> {
    let level: u8 = name.to_lowercase().strip_prefix("heading ")?.parse().ok()?;
    (1..=9).contains(&level).then(|| level - 1)
}

fn style(xml: &mut Xml<'_>) -> Result<Style, Failure> {
    let mut found = Style::default();
    while let Some(tag) = xml.child()? {
        match tag.name() {
            "name" => found.name = tag.value().unwrap_or_default().into(),
            "basedOn" => found.based_on = tag.value(),
            "pPr" => {
                found.paragraph = properties::paragraph(xml)?;
                continue;
            }
            "rPr" => {
                found.run = properties::run(xml)?;
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(found)
}
