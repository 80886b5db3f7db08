//! Paragraphs and what holds them: lists, definitions, figures, headings.

use super::changes::{Standing, absence, element, label, whole_paragraph};
use super::setter::{Definition, Writer};
use super::text::{attribute, escaped};
use crate::document::{Block, FurnitureKind, Kind, Mark, Marker, Paragraph, Run, TextRole};
use crate::writer::view::RevisionView;
use crate::writer::was;
use std::fmt::Write as _;

impl<'d> Writer<'d> {
    /// A paragraph where it belongs in what is open.
    pub fn paragraph(&mut self, out: &mut String, index: usize, paragraph: &'d Paragraph, next: Option<&Block>) {
        let kind = &paragraph.kind.now;
        match kind {
            Kind::Item { level, marker } => self.item(out, index, usize::from(*level).max(1), marker, paragraph),
            Kind::Role(TextRole::Term) if is_meaning(next) => {
                self.close_lists(out, 0);
                if self.open.definition == Definition::None {
                    out.push_str("<dl>\n");
                } else if self.open.definition == Definition::Meaning {
                    out.push_str("</dd>\n");
                }
                self.open.definition = Definition::Term;
                self.element(out, index, paragraph, "dt", "term");
            }
            Kind::Role(TextRole::Meaning) if self.open.definition != Definition::None => {
                self.close_lists(out, 0);
                if self.open.definition == Definition::Term {
                    out.push_str("<dd>");
                }
                self.open.definition = Definition::Meaning;
                self.element(out, index, paragraph, "p", "meaning");
            }
            kind => {
                self.close(out);
                let (tag, class) = self.tag(kind);
                match kind {
                    Kind::Role(TextRole::Figure) => self.figure(out, index, paragraph),
                    _ => self.element(out, index, paragraph, tag, class),
                }
            }
        }
    }

    /// What a page makes of a page's own furniture.
    pub fn furniture(&mut self, out: &mut String, kind: FurnitureKind, mark: Mark) {
        self.close(out);
        match kind {
            FurnitureKind::Landscape => self.turned = true,
            FurnitureKind::Portrait => self.turned = false,
            FurnitureKind::PageBreak => out.push_str("<div class=\"page-break\"></div>\n"),
            FurnitureKind::Contents => {
                out.push_str("<ul class=\"contents\">\n");
                for entry in self.contents(mark) {
                    let class = entry.mark.map(|mark| format!(" {mark}")).unwrap_or_default();
                    let (level, href, text) = (entry.level, &entry.href, &entry.text);
                    writeln!(out, "<li class=\"level-{level}{class}\"><a href=\"#{href}\">{text}</a></li>")
                        .unwrap_or_default();
                }
                out.push_str("</ul>\n");
            }
        }
    }

    /// Closes what is open.
    pub fn close(&mut self, out: &mut String) {
        self.close_lists(out, 0);
        match std::mem::take(&mut self.open.definition) {
            Definition::None => {}
            Definition::Term => out.push_str("</dl>\n"),
            Definition::Meaning => out.push_str("</dd>\n</dl>\n"),
        }
    }

    fn close_lists(&mut self, out: &mut String, to: usize) {
        for list in self.open.lists.drain(to.min(self.open.lists.len())..).rev() {
            writeln!(out, "</li></{list}>").unwrap_or_default();
        }
    }

    fn item(&mut self, out: &mut String, index: usize, level: usize, marker: &Marker, paragraph: &'d Paragraph) {
        if level == 1 || self.open.definition == Definition::Term {
            match self.open.definition {
                Definition::None => {}
                _ => self.close(out),
            }
        }
        // What a term means is the first level of the lists in it.
        let level = if self.open.definition == Definition::Meaning { level - 1 } else { level };
        let list = if matches!(marker, Marker::Label(_)) { "ol" } else { "ul" };
        let goes_on = *marker == Marker::Continued && self.open.lists.len() >= level;
        self.close_lists(out, level);
        if !goes_on {
            if self.open.lists.len() == level {
                out.push_str("</li>\n<li>");
            }
            while self.open.lists.len() < level {
                self.open.lists.push(list);
                write!(out, "<{list}>\n<li>").unwrap_or_default();
            }
        }
        self.element(out, index, paragraph, "p", "item");
    }

    /// A paragraph as an element of this name.
    fn element(&mut self, out: &mut String, index: usize, paragraph: &'d Paragraph, tag: &str, class: &str) {
        self.begin(out, index, paragraph, tag, class);
        self.label(out, index, paragraph);
        self.runs(out, &paragraph.runs, (index, None, None));
        self.remarks(out, index);
        writeln!(out, "</{tag}>").unwrap_or_default();
    }

