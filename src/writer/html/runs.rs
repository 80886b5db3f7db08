//! Words: revisions, emphasis, links, references to notes, pictures.

use super::changes::{Place, absence, element, was_otherwise};
use super::setter::{NoteContext, Writer};
use super::text::{attribute, escaped, push};
use crate::document::{Figure, Mark, Run, Script, Style};
use crate::writer::view::RevisionView;
use crate::writer::was;
use std::fmt::Write as _;

/// The addresses that a page leads to, by how they begin. Others are no more than text.
const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

impl<'d> Writer<'d> {
    /// Some runs; those side by side that one hand revised alike stand in one element.
    pub fn runs(&mut self, out: &mut String, runs: &[Run], place: Place) {
        let alike = |a: &Run, b: &Run| a.mark == b.mark && a.style.now.by == b.style.now.by;
        for stretch in runs.chunk_by(alike) {
            let mark = element(stretch[0].mark);
            if let Some(mark) = mark {
                write!(out, "<{mark}").unwrap_or_default();
                self.hands.sign(out, place, stretch.first());
                out.push('>');
            }
            stretch.iter().for_each(|run| self.run(out, run, place));
            if let Some(mark) = mark {
                write!(out, "</{mark}>").unwrap_or_default();
            }
        }
    }

    fn run(&mut self, out: &mut String, run: &Run, place: Place) {
        let style = &run.style.now;
        let mut ends: Vec<&str> = Vec::new();
        if let Some(was) = was_otherwise(run) {
            out.push_str("<span class=\"restyled\"");
            attribute(out, "data-was", &looks(was));
            attribute(out, "data-note", was::look(was, &self.sheet.marks.was));
            self.hands.sign(out, place, Some(run));
            out.push('>');
            ends.push("</span>");
        }
        if style.fresh {
            out.push_str("<span class=\"fresh\">");
            ends.push("</span>");
        }
        if let Some(note) = &style.note {
            self.reference(out, run.mark, &note.runs, place);
            return ends.iter().rev().for_each(|end| out.push_str(end));
        }
        if let Some(address) = style.link.as_deref().and_then(|link| self.address(link)) {
            out.push_str("<a");
            attribute(out, "href", &address);
            out.push('>');
            ends.push("</a>");
        }
        let (raised, lowered) = (style.script == Some(Script::Superscript), style.script == Some(Script::Subscript));
        for (is_so, start, end) in [
            (raised, "<sup>", "</sup>"),
            (lowered, "<sub>", "</sub>"),
            (style.strong, "<strong>", "</strong>"),
            (style.emphasis, "<em>", "</em>"),
        ] {
            if is_so {
                out.push_str(start);
                ends.push(end);
            }
        }
        match &style.figure {
            Some(figure) => self.picture(out, figure),
            None => push_lines(out, &run.text),
        }
        ends.iter().rev().for_each(|end| out.push_str(end));
    }

    /// A reference to a note, which leads to it, with its number in each of the texts.
    fn reference(&mut self, out: &mut String, mark: Mark, runs: &[Run], place: Place) {
        let stands = RevisionView::BOTH.map(|view| view.holds(mark) && view.holds(self.within));
        for (count, stands) in self.noted.iter_mut().zip(stands) {
            *count += usize::from(stands);
        }
        let number = match (stands, self.noted) {
            ([true, true], [was, now]) if was != now => format!("<del>{was}</del><ins>{now}</ins>"),
            ([true, false], [was, _]) => was.to_string(),
            (_, [_, now]) => now.to_string(),
        };
        let index = self.notes.len() + 1;
        write!(
            out,
            "<sup class=\"reference\"><a id=\"reference-{index}\" href=\"#note-{index}\" role=\"doc-noteref\">{number}</a></sup>"
        )
        .unwrap_or_default();
        self.notes.push(NoteContext {
            index,
            class: absence(stands.map(|stands| !stands)),
            number,
            text: String::new(),
        });
        let mut text = String::new();
        let own = self.notes.len() - 1;
        self.runs(&mut text, runs, place);
        self.notes[own].text = text;
    }

    /// A picture within the page; in its stead, where nobody has it, what it shows.
    fn picture(&self, out: &mut String, figure: &Figure) {
        match self.sheet.figure(&figure.file) {
            Some((picture, (width, _))) => {
                out.push_str("<img");
                attribute(out, "src", &super::picture::data(picture));
                attribute(out, "alt", &figure.alt);
                write!(out, " width=\"{}\" height=\"{}\"", picture.width, picture.height).unwrap_or_default();
                write!(out, " style=\"width: {width:.1}mm\">").unwrap_or_default();
            }
            None => {
                out.push_str("<span class=\"picture\" role=\"img\"");
                attribute(out, "aria-label", &figure.alt);
                write!(out, ">{}</span>", escaped(&figure.alt)).unwrap_or_default();
            }
        }
    }

    /// Where a link leads, if it leads somewhere that a page may lead to.
    fn address(&self, link: &str) -> Option<String> {
        match link.strip_prefix('#') {
            Some(place) => self.anchors.get(place).map(|name| format!("#{name}")),
            None => {
                let lower = link.to_ascii_lowercase();
                SCHEMES.iter().any(|scheme| lower.starts_with(scheme)).then(|| link.to_owned())
            }
        }
    }
}

/// How words look, a word for each thing.
fn looks(style: &Style) -> String {
    let script = style.script.map(|script| match script {
        Script::Superscript => "superscript",
        Script::Subscript => "subscript",
    });
    let words = [style.strong.then_some("strong"), style.emphasis.then_some("emphasis"), script];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Text whose line ends are line ends.
pub(super) fn push_lines(out: &mut String, text: &str) {
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push_str("<br>");
        }
        push(out, line);
    }
}
