//! Markdown to the tree. What isn't of the dialect is a fault with its place.

mod addresses;
mod definitions;
mod figures;
mod html;
mod labels;
mod lists;
mod notes;
mod scripts;
mod tables;

use super::characters;
use super::directive::TableSpec;
use super::escape::percent_decode;
use super::fault::Fault;
use crate::document::{Block, Document, Kind, Mark, Paragraph, Revised, Run, Script, Style, TextRole, join_runs};
pub use figures::{figure_files, is_figure_file};
use labels::Labelled;
pub(super) use labels::ends_plainly;
use lists::List;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;
use tables::{Cells, Sign};

/// Reads a whole document.
///
/// # Errors
/// Every fault in it.
pub fn read(text: &str) -> Result<Document, Vec<Fault>> {
    let (meta, blocks) = Reader::new(text).read()?;
    Ok(Document { meta, blocks, ..Document::default() })
}

/// Reads a stretch of text that is part of a document, as [`write_blocks`](super::write_blocks) writes it.
///
/// # Errors
/// Every fault in it; what a document says of itself as a whole is one.
pub fn read_blocks(text: &str) -> Result<Vec<Block>, Vec<Fault>> {
    part(Reader::new(text))
}

/// Reads what a drafter typed, such as the body of a section: what could be meant in two ways is a fault.
///
/// # Errors
/// Every fault in it; what a document says of itself as a whole is one.
pub fn read_body(text: &str) -> Result<Vec<Block>, Vec<Fault>> {
    let mut blocks = part(Reader { typed: true, ..Reader::new(text) })?;
    addresses::link(&mut blocks);
    Ok(blocks)
}

fn part(reader: Reader<'_>) -> Result<Vec<Block>, Vec<Fault>> {
    let (meta, blocks) = reader.read()?;
    if meta != Revised::default() {
        let message = "a directive for the whole document stands within it".to_owned();
        let help = "Leave it to the template that begins the document.".to_owned();
        return Err(vec![Fault { at: 0..0, message, help }]);
    }
    Ok(blocks)
}

/// The text of a paragraph or of a cell, and where each stretch of it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// What the paragraph is; a cell is [`Kind::Body`].
    pub kind: Kind,
    /// Whether it is a cell.
    pub is_cell: bool,
    /// Its text.
    pub text: String,
    /// Where stretches of the text begin: in bytes of the text, and of the Markdown. Both rise.
    places: Vec<(usize, usize)>,
}

impl Passage {
    /// Where a byte of the text was written, in bytes of the Markdown.
    pub fn written_at(&self, offset: usize) -> usize {
        let next = self.places.partition_point(|&(from, _)| from <= offset);
        next.checked_sub(1).and_then(|at| self.places.get(at)).map_or(0, |&(from, at)| at + (offset - from))
    }
}

/// Reads a stretch of text as its paragraphs and cells, in order, for who wants to point into it.
///
/// # Errors
/// Every fault in it.
pub fn passages(text: &str) -> Result<Vec<Passage>, Vec<Fault>> {
    let mut reader = Reader { typed: true, ..Reader::new(text) };
    reader.events();
    if reader.faults.is_empty() { Ok(reader.passages) } else { Err(reader.faults) }
}

struct Reader<'a> {
    text: &'a str,
    /// What CommonMark reads, and the labels that it doesn't know.
    labelled: Labelled,
    /// Whether a drafter typed it.
    typed: bool,
    meta: Revised<crate::document::Meta>,
    blocks: Vec<Block>,
    passages: Vec<Passage>,
    faults: Vec<Fault>,
    /// Directives that wait for the block they stand over.
    role: Option<(Kind, Range<usize>)>,
    table: Option<(TableSpec, Range<usize>)>,
    lists: Vec<List>,
    /// Whether what is read is a term that is defined.
    is_term: bool,
    /// Its level, its id and where it stands.
    heading: Option<(u8, Option<String>, Range<usize>)>,
    inline: Inline,
    notes: notes::Notes,
    /// The picture that is being read.
    figure: Option<figures::Open>,
    cells: Cells,
}