    /// Its first tag, with all that is known of it.
    fn begin(&mut self, out: &mut String, index: usize, paragraph: &Paragraph, tag: &str, class: &str) {
        let kind = &paragraph.kind.now;
        let mut classes: Vec<&str> = vec![class];
        // Where all of it is absent from a text, the mark is that of the whole.
        let absent = [0, 1].map(|view| self.standings[view][index] == Standing::Absent);
        classes.push(absence(absent));
        classes.extend(self.turned.then_some("turned"));
        classes.retain(|class| !class.is_empty());
        write!(out, "<{tag}").unwrap_or_default();
        if !classes.is_empty() {
            attribute(out, "class", &classes.join(" "));
        }
        if let Some(name) = self.names_of.get(&index) {
            attribute(out, "id", name);
        }
        if let Kind::Item { marker: Marker::Bullet, level } = kind {
            let bullets = &self.sheet.bullets;
            let at = usize::from(level.saturating_sub(1)) % bullets.len().max(1);
            attribute(out, "data-bullet", bullets.get(at).map_or("•", String::as_str));
        }
        self.changed(out, (index, None, None), whole_paragraph(paragraph).is_some());
        let runs_on = [0, 1].map(|view| self.standings[view][index] == Standing::RunsOn);
        for (view, _) in ["original", "proposed"].into_iter().zip(runs_on).filter(|(_, runs_on)| *runs_on) {
            attribute(out, "data-runs-on", view);
        }
        if let Some(note) = self.was_kind(paragraph) {
            attribute(out, "data-note", &note);
        }
        out.push('>');
        self.enter(out);
    }

    /// What a drafter wrote before its words, in each of the texts.
    fn label(&mut self, out: &mut String, index: usize, paragraph: &Paragraph) {
        let [was, now] = RevisionView::BOTH.map(|view| label(view.of(&paragraph.kind)));
        if was.is_none() && now.is_none() {
            return;
        }
        let absent = self.standings.each_ref().map(|view| view[index] == Standing::Absent);
        let whole = match absent {
            [true, false] => element(Mark::Inserted),
            [false, true] => element(Mark::Deleted),
            _ => None,
        };
        let pieces = if was == now { vec![(whole, now)] } else { vec![(Some("del"), was), (Some("ins"), now)] };
        out.push_str("<span class=\"label\">");
        for (mark, text) in pieces {
            let Some(text) = text else { continue };
            if let Some(mark) = mark {
                write!(out, "<{mark}").unwrap_or_default();
                self.hands.sign(out, (index, None, None), None);
                write!(out, ">{} </{mark}>", escaped(text)).unwrap_or_default();
            } else {
                out.push_str(&escaped(text));
                out.push(' ');
            }
        }
        out.push_str("</span>");
    }

    /// Pictures, and the caption from the next line on.
    fn figure(&mut self, out: &mut String, index: usize, paragraph: &'d Paragraph) {
        let pictures = paragraph.runs.iter().take_while(|run| run.style.now.figure.is_some()).count();
        let (pictures, caption) = paragraph.runs.split_at(pictures);
        self.begin(out, index, paragraph, "figure", "figure");
        self.label(out, index, paragraph);
        self.runs(out, pictures, (index, None, None));
        if let Some((first, rest)) = caption.split_first() {
            // It stands under the picture by itself.
            let text = first.text.strip_prefix('\n').unwrap_or(&first.text).to_owned();
            let caption: Vec<Run> =
                std::iter::once(Run { text, ..first.clone() }).chain(rest.iter().cloned()).collect();
            out.push_str("<figcaption>");
            self.runs(out, &caption, (index, None, None));
            out.push_str("</figcaption>");
        }
        self.remarks(out, index);
        out.push_str("</figure>\n");
    }

    /// The element and the class of what stands by itself.
    fn tag(&mut self, kind: &Kind) -> (&'static str, &'static str) {
        const LEVELS: [&str; 6] = ["level-1", "level-2", "level-3", "level-4", "level-5", "level-6"];
        match kind {
            Kind::Heading { level, .. } => {
                let level = (*level).clamp(1, 6);
                (self.rank(level), LEVELS[usize::from(level) - 1])
            }
            Kind::Clause { .. } => ("p", "clause"),
            Kind::Body | Kind::Item { .. } => ("p", ""),
            Kind::Role(TextRole::Title) if !std::mem::replace(&mut self.titled, true) => ("h1", "title"),
            Kind::Role(role) => match role {
                TextRole::Title => ("p", "title"),
                TextRole::Subtitle => ("p", "subtitle"),
                TextRole::Instruction => (self.rank(0), "instruction"),
                TextRole::Caption => ("p", "caption"),
                TextRole::Note => ("p", "note"),
                TextRole::Classification => ("p", "classification"),
                TextRole::Figure => ("figure", "figure"),
                TextRole::Term => ("p", "term"),
                TextRole::Meaning => ("p", "meaning"),
            },
        }
    }

    /// The element of a heading: one below that of the heading that it stands under, and the title over them all.
    fn rank(&mut self, level: u8) -> &'static str {
        const HEADINGS: [&str; 5] = ["h2", "h3", "h4", "h5", "h6"];
        self.over.retain(|above| *above < level);
        self.over.push(level);
        HEADINGS[(self.over.len() - 1).min(4)]
    }

    /// What is said of a paragraph that was of another kind. A former label is shown before its words, struck.
    fn was_kind(&self, paragraph: &Paragraph) -> Option<String> {
        let is_item = |kind: &Kind, at: u8| matches!(kind, Kind::Item { level, .. } if *level == at);
        match &paragraph.kind.was {
            Some(Kind::Item { level, marker: Marker::Label(_) }) if is_item(&paragraph.kind.now, *level) => None,
            _ => was::kind(paragraph, &self.sheet.marks.was),
        }
    }
}

fn is_meaning(block: Option<&Block>) -> bool {
    matches!(block, Some(Block::Paragraph(paragraph)) if paragraph.kind.now == Kind::Role(TextRole::Meaning))
}
