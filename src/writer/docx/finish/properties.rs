//! The parts that say what the file is: its properties, and the settings that it opens with.
//!
//! They are written whole: docx-rs knows no title, subject or author, keeps custom properties in no order, and its
//! settings lay text out as Word did for East Asian scripts.

use crate::document::{Comment, Meta};
use crate::ooxml::names::{COMPATIBILITY, OFFICE, OFFICE_RELATIONSHIPS, WORD, WORD_2010, WORD_2012};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io::{Result, Write};

const CORE: &str = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
/// The set that user-defined properties belong to.
const USER_DEFINED: &str = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";

/// An XML part with its declaration.
pub fn part(content: impl FnOnce(&mut Writer<&mut Vec<u8>>) -> Result<()>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut writer = Writer::new(&mut bytes);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
    content(&mut writer)?;
    Ok(bytes)
}

/// Title, subject, author, language and date, if there is one.
pub fn core(meta: &Meta, author: &str, date: Option<&str>) -> Result<Vec<u8>> {
    part(|xml| {
        let root = BytesStart::new("cp:coreProperties").with_attributes([
            ("xmlns:cp", CORE),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", "http://purl.org/dc/terms/"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ]);
        xml.write_event(Event::Start(root))?;
        for (name, text) in [
            ("dc:title", meta.title.as_str()),
            ("dc:subject", &meta.subject),
            ("dc:creator", author),
            ("dc:language", &meta.language),
            ("cp:lastModifiedBy", author),
        ] {
            element(xml, BytesStart::new(name), text)?;
        }
        if let Some(date) = date {
            for name in ["dcterms:created", "dcterms:modified"] {
                element(xml, BytesStart::new(name).with_attributes([("xsi:type", "dcterms:W3CDTF")]), date)?;
            }
        }
        xml.write_event(Event::End(BytesEnd::new("cp:coreProperties")))
    })
}

/// Properties that Word shows as custom ones: name and value.
pub fn custom(properties: &[(&str, &str)]) -> Result<Vec<u8>> {
    part(|xml| {
        let types = format!("{OFFICE}/docPropsVTypes");
        let namespace = format!("{OFFICE}/custom-properties");
        let root = BytesStart::new("Properties")
            .with_attributes([("xmlns", namespace.as_str()), ("xmlns:vt", types.as_str())]);
        xml.write_event(Event::Start(root))?;
        // Ids begin at 2.
        for (id, (name, value)) in (2..).zip(properties) {
            let id: String = i32::to_string(&id);
            let property =
                BytesStart::new("property").with_attributes([("fmtid", USER_DEFINED), ("pid", &id), ("name", name)]);
            xml.write_event(Event::Start(property))?;
            element(xml, BytesStart::new("vt:lpwstr"), value)?;
            xml.write_event(Event::End(BytesEnd::new("property")))?;
        }
        xml.write_event(Event::End(BytesEnd::new("Properties")))
    })
}

pub fn application() -> Result<Vec<u8>> {
    part(|xml| {
        let namespace = format!("{OFFICE}/extended-properties");
        let root = BytesStart::new("Properties").with_attributes([("xmlns", namespace.as_str())]);
        xml.write_event(Event::Start(root))?;
        element(xml, BytesStart::new("Application"), "ctsd")?;
        xml.write_event(Event::End(BytesEnd::new("Properties")))
    })
}

/// `tracked` makes Word track what a reviewer changes, as it should where revisions are under review.
pub fn settings(language: &str, tracked: bool, noted: bool) -> Result<Vec<u8>> {
    part(|xml| {
        xml.write_event(Event::Start(BytesStart::new("w:settings").with_attributes([("xmlns:w", WORD)])))?;
        empty(xml, "w:zoom", &[("w:percent", "100")])?;
        if tracked {
            empty(xml, "w:trackRevisions", &[])?;
        }
        empty(xml, "w:defaultTabStop", &[("w:val", "720")])?;
        if noted {
            xml.write_event(Event::Start(BytesStart::new("w:footnotePr")))?;
            for (_, id) in SEPARATORS {
                empty(xml, "w:footnote", &[("w:id", id)])?;
            }
            xml.write_event(Event::End(BytesEnd::new("w:footnotePr")))?;
        }
        xml.write_event(Event::Start(BytesStart::new("w:compat")))?;
        // 15: as Word has laid text out since 2013. Without it Word opens the file in its compatibility mode.
        for (name, value) in [("compatibilityMode", "15"), ("overrideTableStyleFontSizeAndJustification", "1")] {
            let uri = "http://schemas.microsoft.com/office/word";
            empty(xml, "w:compatSetting", &[("w:name", name), ("w:uri", uri), ("w:val", value)])?;
        }
        xml.write_event(Event::End(BytesEnd::new("w:compat")))?;
        empty(xml, "w:themeFontLang", &[("w:val", language)])?;
        empty(xml, "w:decimalSymbol", &[("w:val", ".")])?;
        empty(xml, "w:listSeparator", &[("w:val", ",")])?;
        xml.write_event(Event::End(BytesEnd::new("w:settings")))
    })
}

/// The comments part around finished comments.
pub fn comments(finished: &[u8], has_threads: bool) -> Result<Vec<u8>> {
    let extended = [("xmlns:mc", COMPATIBILITY), ("xmlns:w14", WORD_2010), ("mc:Ignorable", "w14")];
    part(|xml| {
        let root = [("xmlns:w", WORD)].into_iter().chain(extended.into_iter().filter(|_| has_threads));
        xml.write_event(Event::Start(BytesStart::new("w:comments").with_attributes(root)))?;
        xml.get_mut().write_all(finished)?;
        xml.write_event(Event::End(BytesEnd::new("w:comments")))
    })
}

/// The part that says which comments answer others.
pub fn threads(comments: &[Comment]) -> Result<Vec<u8>> {
    let root = [("xmlns:mc", COMPATIBILITY), ("xmlns:w15", WORD_2012), ("mc:Ignorable", "w15")];
    part(|xml| {
        xml.write_event(Event::Start(BytesStart::new("w15:commentsEx").with_attributes(root)))?;
        for (number, comment) in comments.iter().enumerate() {
            let (own, above) = (thread_id(number), comment.answers.map(thread_id));
            let above = above.as_deref().map(|above| ("w15:paraIdParent", above));
            let attributes = [("w15:paraId", own.as_str())].into_iter().chain(above).chain([("w15:done", "0")]);
            xml.write_event(Event::Empty(BytesStart::new("w15:commentEx").with_attributes(attributes)))?;
        }
        xml.write_event(Event::End(BytesEnd::new("w15:commentsEx")))
    })
}

/// By which a thread knows the comment of that number.
pub fn thread_id(number: usize) -> String {
    format!("{:08X}", number + 1)
}

/// The lines over notes, which are notes themselves in Word's way: what each is, and its number.
const SEPARATORS: [(&str, &str); 2] = [("separator", "-1"), ("continuationSeparator", "0")];

/// The part of the notes around finished ones.
pub fn footnotes(finished: &[u8]) -> Result<Vec<u8>> {
    part(|xml| {
        let root = [("xmlns:w", WORD), ("xmlns:r", OFFICE_RELATIONSHIPS)];
        xml.write_event(Event::Start(BytesStart::new("w:footnotes").with_attributes(root)))?;
        for (kind, id) in SEPARATORS {
            let note = BytesStart::new("w:footnote").with_attributes([("w:type", kind), ("w:id", id)]);
            xml.write_event(Event::Start(note))?;
            for name in ["w:p", "w:r"] {
                xml.write_event(Event::Start(BytesStart::new(name)))?;
            }
            empty(xml, &format!("w:{kind}"), &[])?;
            for name in ["w:r", "w:p", "w:footnote"] {
                xml.write_event(Event::End(BytesEnd::new(name)))?;
            }
        }
        xml.get_mut().write_all(finished)?;
        xml.write_event(Event::End(BytesEnd::new("w:footnotes")))
    })
}

pub fn element(xml: &mut Writer<&mut Vec<u8>>, start: BytesStart<'_>, text: &str) -> Result<()> {
    let end = start.to_end().into_owned();
    xml.write_event(Event::Start(start))?;
    xml.write_event(Event::Text(BytesText::new(text)))?;
    xml.write_event(Event::End(end))
}

pub fn empty(xml: &mut Writer<&mut Vec<u8>>, name: &str, attributes: &[(&str, &str)]) -> Result<()> {
    xml.write_event(Event::Empty(BytesStart::new(name).with_attributes(attributes.iter().copied())))
}
