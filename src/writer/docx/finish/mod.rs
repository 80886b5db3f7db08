//! The finish pass: what docx-rs built, read once and written as Word and the schema want it.
//!
//! It puts children in the schema's order, gives every revision and bookmark an id of one sequence (docx-rs counts them
//! in counters that the whole process shares), turns carriers into what they carry, and drops what means nothing.
//! Text is copied byte for byte.

mod order;
pub mod package;
pub mod properties;
mod stack;

use super::carrier;
use super::moves::{self, Moving};
use crate::document::Figure;
use crate::ooxml::styles;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use stack::{Stack, arrange};
use std::collections::{HashMap, VecDeque};
use std::io::Write;

pub type XmlError = quick_xml::Error;

/// Writes finished XML. One serves all parts of a document, so that ids are unique among them.
#[derive(Debug)]
pub struct Finisher {
    next_id: usize,
    /// The ids that bookmarks have been given, by those that they were built with.
    bookmarks: HashMap<Vec<u8>, usize>,
    /// The attributes of a revision but its id: of whoever is named last, and of the document's own author.
    revision: String,
    own: String,
    date: Option<String>,
    /// Those of each of the document's hands.
    hands: Vec<String>,
    /// Those of the author.
    initials: String,
    own_initials: String,
    language: String,
    /// On which side of a move what follows stands.
    pub moving: Option<Moving>,
    /// The ends of moves that stand before the text of the next paragraph.
    ends: Vec<u8>,
    /// What the logo shows, which docx-rs can't say.
    pub alt: String,
    /// The pictures of the text that come next, in order, and how many there were.
    pub drawn: VecDeque<Figure>,
    shown: usize,
}

impl Finisher {
    /// `first_id` is one that no comment has.
    pub fn new(first_id: usize, author: &str, date: Option<&str>, language: &str) -> Self {
        let own = revision(author, date);
        let language = escape(language).into_owned();
        let initials = initials(author);
        let (revision, date) = (own.clone(), date.map(str::to_owned));
        Self {
            next_id: first_id,
            bookmarks: HashMap::new(),
            revision,
            hands: Vec::new(),
            moving: None,
            ends: Vec::new(),
            own,
            date,
            own_initials: initials.clone(),
            initials,
            language,
            alt: String::new(),
            drawn: VecDeque::new(),
            shown: 0,
        }
    }

    /// Says whose the revisions are that follow, if they aren't the document's own author's, and when they were made, if
    /// not when the others were.
    pub fn revised_by(&mut self, hand: Option<(&str, Option<&str>)>) {
        match hand {
            Some((author, date)) => self.revision = revision(author, date.or(self.date.as_deref())),
            None => self.revision.clone_from(&self.own),
        }
    }

    /// Says who makes the comment that follows, if not the document's own author.
    pub fn said_by(&mut self, who: Option<(&str, Option<&str>)>) {
        self.revised_by(who);
        self.initials = who.map_or_else(|| self.own_initials.clone(), |(author, _)| initials(author));
    }

