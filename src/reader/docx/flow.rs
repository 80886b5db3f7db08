//! What stands in what: the elements that hold words, and those that only stand around them.

use super::drawing;
use super::properties;
use super::state::{Here, Reading};
use crate::diagnostic::Failure;
use crate::document::Revised;
use crate::reader::marked::beginning;
use crate::reader::xml::{Space, Tag, Xml};

impl Reading<'_> {
    /// Reads what stands in the element that has just begun.
    pub fn content(&mut self, xml: &mut Xml<'_>, here: Here) -> Result<(), Failure> {
        while let Some(tag) = xml.child()? {
            self.element(xml, &tag, here)?;
        }
        Ok(())
    }

    fn element(&mut self, xml: &mut Xml<'_>, tag: &Tag<'_>, here: Here) -> Result<(), Failure> {
        match (tag.space, tag.name()) {
            (Space::Compatibility, "AlternateContent") => {
                self.alternatives(xml, |reading, xml| reading.content(xml, here))
            }
            (Space::Math, "oMath" | "oMathPara") if here != Here::Equation => {
                self.tell(false, "an equation is read as the characters that it consists of");
                self.inline(xml, here, |reading, xml| reading.content(xml, Here::Equation))
            }
            (Space::Math, "t") => {
                let text = xml.text()?;
                self.say(&text, &Revised::default(), self.marks)
            }
            (Space::Math, _) => self.content(xml, Here::Equation),
            (Space::Word, name) => self.word(xml, tag, name, here),
            (Space::Compatibility | Space::Other, name) => self.unknown(xml, name),
        }
    }

    fn word(&mut self, xml: &mut Xml<'_>, tag: &Tag<'_>, name: &str, here: Here) -> Result<(), Failure> {
        match (name, here) {
            ("p", _) => self.paragraph(xml),
            ("tbl", _) => self.table(xml),
            ("tr", Here::Table) => self.row(xml),
            ("tc", Here::Row) => self.cell(xml),
            ("r", Here::Blocks | Here::Paragraph | Here::Equation) => {
                self.inline(xml, here, |reading, xml| reading.run(xml))
            }
            ("pPr", Here::Paragraph) => {
                let found = properties::paragraph(xml)?;
                self.begin(found);
                Ok(())
            }
            ("trPr", Here::Row) => self.row_properties(xml),
            ("tcPr", Here::Blocks) => self.cell_properties(xml),
            ("ins" | "del" | "moveFrom" | "moveTo", _) => {
                let before = self.marks;
                if let Some(tracked) = properties::tracked(tag) {
                    self.marks = self.enter(tracked).within(before);
                }
                self.content(xml, here)?;
                self.marks = before;
                Ok(())
            }
            ("sdt" | "sdtContent" | "smartTag" | "customXml" | "dir" | "bdo", _) => self.content(xml, here),
            ("sdtPr", _) => self.control(xml),
            ("hyperlink", _) => {
                let outside = tag.attribute("id").and_then(|id| self.links.get(&id).cloned());
                let inside = tag.attribute("anchor");
                let link = match (outside, inside) {
                    (Some(address), Some(anchor)) => Some(format!("{address}#{anchor}")),
                    (Some(address), None) => Some(address),
                    (None, Some(anchor)) => Some(format!("#{anchor}")),
                    (None, None) => None,
                };
                let before = std::mem::replace(&mut self.link, link.map(Into::into));
                self.content(xml, here)?;
                self.link = before;
                Ok(())
            }
            ("fldSimple", _) => {
                self.begin_field(tag.attribute("instr").unwrap_or_default());
                self.show_field()?;
                self.content(xml, here)?;
                self.end_field();
                Ok(())
            }
            ("bookmarkStart", _) => {
                if let Some(name) = tag.attribute("name").filter(|name| name != "_GoBack") {
                    match &mut self.paragraph {
                        Some(paragraph) => paragraph.bookmarks.push(name),
                        None => self.bookmarks.push(name),
                    }
                    self.piece()?;
                }
                xml.skip()
            }
            ("sectPr", _) => {
                let section = properties::section(xml)?;
                self.out.landscape = section.landscape;
                self.sections.push(section);
                Ok(())
            }
            ("altChunk", _) => {
                self.tell(true, "a whole document that is put in here (altChunk) is left out: open the file in Word, which takes it in, and save it");
                xml.skip()
            }
            ("subDoc", _) => {
                self.tell(true, "a document of its own that belongs here (subDoc) is left out: it is another file, which is to be put into this one in Word");
                xml.skip()
            }
            ("commentRangeStart", _) => {
                self.commented(tag);
                xml.skip()
            }
            ("tblGrid", _) => self.grid(xml),
            ("rPr" | "tblPr" | "tblPrEx" | "sdtEndPr" | "smartTagPr" | "customXmlPr" | "proofErr", _)
            | ("bookmarkEnd" | "commentRangeEnd" | "permStart" | "permEnd", _) => xml.skip(),
            (name, _) if name.ends_with("RangeStart") || name.ends_with("RangeEnd") => xml.skip(),
            (name, _) => self.unknown(xml, name),
        }
    }

    /// Of several ways to say a thing, the first is for readers of this age.
    pub fn alternatives<'x>(
        &mut self,
        xml: &mut Xml<'x>,
        read: impl FnOnce(&mut Self, &mut Xml<'x>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut first = Some(read);
        while xml.child()?.is_some() {
            match first.take() {
                Some(read) => read(self, xml)?,
                None => xml.skip()?,
            }
        }
        Ok(())
    }

    /// Reads what belongs in a paragraph, and opens one for it where none is.
    fn inline<'x>(
        &mut self,
        xml: &mut Xml<'x>,
        here: Here,
        read: impl FnOnce(&mut Self, &mut Xml<'x>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        if here != Here::Blocks {
            return read(self, xml);
        }
        self.open();
        read(self, xml)?;
        self.close()
    }

    /// The properties of a content control: whether its words only ask for others.
    fn control(&mut self, xml: &mut Xml<'_>) -> Result<(), Failure> {
        let mut asks = false;
        while let Some(tag) = xml.child()? {
            asks |= tag.is("showingPlcHdr") && tag.is_on();
            xml.skip()?;
        }
        if asks {
            self.tell(false, "the prompt of an empty field to be filled in is read as text");
        }
        Ok(())
    }

    /// What isn't known here.
    pub fn unknown(&mut self, xml: &mut Xml<'_>, name: &str) -> Result<(), Failure> {
        let name = name.to_owned();
        let found = drawing::scan(xml)?;
        if !found.words.is_empty() {
            let words = beginning(&found.words);
            self.tell(true, format!("what Word calls “{name}” is left out, with the words “{words}”"));
        }
        Ok(())
    }
}
