//! What stands in HTML: the tags of the dialect, and its directives, which are comments.

use super::super::characters;
use super::super::directive::{self, ClauseSpec, DocumentSpec, FurnitureSpec, typed_table};
use super::super::escape::percent_decode;
use super::Reader;
use super::lists::DEEPEST;
use crate::document::{Block, CLAUSE_LEVELS, Furniture, FurnitureKind, Kind, Mark, Revised, Script, Style};
use std::ops::Range;

impl Reader<'_> {
    pub(super) fn block_html(&mut self, html: &str, at: Range<usize>) {
        // The lines of one HTML block come one by one; a directive has a line of its own.
        if html.trim().is_empty() {
            return;
        }
        match directive::parse(html) {
            Some((name, data)) => self.block_directive(name, data, at),
            None if is_comment(html) => {}
            None => self.unknown_html(html, at),
        }
    }

    fn block_directive(&mut self, name: &str, data: &str, at: Range<usize>) {
        self.no_directive_waits();
        self.faults.extend(characters::in_json(data, at.clone()));
        match name {
            "document" => match serde_json::from_str::<DocumentSpec>(data) {
                Ok(spec) if self.blocks.is_empty() => self.meta = Revised { now: spec.now, was: spec.was },
                Ok(_) => self.fault(at, "the document directive isn't at the start", "Move it to the first line."),
                Err(error) => self.bad_directive(name, &error, at),
            },
            "page-break" => self.furniture(FurnitureKind::PageBreak, data, at),
            "landscape" => self.furniture(FurnitureKind::Landscape, data, at),
            "portrait" => self.furniture(FurnitureKind::Portrait, data, at),
            "contents" => self.furniture(FurnitureKind::Contents, data, at),
            "table" if self.typed && !data.starts_with('{') => {
                let (spec, wrong) = typed_table(data);
                for message in wrong {
                    let help = "Write such as header-rows=2, header-column or widths=2,1,1, with blanks between them.";
                    self.fault(at.clone(), message, help);
                }
                self.table = Some((spec, at));
            }
            "table" => match serde_json::from_str(data) {
                Ok(spec) => self.table = Some((spec, at)),
                Err(error) => self.bad_directive(name, &error, at),
            },
            "clause" if self.typed => self.fault(
                at,
                "a section begins within another",
                "Give it a file of its own, with its number under “section”, and take the line away.",
            ),
            "clause" => match serde_json::from_str(data) {
                Ok(ClauseSpec { id, level }) => {
                    let kind = Kind::Clause { level, id };
                    match can_be_written(&kind) {
                        true => self.role = Some((kind, at)),
                        false => self.no_such_level(at),
                    }
                }
                Err(error) => self.bad_directive(name, &error, at),
            },
            _ => match directive::role(name) {
                Some(role) => self.role = Some((Kind::Role(role), at)),
                None => self.fault(
                    at,
                    format!("there is no directive “ctsd:{name}”"),
                    "Use document, page-break, landscape, portrait, contents, table, clause, title, subtitle, instruction, caption, note, classification, figure, term or meaning.",
                ),
            },
        }
    }

    fn furniture(&mut self, kind: FurnitureKind, data: &str, at: Range<usize>) {
        match serde_json::from_str::<FurnitureSpec>(if data.is_empty() { "{}" } else { data }) {
            Ok(spec) => self.blocks.push(Block::Furniture(Furniture { kind, mark: spec.mark })),
            Err(error) => self.bad_directive("page-break", &error, at),
        }
    }

    fn bad_directive(&mut self, name: &str, error: &serde_json::Error, at: Range<usize>) {
        let message = format!("the directive “ctsd:{name}” can't be read: {error}");
        let written = self.text.get(at.clone()).unwrap_or_default();
        let help = match written.contains(['“', '”', '‘', '’']) && error.is_syntax() {
            true => "Mend the part between the braces, which is JSON: its quotation marks are straight ones (\").",
            false => "Mend the part between the braces, which is JSON.",
        };
        self.fault(at, message, help);
    }

    fn no_such_level(&mut self, at: Range<usize>) {
        let help = format!("Headings and list items have levels 1 to 6, clauses 1 to {CLAUSE_LEVELS}.");
        self.fault(at, "there is no such level", help);
    }

    /// A directive that stands over nothing it applies to.
    pub(super) fn no_directive_waits(&mut self) {
        let waiting = self.role.take().map(|(_, at)| at).into_iter().chain(self.table.take().map(|(_, at)| at));
        for at in waiting.collect::<Vec<_>>() {
            self.fault(
                at,
                "this directive stands over nothing it applies to",
                "Put it right above the paragraph or table.",
            );
        }
    }

    fn unknown_html(&mut self, html: &str, at: Range<usize>) {
        let tag: String = html.trim().chars().take(40).collect();
        let help = "For bold write **word**, for italics *word*; write &lt; for the character <.";
        self.fault(at, format!("“{tag}” isn't known here"), help);
    }

    pub(super) fn inline_html(&mut self, html: &str, at: Range<usize>) {
        if let Some((name, data)) = directive::parse(html) {
            return self.inline_directive(name, data, at);
        }
        let inline = &mut self.inline;
        match html {
            "<br>" | "<br/>" | "<br />" => inline.push("\n", at.start),
            "<strong>" => inline.strong += 1,
            "<em>" => inline.emphasis += 1,
            "</strong>" if inline.strong > 0 => inline.strong -= 1,
            "</em>" if inline.emphasis > 0 => inline.emphasis -= 1,
            "<ins>" if inline.mark == Mark::Kept => inline.mark = Mark::Inserted,
            "<del>" if inline.mark == Mark::Kept => inline.mark = Mark::Deleted,
            "</ins>" if inline.mark == Mark::Inserted => inline.mark = Mark::Kept,
            "</del>" if inline.mark == Mark::Deleted => inline.mark = Mark::Kept,
            "<sup>" if inline.script.is_none() => inline.script = Some(Script::Superscript),
            "<sub>" if inline.script.is_none() => inline.script = Some(Script::Subscript),
            "</sup>" if inline.script == Some(Script::Superscript) => inline.script = None,
            "</sub>" if inline.script == Some(Script::Subscript) => inline.script = None,
            "</span>" if inline.was.is_some() => inline.was = None,
            _ => match former_style(html) {
                Some(was) if inline.was.is_none() => inline.was = Some(was),
                _ if is_comment(html) => {}
                _ => self.unknown_html(html, at),
            },
        }
    }

    fn inline_directive(&mut self, name: &str, data: &str, at: Range<usize>) {
        // A note that moved says it of its words, none of which is marked by itself.
        let is_inserted = self.inline.mark == Mark::Inserted || (!self.typed && self.notes.open.is_some());
        let remarks = &mut self.inline.remarks;
        match name {
            // Within what moved: what is new in it, and what only moved again.
            "new" if is_inserted => self.inline.fresh = true,
            "moved" if self.inline.fresh => self.inline.fresh = false,
            "inserted" => remarks.mark = Mark::Inserted,
            "deleted" => remarks.mark = Mark::Deleted,
            "continued" => remarks.continued = true,
            "was" => match serde_json::from_str(data) {
                Ok(kind) if can_be_written(&kind) => remarks.was = Some(kind),
                Ok(_) => self.no_such_level(at),
                Err(error) => self.bad_directive(name, &error, at),
            },
            _ => self.fault(
                at,
                format!("the directive “ctsd:{name}” stands within a paragraph"),
                "Put it on a line of its own, with an empty line above.",
            ),
        }
    }
}

/// Whether Markdown has such a paragraph.
fn can_be_written(kind: &Kind) -> bool {
    match kind {
        Kind::Heading { level, .. } => (1..=6).contains(level),
        Kind::Item { level, .. } => (1..=DEEPEST).contains(&usize::from(*level)),
        Kind::Clause { level, .. } => (1..=CLAUSE_LEVELS).contains(level),
        Kind::Body | Kind::Role(_) => true,
    }
}

fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!--") && html.ends_with("-->")
}

/// The style in `<span data-was="strong emphasis link:…">`.
fn former_style(html: &str) -> Option<Style> {
    let words = html.strip_prefix("<span data-was=\"")?.strip_suffix("\">")?;
    let mut style = Style::default();
    for word in words.split_whitespace() {
        match word {
            "strong" => style.strong = true,
            "emphasis" => style.emphasis = true,
            "superscript" => style.script = Some(Script::Superscript),
            "subscript" => style.script = Some(Script::Subscript),
            _ => style.link = Some(percent_decode(word.strip_prefix("link:")?)),
        }
    }
    Some(style)
}