    /// Says who makes a revision of which the builder names the hand by its index; behind them all comes the author.
    pub fn hands<'h>(&mut self, hands: impl Iterator<Item = (&'h str, Option<String>)>) {
        let own = self.date.as_deref();
        self.hands = hands.map(|(author, date)| revision(author, date.as_deref().or(own))).collect();
        self.hands.push(self.own.clone());
    }

    /// Finishes a whole part or one element of it.
    pub fn fragment(&mut self, xml: &[u8], out: &mut Vec<u8>) -> Result<(), XmlError> {
        self.copy(xml, &[], out)
    }

    /// Finishes the document part, with a body that is finished.
    pub fn document(&mut self, shell: &[u8], body: &[u8], out: &mut Vec<u8>) -> Result<(), XmlError> {
        self.copy(shell, body, out)
    }

    /// Begins an element whose children follow one by one, and then its end: `frame` is the element without them.
    pub fn open(&mut self, frame: &[u8], end: &[u8], out: &mut Vec<u8>) -> Result<(), XmlError> {
        self.fragment(frame, out)?;
        out.truncate(out.len().saturating_sub(end.len()));
        Ok(())
    }

    /// Says what the grid of the table that was just opened was, which docx-rs has no word for.
    pub fn former_grid(&mut self, widths: &[usize], out: &mut Vec<u8>) {
        const END: &[u8] = b"</w:tblGrid>";
        if !out.ends_with(END) {
            return;
        }
        out.truncate(out.len() - END.len());
        let id = self.take_id();
        let columns: String = widths.iter().map(|width| format!(r#"<w:gridCol w:w="{width}"/>"#)).collect();
        // Writing to a vector can't fail.
        let _ = write!(out, r#"<w:tblGridChange w:id="{id}"><w:tblGrid>{columns}</w:tblGrid></w:tblGridChange>"#);
        out.extend_from_slice(END);
    }

    fn copy(&mut self, xml: &[u8], body: &[u8], out: &mut Vec<u8>) -> Result<(), XmlError> {
        let mut reader = Reader::from_reader(xml);
        reader.config_mut().check_end_names = false;
        let mut stack = Stack::default();
        loop {
            let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            match reader.read_event()? {
                Event::Start(tag) => {
                    let start = out.len();
                    // The name as a piece of the source, which outlives the event.
                    let name = xml.get(at + 1..at + 1 + tag.name().as_ref().len()).unwrap_or_default();
                    stack.note(name, start);
                    let moved = self.moved(&tag, &stack);
                    self.tag(&tag, moved, false, out);
                    stack.open(moved.unwrap_or(name), start, out.len());
                    if name == b"w:body" {
                        out.extend_from_slice(body);
                    }
                }
                Event::Empty(tag) if order::means_nothing_empty(tag.name().as_ref()) => {}
                Event::Empty(tag) => self.empty(&tag, &mut stack, out),
                Event::End(_) => self.close(&mut stack, out),
                Event::Text(text) => out.extend_from_slice(&text),
                Event::GeneralRef(entity) => {
                    out.push(b'&');
                    out.extend_from_slice(&entity);
                    out.push(b';');
                }
                Event::Decl(declaration) => {
                    out.extend_from_slice(b"<?");
                    out.extend_from_slice(&declaration);
                    out.extend_from_slice(b"?>");
                }
                Event::Eof => return Ok(()),
                Event::CData(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    fn empty(&mut self, tag: &BytesStart<'_>, stack: &mut Stack<'_>, out: &mut Vec<u8>) {
        let start = out.len();
        match tag.name().as_ref() {
            carrier::FORMER_STYLE => {
                stack.note(b"w:rPrChange", start);
                let former =
                    carrier::former_properties(&String::from_utf8_lossy(&attribute(tag, b"w:val").unwrap_or_default()));
                let id = self.take_id();
                // Writing to a vector can't fail.
                let _ =
                    write!(out, r#"<w:rPrChange w:id="{id}"{}><w:rPr>{former}</w:rPr></w:rPrChange>"#, self.revision);
            }
            // The width of a table belongs to the table, not to its style.
            b"w:tblW" if stack.is_in(b"w:style") => {}
            carrier::HEADER_ROW => {
                stack.note(b"w:tblHeader", start);
                out.extend_from_slice(b"<w:tblHeader/>");
            }
            b"w:footnoteReference" if attribute(tag, b"w:id") == Some(carrier::NOTE_SIGN.to_string().into_bytes()) => {
                out.extend_from_slice(b"<w:footnoteRef/>");
            }
            name => {
                stack.note(name, start);
                self.tag(tag, self.moved(tag, stack), true, out);
            }
        }
    }

    /// Closes the element that was opened last: drops it if it means nothing, else puts its children in order.
    fn close(&mut self, stack: &mut Stack<'_>, out: &mut Vec<u8>) {
        let Some(frame) = stack.frames.pop() else { return };
        if frame.name == b"w:rPr" && stack.frames.last().is_some_and(|parent| parent.name == b"w:rPrDefault") {
            stack.children.push((order::rank(frame.order.unwrap_or_default(), b"w:lang"), out.len()));
            let _ = write!(out, r#"<w:lang w:val="{0}" w:eastAsia="{0}" w:bidi="ar-SA"/>"#, self.language);
        }
        let children = stack.children.split_off(frame.children);
        if out.len() == frame.content && order::means_nothing_empty(frame.name) {
            out.truncate(frame.start);
            if stack.frames.last().is_some_and(|parent| parent.order.is_some()) {
                stack.children.pop();
            }
            return;
        }
        if !children.is_sorted_by_key(|(rank, _)| *rank) {
            arrange(children, out);
        }
        out.extend_from_slice(b"</");
        out.extend_from_slice(frame.name);
        out.push(b'>');
        if frame.name == b"w:pPr" && stack.frames.len() == 1 {
            self.end_moves(out);
        }
    }

    /// What an element is called within what moves, where that is something else. What is struck there is plain text.
    fn moved(&self, tag: &BytesStart<'_>, stack: &Stack<'_>) -> Option<&'static [u8]> {
        let moving = self.moving?;
        match tag.name().as_ref() {
            b"w:delText" if stack.is_in(b"w:moveFrom") => Some(b"w:t"),
            name => moving.revision(name).filter(|_| !moves::read(&attribute(tag, b"w:author").unwrap_or_default()).1),
        }
    }

    /// Begins what moves with the next paragraph, by the number of its move, and gives the id by which it is ended.
    pub fn begin_move(&mut self, moving: Moving, number: usize) -> usize {
        let (id, [begin, _]) = (self.take_id(), moving.ends());
        // Word's schema wants a date here, though nobody is shown it; undated revisions get that of the package's parts.
        let date = if self.revision.contains(r#" w:date=""#) { "" } else { r#" w:date="1980-01-01T00:00:00Z""# };
        // Writing to a vector can't fail.
        let _ = write!(self.ends, r#"<{begin} w:id="{id}" w:name="move{number}"{}{date}/>"#, self.revision);
        id
    }

    /// Ends what moves before the next paragraph. The end stands in that, where it parts no paragraphs that run together
    /// once their revisions are resolved, and yet has the last mark that moves before it.
    pub fn end_move(&mut self, moving: Moving, id: usize) {
        let [_, end] = moving.ends();
        let _ = write!(self.ends, r#"<{end} w:id="{id}"/>"#);
    }

    /// Writes the ends of moves behind which no paragraph stands.
    pub fn end_moves(&mut self, out: &mut Vec<u8>) {
        out.append(&mut self.ends);
    }

    /// Writes a start tag or an empty element, with the attributes that are to change changed, and by the name that it
    /// has where it was moved.
    fn tag(&mut self, tag: &BytesStart<'_>, moved: Option<&[u8]>, empty: bool, out: &mut Vec<u8>) {
        out.push(b'<');
        match tag.name().as_ref() {
            // Ids of paragraphs come from a counter of the process, and nothing refers to them.
            b"w:p" => out.extend_from_slice(b"w:p"),
            name @ (b"w:ins" | b"w:del" | b"w:pPrChange") => {
                let id = self.take_id();
                out.extend_from_slice(moved.unwrap_or(name));
                let (by, _) = moves::read(&attribute(tag, b"w:author").unwrap_or_default());
                let revision = by.and_then(|by| self.hands.get(by)).unwrap_or(&self.revision);
                let _ = write!(out, r#" w:id="{id}"{revision}"#);
            }
            name @ (b"w:bookmarkStart" | b"w:bookmarkEnd") => {
                let built = attribute(tag, b"w:id").unwrap_or_default();
                let next = &mut self.next_id;
                let id = *self.bookmarks.entry(built).or_insert_with(|| take(next));
                out.extend_from_slice(name);
                let _ = write!(out, r#" w:id="{id}""#);
                if let Some(name) = attribute(tag, b"w:name") {
                    out.extend_from_slice(b" w:name=\"");
                    out.extend_from_slice(&name);
                    out.push(b'"');
                }
            }
            name @ b"w:delText" if moved.is_some() => {
                out.extend_from_slice(moved.unwrap_or(name));
                out.extend_from_slice(tag.get(name.len()..).unwrap_or_default().trim_ascii_end());
            }
            // docx-rs doesn't escape a comment's author, and leaves his initials empty.
            b"w:comment" => {
                let id = attribute(tag, b"w:id").unwrap_or_default();
                let id = String::from_utf8_lossy(&id);
                let _ = write!(out, r#"w:comment w:id="{id}"{} w:initials="{}""#, self.revision, self.initials);
            }
            b"wp:docPr" => {
                let _ = match self.drawn.pop_front() {
                    Some(Figure { file, alt }) => {
                        self.shown += 1;
                        // The logo has the first.
                        let id = self.shown + 1;
                        write!(out, r#"wp:docPr id="{id}" name="{}" descr="{}""#, escape(file), escape(alt))
                    }
                    None => write!(out, r#"wp:docPr id="1" name="Logo" descr="{}""#, escape(self.alt.as_str())),
                };
            }
            // A column of a grid is as wide as it says, and of no type.
            b"w:gridCol" => {
                out.extend_from_slice(b"w:gridCol w:w=\"");
                out.extend_from_slice(&attribute(tag, b"w:w").unwrap_or_default());
                out.push(b'"');
            }
            b"w:style" => {
                out.extend_from_slice(tag.trim_ascii_end());
                let id = attribute(tag, b"w:styleId").unwrap_or_default();
                if styles::is_custom(&String::from_utf8_lossy(&id)) {
                    out.extend_from_slice(br#" w:customStyle="1""#);
                }
                if id == b"Normal" {
                    out.extend_from_slice(br#" w:default="1""#);
                }
            }
            _ => out.extend_from_slice(tag.trim_ascii_end()),
        }
        out.extend_from_slice(if empty { b"/>" } else { b">" });
    }

    fn take_id(&mut self) -> usize {
        take(&mut self.next_id)
    }
}

/// The attributes of a revision but its id.
fn revision(author: &str, date: Option<&str>) -> String {
    let date = date.map_or_else(String::new, |date| format!(r#" w:date="{}""#, escape(date)));
    format!(r#" w:author="{}"{date}"#, escape(author))
}

/// The initials of a name, as Word shows them beside a comment. A word with a figure in it, such as MP089, is one whole.
fn initials(name: &str) -> String {
    const MOST: usize = 9;
    let words = name.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let initials = words.flat_map(|word| {
        let whole = word.contains(|c: char| c.is_ascii_digit());
        word.chars().filter(|c| c.is_alphanumeric() || *c == '.').take(if whole { MOST } else { 1 })
    });
    initials.flat_map(char::to_uppercase).take(MOST).collect()
}

fn take(next: &mut usize) -> usize {
    let id = *next;
    *next += 1;
    id
}

/// The value of an attribute as it is written: escaped.
fn attribute(tag: &BytesStart<'_>, name: &[u8]) -> Option<Vec<u8>> {
    let mut attributes = tag.attributes();
    let attributes = attributes.with_checks(false);
    attributes.flatten().find(|attribute| attribute.key.as_ref() == name).map(|found| found.value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_short_and_tell_authors_apart() {
        let cases = [
            ("MP089", "MP089"),
            ("Ada Lovelace", "AL"),
            ("SEC Version 6.18", "SV6.18"),
            ("anne-marie <o'neil> & \"Co\"", "AOC"),
            ("Modification MP0891234567", "MMP089123"),
            ("", ""),
            ("& <>", ""),
        ];
        for (name, wanted) in cases {
            assert_eq!(initials(name), wanted);
        }
    }
}
