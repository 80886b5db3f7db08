//! The package: its parts, what each is and who refers to it, zipped so that the same parts give the same bytes.

use super::properties::{empty, part};
use crate::ooxml::archive::Archive;
use crate::ooxml::names::OFFICE_RELATIONSHIPS;
use crate::writer::docx::figures::Media;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use std::io::Result;

const CONTENT_TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const WORD_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const OFFICE_TYPE: &str = "application/vnd.openxmlformats-officedocument";
const PACKAGE_TYPE: &str = "application/vnd.openxmlformats-package";
const MICROSOFT_2011: &str = "http://schemas.microsoft.com/office/2011/relationships";

/// What a part is; it decides where it stands and how it is referred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackagePart {
    Document,
    Styles,
    Numbering,
    Settings,
    Header,
    Footer,
    /// The picture in the header.
    Logo,
    Comments,
    /// Which comments answer others.
    Threads,
    Footnotes,
    Core,
    Application,
    Custom,
    /// What the file was made from.
    Trace,
    /// What Office knows that part by.
    TraceProperties,
}

impl PackagePart {
    /// Its path, its content type, the type of its relationship, and the relationship's id.
    fn names(self) -> (&'static str, String, String, &'static str) {
        let word = |kind: &str| format!("{WORD_TYPE}.{kind}+xml");
        let office = |kind: &str| format!("{OFFICE_RELATIONSHIPS}/{kind}");
        match self {
            Self::Document => ("word/document.xml", word("document.main"), office("officeDocument"), "rId1"),
            Self::Styles => ("word/styles.xml", word("styles"), office("styles"), "rIdStyles"),
            Self::Numbering => ("word/numbering.xml", word("numbering"), office("numbering"), "rIdNumbering"),
            Self::Settings => ("word/settings.xml", word("settings"), office("settings"), "rIdSettings"),
            Self::Header => ("word/header1.xml", word("header"), office("header"), super::super::page::HEADER_ID),
            Self::Footer => ("word/footer1.xml", word("footer"), office("footer"), super::super::page::FOOTER_ID),
            Self::Logo => ("word/media/logo.png", "image/png".to_owned(), office("image"), super::super::page::LOGO_ID),
            Self::Comments => ("word/comments.xml", word("comments"), office("comments"), "rIdComments"),
            Self::Threads => (
                "word/commentsExtended.xml",
                word("commentsExtended"),
                format!("{MICROSOFT_2011}/commentsExtended"),
                "rIdThreads",
            ),
            Self::Footnotes => ("word/footnotes.xml", word("footnotes"), office("footnotes"), "rIdFootnotes"),
            Self::Core => (
                "docProps/core.xml",
                format!("{PACKAGE_TYPE}.core-properties+xml"),
                format!("{RELATIONSHIPS}/metadata/core-properties"),
                "rId2",
            ),
            Self::Application => (
                "docProps/app.xml",
                format!("{OFFICE_TYPE}.extended-properties+xml"),
                office("extended-properties"),
                "rId3",
            ),
            Self::Custom => (
                "docProps/custom.xml",
                format!("{OFFICE_TYPE}.custom-properties+xml"),
                office("custom-properties"),
                "rId4",
            ),
            Self::Trace => ("customXml/item1.xml", "application/xml".to_owned(), office("customXml"), "rIdTrace"),
            Self::TraceProperties => (
                "customXml/itemProps1.xml",
                format!("{OFFICE_TYPE}.customXmlProperties+xml"),
                office("customXmlProps"),
                "rId1",
            ),
        }
    }

    /// Its path as its owner refers to it.
    fn reference(self) -> String {
        let path = self.names().0;
        let folder = self.owner().folder();
        match path.strip_prefix(folder) {
            Some(path) => path.to_owned(),
            None => format!("../{path}"),
        }
    }

    fn owner(self) -> Owner {
        match self {
            Self::Document | Self::Core | Self::Application | Self::Custom => Owner::Package,
            Self::Logo => Owner::Header,
            Self::TraceProperties => Owner::Trace,
            Self::Styles
            | Self::Numbering
            | Self::Settings
            | Self::Header
            | Self::Footer
            | Self::Comments
            | Self::Threads
            | Self::Footnotes
            | Self::Trace => Owner::Document,
        }
    }
}

