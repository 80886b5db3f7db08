//! Runs: words, and what stands among them.

use super::drawing;
use super::properties::{self, RunProperties, Tracked};
use super::state::Reading;
use super::symbol::symbol;
use crate::diagnostic::Failure;
use crate::document::Revised;
use crate::reader::marked::{Marks, PAGE_BREAK_TEXT, RevisionKind, Run, RunLook};
use crate::reader::xml::{Space, Tag, Xml};

impl Reading<'_> {
    /// Reads the run that has just begun.
    pub fn run(&mut self, xml: &mut Xml<'_>) -> Result<(), Failure> {
        let link = self.fields.iter().rev().find_map(|field| field.link.clone()).or_else(|| self.link.clone());
        let mut look: Revised<RunLook> = RunLook { link, ..RunLook::default() }.into();
        self.run_content(xml, &mut look)
    }

    fn run_content(&mut self, xml: &mut Xml<'_>, look: &mut Revised<RunLook>) -> Result<(), Failure> {
        while let Some(tag) = xml.child()? {
            self.in_run(xml, &tag, look)?;
        }
        Ok(())
    }

    fn in_run(&mut self, xml: &mut Xml<'_>, tag: &Tag<'_>, look: &mut Revised<RunLook>) -> Result<(), Failure> {
        let say = match (tag.space, tag.name()) {
            (Space::Compatibility, "AlternateContent") => {
                return self.alternatives(xml, |reading, xml| reading.run_content(xml, look));
            }
            (Space::Word, "rPr") => {
                let found = properties::run(xml)?;
                *look = self.run_look(&found, look.now.link.clone());
                return Ok(());
            }
            (Space::Word | Space::Math, "t") => {
                let text = text_of(xml, tag)?;
                return self.say(&text, look, self.marks);
            }
            (Space::Word, "delText") => {
                let text = text_of(xml, tag)?;
                let marks = self.deleted();
                return self.say(&text, look, marks);
            }
            (Space::Word, "instrText" | "delInstrText") => {
                let code = xml.text()?;
                self.add_code(&code);
                return Ok(());
            }
            (Space::Word, "tab" | "ptab") => "\t",
            (Space::Word, "br") => match tag.attribute("type").as_deref() {
                Some("page") => {
                    self.page.asked += 1;
                    PAGE_BREAK_TEXT
                }
                _ => "\n",
            },
            (Space::Word, "cr") => "\n",
            (Space::Word, "noBreakHyphen") => "\u{2011}",
            (Space::Word, "softHyphen") => "\u{ad}",
            (Space::Word, "lastRenderedPageBreak") => {
                self.out.paged = true;
                self.page.laid_out += 1;
                ""
            }
            (Space::Word, "sym") => {
                let (font, character) = (tag.attribute("font"), tag.attribute("char"));
                match symbol(font.as_deref().unwrap_or_default(), character.as_deref().unwrap_or_default()) {
                    Some(character) => {
                        self.say(&character.to_string(), look, self.marks)?;
                        return xml.skip();
                    }
                    None => {
                        let what = format!(
                            "the sign {} of the font {} is read as �, since no character is known for it",
                            character.unwrap_or_default(),
                            font.unwrap_or_default()
                        );
                        self.tell(true, what);
                        "�"
                    }
                }
            }
            (Space::Word, "fldChar") => {
                match tag.attribute("fldCharType").as_deref() {
                    Some("begin") => self.begin_field(String::new()),
                    Some("separate") => self.show_field()?,
                    Some("end") => self.end_field(),
                    _ => {}
                }
                ""
            }
            (Space::Word, name @ ("footnoteReference" | "endnoteReference")) => {
                let key = (name == "endnoteReference", tag.attribute("id").unwrap_or_default());
                match self.notes.get(&key).copied() {
                    Some(note) => {
                        let (look, marks) = (look.clone(), self.marks);
                        self.push(Run { look, marks, note: Some(note), ..Run::default() })?;
                    }
                    None => self.tell(true, "a note is referred to that isn't there"),
                }
                ""
            }
            (Space::Word, "drawing" | "pict" | "object") => {
                let found = drawing::scan(xml)?;
                match found.figure(&self.links, &mut self.shown) {
                    Some(figure) => {
                        let (look, marks) = (look.clone(), self.marks);
                        self.push(Run { look, marks, figure: Some(figure), ..Run::default() })?;
                    }
                    None => self.tell(true, found.remark()),
                }
                return Ok(());
            }
            (Space::Word, "ruby") => return self.ruby(xml),
            (Space::Word, "commentReference") => {
                self.commented(tag);
                ""
            }
            (Space::Word, "annotationRef" | "footnoteRef" | "endnoteRef" | "separator")
            | (Space::Word, "continuationSeparator" | "pgNum") => "",
            (Space::Word, "ins" | "del" | "moveFrom" | "moveTo") | (Space::Math, _) => {
                return self.revised_in_run(xml, tag, look);
            }
            (Space::Word, "subDoc") => {
                self.tell(true, "a document of its own that belongs here (subDoc) is left out");
                ""
            }
            (_, name) => return self.unknown(xml, name),
        };
        self.say(say, look, self.marks)?;
        xml.skip()
    }

    /// A revision within a run, as equations have them.
    fn revised_in_run(&mut self, xml: &mut Xml<'_>, tag: &Tag<'_>, look: &mut Revised<RunLook>) -> Result<(), Failure> {
        let before = self.marks;
        if let Some(tracked) = properties::tracked(tag).filter(|_| tag.space == Space::Word) {
            self.marks = self.enter(tracked).within(before);
        }
        self.run_content(xml, look)?;
        self.marks = before;
        Ok(())
    }

    /// The marks of deleted text, which says of itself that it is.
    fn deleted(&mut self) -> Marks {
        match self.marks.deleted {
            Some(_) => self.marks,
            None => {
                let kind = RevisionKind::Deletion;
                self.enter(Tracked { id: String::new(), author: String::new(), date: None, kind }).within(self.marks)
            }
        }
    }

    /// Words with others in small print above them, which are a help to read them.
    fn ruby(&mut self, xml: &mut Xml<'_>) -> Result<(), Failure> {
        while let Some(tag) = xml.child()? {
            if tag.is("rubyBase") {
                self.content(xml, super::state::Here::Paragraph)?;
            } else if tag.is("rt") {
                let words = drawing::scan(xml)?.words;
                self.tell(true, format!("the small print “{words}” over the text is left out"));
            } else {
                xml.skip()?;
            }
        }
        Ok(())
    }

    fn run_look(&self, properties: &RunProperties, link: Option<std::sync::Arc<str>>) -> Revised<RunLook> {
        let look = |properties: &RunProperties| {
            let style = properties.style.as_deref().map(|id| self.styles.run(id)).unwrap_or_default();
            let all = properties.over(&style);
            RunLook {
                bold: all.bold.unwrap_or(false),
                italic: all.italic.unwrap_or(false),
                script: all.script.flatten(),
                struck: properties.struck.unwrap_or(false),
                underlined: properties.underlined.unwrap_or(false),
                hidden: all.hidden.unwrap_or(false),
                link: link.clone(),
            }
        };
        match &properties.was {
            Some(was) => Revised::from_pair(look(was), look(properties)),
            None => look(properties).into(),
        }
    }
}

/// The text of an element, with the white space at its edges where it says that it counts.
fn text_of(xml: &mut Xml<'_>, tag: &Tag<'_>) -> Result<String, Failure> {
    let keeps = tag.attribute("space").as_deref() == Some("preserve");
    let text = xml.text()?;
    let text = if keeps { text.as_str() } else { text.trim_matches([' ', '\t', '\n', '\r']) };
    Ok(text.replace(['\t', '\n', '\r'], " "))
}
