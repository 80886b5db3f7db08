//! XML as the parts of a Word file have it: elements by namespace, whatever their prefix, and nothing that a file could
//! do harm with.

use super::refusal::refuse;
use crate::diagnostic::Failure;
use crate::document::markdown::is_forbidden;
use quick_xml::NsReader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use std::borrow::Cow;

/// How deep elements may stand in each other. Word's own documents reach about sixty.
const DEEPEST: usize = 240;
/// How many elements a part may have: some ten times those of a code of a thousand pages.
const MOST: usize = 3_000_000;
/// How many bytes a single text or tag may have.
const LONGEST: usize = 8 << 20;

/// The vocabularies that matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// WordprocessingML, transitional or strict.
    Word,
    /// Equations.
    Math,
    /// Alternatives for readers of other ages.
    Compatibility,
    /// All others.
    Other,
}

/// An element that begins.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    pub space: Space,
    start: BytesStart<'a>,
}

#[derive(Debug)]
pub(super) enum Token<'a> {
    Start(Tag<'a>),
    End,
    Text(Cow<'a, str>),
    /// The end of the part.
    Over,
}

/// A part, as it is read.
#[derive(Debug)]
pub(super) struct Xml<'a> {
    reader: NsReader<&'a [u8]>,
    part: &'a str,
    depth: usize,
    elements: usize,
}

impl Tag<'_> {
    /// Its name, without a prefix.
    pub fn name(&self) -> &str {
        std::str::from_utf8(self.start.local_name().into_inner()).unwrap_or_default()
    }

    /// Whether it is Word's element of that name.
    pub fn is(&self, name: &str) -> bool {
        self.space == Space::Word && self.name() == name
    }

    /// The attribute of that name, whatever its prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let found =
            attributes.with_checks(false).flatten().find(|it| it.key.local_name().as_ref() == name.as_bytes())?;
        let text = String::from_utf8_lossy(&found.value);
        Some(unescape(&text).map_or_else(|_| text.to_string(), Cow::into_owned))
    }

    /// `w:val`.
    pub fn value(&self) -> Option<String> {
        self.attribute("val")
    }

    /// A switch: on, unless it says otherwise.
    pub fn is_on(&self) -> bool {
        !matches!(self.value().as_deref(), Some("0" | "false" | "off" | "none"))
    }

    /// `w:val` as a number.
    pub fn number<N: std::str::FromStr>(&self) -> Option<N> {
        self.value()?.trim().parse().ok()
    }
}

impl<'a> Xml<'a> {
    pub fn new(text: &'a str, part: &'a str) -> Self {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, part, depth: 0, elements: 0 }
    }

    fn broken(&self, why: impl std::fmt::Display) -> Failure {
        refuse(format!("{} isn't sound XML: {why}", self.part))
    }

    pub fn next(&mut self) -> Result<Token<'a>, Failure> {
        loop {
            let (space, event) = match self.reader.read_resolved_event() {
                Ok((space, event)) => (space_of(&space), event),
                Err(error) => return Err(self.broken(error)),
            };
            let text = match event {
                Event::Start(start) => {
                    self.depth += 1;
                    self.elements += 1;
                    if self.elements > MOST {
                        let what = format!("{} has more than {MOST} elements, which no document needs", self.part);
                        return Err(refuse(what));
                    }
                    if self.depth > DEEPEST {
                        return Err(refuse(format!("{} has more than {DEEPEST} elements in each other", self.part)));
                    }
                    if start.len() > LONGEST {
                        return Err(self.too_long());
                    }
                    return Ok(Token::Start(Tag { space, start }));
                }
                Event::End(_) => {
                    self.depth -= 1;
                    return Ok(Token::End);
                }
                Event::Eof if self.depth > 0 => return Err(self.broken("it breaks off")),
                Event::Eof => return Ok(Token::Over),
                Event::Text(text) => text.xml10_content().map_err(|error| self.broken(error))?,
                Event::CData(text) => text.xml10_content().map_err(|error| self.broken(error))?,
                Event::GeneralRef(reference) => {
                    let name = reference.decode().map_err(|error| self.broken(error))?;
                    match unescape(&format!("&{name};")) {
                        Ok(text) => Cow::Owned(text.into_owned()),
                        Err(_) => return Err(refuse(format!("{} has an entity of its own, “&{name};”", self.part))),
                    }
                }
                Event::DocType(_) => {
                    return Err(refuse(format!("{} has a DOCTYPE, where entities could be", self.part)));
                }
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            };
            if text.len() > LONGEST {
                return Err(self.too_long());
            }
            if let Some(control) = text.chars().find(|c| is_forbidden(*c)) {
                return Err(self.broken(format!("the character U+{:04X} stands in it", u32::from(control))));
            }
            return Ok(Token::Text(text));
        }
    }

    fn too_long(&self) -> Failure {
        refuse(format!("{} has a single text of more than {} MB", self.part, LONGEST >> 20))
    }

    /// The next element in the one that has just begun, whose own words are passed over; none once that ends.
    pub fn child(&mut self) -> Result<Option<Tag<'a>>, Failure> {
        loop {
            match self.next()? {
                Token::Start(tag) => return Ok(Some(tag)),
                Token::End | Token::Over => return Ok(None),
                Token::Text(_) => {}
            }
        }
    }

    /// Leaves the element that has just begun, with all that is in it.
    pub fn skip(&mut self) -> Result<(), Failure> {
        let mut open = 1;
        while open > 0 {
            match self.next()? {
                Token::Start(_) => open += 1,
                Token::End => open -= 1,
                Token::Text(_) => {}
                Token::Over => break,
            }
        }
        Ok(())
    }

    /// All the text in the element that has just begun.
    pub fn text(&mut self) -> Result<String, Failure> {
        let mut text = String::new();
        let mut open = 1;
        while open > 0 {
            match self.next()? {
                Token::Start(_) => open += 1,
                Token::End => open -= 1,
                Token::Text(piece) => text.push_str(&piece),
                Token::Over => break,
            }
        }
        Ok(text)
    }
}

fn space_of(space: &ResolveResult<'_>) -> Space {
    let ResolveResult::Bound(Namespace(name)) = space else { return Space::Other };
    match *name {
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | b"http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
        b"http://schemas.openxmlformats.org/officeDocument/2006/math"
        | b"http://purl.oclc.org/ooxml/officeDocument/math" => Space::Math,
        b"http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compatibility,
        _ => Space::Other,
    }
}