/// What refers to a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    Package,
    Document,
    Header,
    /// It has the links of the document, whichever of them its notes use.
    Footnotes,
    Trace,
}

impl Owner {
    /// The folder that it stands in.
    fn folder(self) -> &'static str {
        match self {
            Self::Package => "",
            Self::Document | Self::Header | Self::Footnotes => "word/",
            Self::Trace => "customXml/",
        }
    }
}

#[derive(Debug)]
pub struct Package {
    pub parts: Vec<(PackagePart, Vec<u8>)>,
    /// The links that lead outside: id and address.
    pub links: Vec<(String, String)>,
    /// The pictures of the document's text.
    pub media: Vec<Media>,
}

impl Package {
    /// The bytes of the file.
    pub fn pack(&self) -> Result<Vec<u8>> {
        let mut archive = Archive::default();
        let mut add = |path: &str, bytes: &[u8]| archive.add(path, bytes);
        add("[Content_Types].xml", &self.content_types()?)?;
        add("_rels/.rels", &self.relationships(Owner::Package, &[])?)?;
        add("word/_rels/document.xml.rels", &self.relationships(Owner::Document, &self.links)?)?;
        if !self.links.is_empty() && self.parts.iter().any(|(part, _)| *part == PackagePart::Footnotes) {
            add("word/_rels/footnotes.xml.rels", &self.relationships(Owner::Footnotes, &self.links)?)?;
        }
        for (path, owner) in
            [("word/_rels/header1.xml.rels", Owner::Header), ("customXml/_rels/item1.xml.rels", Owner::Trace)]
        {
            if self.parts.iter().any(|(part, _)| part.owner() == owner) {
                add(path, &self.relationships(owner, &[])?)?;
            }
        }
        for (part, bytes) in &self.parts {
            add(part.names().0, bytes)?;
        }
        for media in &self.media {
            add(&format!("word/{}", media.path), &media.bytes)?;
        }
        archive.finish()
    }

    fn content_types(&self) -> Result<Vec<u8>> {
        part(|xml| {
            xml.write_event(Event::Start(BytesStart::new("Types").with_attributes([("xmlns", CONTENT_TYPES)])))?;
            let relationships = format!("{PACKAGE_TYPE}.relationships+xml");
            empty(xml, "Default", &[("Extension", "rels"), ("ContentType", &relationships)])?;
            empty(xml, "Default", &[("Extension", "xml"), ("ContentType", "application/xml")])?;
            for (part, _) in &self.parts {
                let (path, content_type, ..) = part.names();
                empty(xml, "Override", &[("PartName", &format!("/{path}")), ("ContentType", &content_type)])?;
            }
            for media in &self.media {
                let name = format!("/word/{}", media.path);
                empty(xml, "Override", &[("PartName", &name), ("ContentType", media.content_type)])?;
            }
            xml.write_event(Event::End(BytesEnd::new("Types")))
        })
    }

    /// Who refers to what: the parts that are the owner's, and links.
    fn relationships(&self, owner: Owner, links: &[(String, String)]) -> Result<Vec<u8>> {
        part(|xml| {
            let start = BytesStart::new("Relationships").with_attributes([("xmlns", RELATIONSHIPS)]);
            xml.write_event(Event::Start(start))?;
            for (part, _) in self.parts.iter().filter(|(part, _)| part.owner() == owner) {
                let (_, _, kind, id) = part.names();
                empty(xml, "Relationship", &[("Id", id), ("Type", &kind), ("Target", &part.reference())])?;
            }
            let image = format!("{OFFICE_RELATIONSHIPS}/image");
            for media in self.media.iter().filter(|_| owner == Owner::Document) {
                empty(xml, "Relationship", &[("Id", &media.id), ("Type", &image), ("Target", &media.path)])?;
            }
            let kind = format!("{OFFICE_RELATIONSHIPS}/hyperlink");
            for (id, address) in links {
                let attributes =
                    [("Id", id.as_str()), ("Type", &kind), ("Target", address), ("TargetMode", "External")];
                empty(xml, "Relationship", &attributes)?;
            }
            xml.write_event(Event::End(BytesEnd::new("Relationships")))
        })
    }
}