/// The text of the paragraph or cell that is being read.
#[derive(Default)]
struct Inline {
    /// As they were written, one after the other.
    runs: Vec<Run>,
    /// Where each run was written.
    places: Vec<usize>,
    /// The signs of superscript and subscript among the runs.
    signs: Vec<scripts::Sign>,
    script: Option<Script>,
    strong: usize,
    fresh: bool,
    emphasis: usize,
    links: Vec<String>,
    was: Option<Style>,
    mark: Mark,
    remarks: Remarks,
}

/// A text that was read: its runs, the words in it, where each stretch of these was written, and what is said of it.
struct Ended {
    runs: Vec<Run>,
    text: String,
    places: Vec<(usize, usize)>,
    remarks: Remarks,
}

/// What the comments at the end of a paragraph say of it.
#[derive(Default)]
struct Remarks {
    mark: Mark,
    was: Option<Kind>,
    continued: bool,
}

type Read = Result<(Revised<crate::document::Meta>, Vec<Block>), Vec<Fault>>;

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            labelled: Labelled::new(text),
            typed: false,
            meta: Revised::default(),
            blocks: Vec::new(),
            passages: Vec::new(),
            faults: Vec::new(),
            role: None,
            table: None,
            lists: Vec::new(),
            is_term: false,
            heading: None,
            inline: Inline::default(),
            notes: notes::Notes::new(text),
            figure: None,
            cells: Cells::default(),
        }
    }

    fn events(&mut self) {
        let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_DEFINITION_LIST;
        let mut read = std::mem::take(&mut self.labelled.text);
        self.notes.hide(&mut read);
        for (event, at) in Parser::new_ext(&read, options).into_offset_iter() {
            let event = match event {
                // What was put into the place of a label that turned out to be text, or of the sign of a note.
                Event::Text(text) if read.get(at.clone()) == Some(&*text) => {
                    Event::Text(self.text.get(at.clone()).unwrap_or_default().into())
                }
                event => event,
            };
            self.event(event, at);
        }
        self.no_directive_waits();
        self.no_label_waits();
        self.set_notes();
        self.faults.extend(characters::plain(self.text));
    }

    fn read(mut self) -> Read {
        self.events();
        match self.faults.is_empty() {
            true => Ok((self.meta, self.blocks)),
            false => Err(self.faults),
        }
    }

    fn fault(&mut self, at: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(Fault { at, message: message.into(), help: help.into() });
    }

    /// Text as it was read is of characters that documents can carry.
    fn no_forbidden(&mut self, read: &str, at: Range<usize>) {
        let written = self.text.get(at.clone()).unwrap_or_default();
        self.faults.extend(characters::by_number(read, written, at));
    }

    fn event(&mut self, event: Event<'_>, at: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag, at),
            Event::Text(text) if self.figure.is_some() => {
                self.in_figure(&text);
                self.no_forbidden(&text, at);
            }
            Event::Text(text) => {
                self.no_words_beside_figure(&at);
                self.text(&text, at.clone());
                self.no_forbidden(&text, at);
            }
            Event::SoftBreak if self.notes.begins_after(self.text, at.end) => self.end_paragraph(),
            Event::SoftBreak if self.figure.is_some() => self.in_figure(" "),
            Event::SoftBreak if self.ends_in_figure() => self.inline.push("\n", at.start),
            Event::SoftBreak => self.inline.push(" ", at.start),
            // Spaces at the end of a line aren't seen, so that nobody has written a line break with them.
            Event::HardBreak if self.typed && !self.text.get(at.clone()).unwrap_or_default().starts_with('\\') => {
                self.inline.push(" ", at.start);
            }
            Event::HardBreak => self.inline.push("\n", at.start),
            Event::InlineHtml(html) => self.inline_html(&html, at),
            Event::Html(html) => self.block_html(&html, at),
            Event::Code(_) => self.fault(
                at,
                "legal text has no code in it, and ` marks code",
                "Write ‘ or ’ for a quotation mark, or \\` for the character itself.",
            ),
            Event::Rule => self.fault(
                at,
                "a line of dashes, stars or underscores is a rule, which legal text doesn't have",
                "Delete the line, or write \\- for a dash at the start of a paragraph.",
            ),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {
                self.fault(at, "this has no place in legal text", "Delete it.");
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, at: Range<usize>) {
        match tag {
            Tag::Paragraph => self.end_paragraph(),
            Tag::Heading { level, id, classes, attrs } => {
                if !classes.is_empty() || !attrs.is_empty() {
                    self.fault(at.clone(), "a heading has an id and no other attributes", "Write \\{ for a brace.");
                }
                self.heading(level, id.as_deref(), at);
            }
            Tag::List(_) => self.start_list(at),
            Tag::Item => self.start_item(at),
            Tag::DefinitionList => self.start_definitions(at),
            Tag::DefinitionListTitle => {}
            Tag::DefinitionListDefinition => self.start_meaning(at),
            Tag::Table(aligns) => self.start_table(&aligns, at),
            Tag::TableHead | Tag::TableRow => {
                self.row_is_whole(at);
                self.cells.rows.push(Vec::new());
            }
            Tag::Strong => self.inline.strong += 1,
            Tag::Emphasis => match self.is_within_word(&at) {
                true => self.inline.push("*", at.start),
                false => self.inline.emphasis += 1,
            },
            Tag::Link { dest_url, .. } => {
                if self.text.get(at.clone()).is_some_and(|link| link.starts_with("[^")) {
                    let help = "Put a backslash before the bracket that follows the note: \\(.";
                    self.fault(at.clone(), "a note with brackets right after it reads as a link", help);
                }
                self.no_forbidden(&dest_url, at);
                self.inline.links.push(dest_url.into_string());
            }
            Tag::TableCell | Tag::HtmlBlock => {}
            Tag::BlockQuote(_) => {
                self.fault(at, "a line that begins with > is a quotation, which legal text doesn't have", "Write \\>.");
            }
            Tag::CodeBlock(_) => self.fault(
                at,
                "lines that stand in by four spaces, or between ``` fences, are code",
                "Take the spaces or the fences away; for a deeper list level, begin the line with a dash.",
            ),
            Tag::Image { dest_url, title, .. } => self.start_figure(dest_url.into_string(), &title, at),
            _ => self.fault(at, "this has no place in legal text", "Write it as paragraphs, lists and tables."),
        }
    }

    fn end(&mut self, tag: TagEnd, at: Range<usize>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => self.end_paragraph(),
            TagEnd::Item => {
                self.end_paragraph();
                if self.lists.last().is_some_and(|list| !list.item_has_text) {
                    self.fault(at, "an item has no words", "Write them after the label, or delete it.");
                }
            }
            TagEnd::DefinitionListTitle => {
                self.is_term = true;
                self.end_paragraph();
            }
            TagEnd::DefinitionListDefinition => self.end_meaning(at),
            TagEnd::List(_) => {
                self.end_paragraph();
                self.lists.pop();
            }
            TagEnd::TableCell => {
                let Ended { runs, text, places, .. } = self.end_inline();
                match Sign::of(self.text.get(at.clone()).unwrap_or_default()).filter(|_| self.typed) {
                    Some(sign) => self.sign(sign, at),
                    None => {
                        self.passages.push(Passage { kind: Kind::Body, is_cell: true, text, places });
                        if let Some(row) = self.cells.rows.last_mut() {
                            row.push(runs);
                        }
                    }
                }
            }
            TagEnd::Table => self.end_table(at),
            TagEnd::Strong => self.inline.strong = self.inline.strong.saturating_sub(1),
            TagEnd::Emphasis => match self.is_within_word(&at) {
                true => self.inline.push("*", at.end - 1),
                false => self.inline.emphasis = self.inline.emphasis.saturating_sub(1),
            },
            TagEnd::Link => {
                self.inline.links.pop();
            }
            TagEnd::Image => self.end_figure(at),
            _ => {}
        }
    }

    fn heading(&mut self, level: HeadingLevel, id: Option<&str>, at: Range<usize>) {
        self.end_paragraph();
        let id = id.map(|id| percent_decode(id.strip_prefix("section-").unwrap_or(id)));
        self.no_forbidden(id.as_deref().unwrap_or_default(), at.clone());
        self.heading = Some((level as u8, id, at));
    }

    /// Ends the paragraph, heading or list item that is being read, if one is.
    fn end_paragraph(&mut self) {
        let Ended { runs, text, places, remarks } = self.end_inline();
        if let Some(note) = self.notes.open.take() {
            return self.end_note(note, runs, Passage { kind: Kind::Body, is_cell: false, text, places });
        }
        let heading = self.heading.take();
        let is_term = std::mem::take(&mut self.is_term);
        if runs.is_empty() {
            if let Some((_, _, at)) = heading {
                let help = "Write its words after the #, delete it, or write \\# for the character itself.";
                self.fault(at, "a heading has no words", help);
            }
            return;
        }
        let kind = match (heading, self.role.take()) {
            (Some((level, id, _)), None) => Kind::Heading { level, id },
            (None, Some((kind, _))) if self.lists.is_empty() => kind,
            (None, None) if is_term => Kind::Role(TextRole::Term),
            (None, None) if self.lists.is_empty() => match runs.first() {
                Some(run) if run.style.now.figure.is_some() => Kind::Role(TextRole::Figure),
                _ => Kind::Body,
            },
            (None, None) => self.item_kind(&remarks),
            (_, Some((_, at))) => {
                self.fault(at, "this directive stands over a paragraph only", "Put it right above the paragraph.");
                Kind::Body
            }
        };
        self.passages.push(Passage { kind: kind.clone(), is_cell: false, text, places });
        let kind = Revised { now: kind, was: remarks.was };
        self.blocks.push(Block::Paragraph(Paragraph { kind, mark: remarks.mark, runs }));
    }

    /// Ends the text that is being read.
    fn end_inline(&mut self) -> Ended {
        let mut inline = std::mem::take(&mut self.inline);
        self.faults.extend(inline.set_scripts(self.text));
        let mut text = String::new();
        let mut places = Vec::with_capacity(inline.runs.len());
        for (run, place) in inline.runs.iter().zip(inline.places) {
            places.push((text.len(), place));
            // A note is read by itself.
            text.push_str(if run.is_object() { "" } else { &run.text });
        }
        Ended { runs: join_runs(inline.runs), text, places, remarks: inline.remarks }
    }

    /// Whether emphasis is of stars that stand at letters or digits on their outer side too, as in 2*3*4, where a drafter
    /// means the stars.
    fn is_within_word(&self, at: &Range<usize>) -> bool {
        let before = self.text.get(..at.start).and_then(|text| text.chars().next_back());
        let after = self.text.get(at.end..).and_then(|text| text.chars().next());
        self.typed && [before, after].into_iter().flatten().any(char::is_alphanumeric)
    }
}

impl Inline {
    fn push(&mut self, text: &str, written_at: usize) {
        self.places.push(written_at);
        let (strong, emphasis, link) = (self.strong > 0, self.emphasis > 0, self.links.last().cloned());
        let now = Style { strong, emphasis, script: self.script, link, fresh: self.fresh, ..Style::default() };
        let style = Revised { now, was: self.was.clone() };
        self.runs.push(Run { text: text.to_owned(), style, mark: self.mark });
    }
}
