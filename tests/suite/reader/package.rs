//! Word documents made by hand: the parts that a test is about, and no more around them than a reader needs.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A document as it is put together.
#[derive(Clone, Debug, Default)]
pub struct Package {
    parts: Vec<(String, Vec<u8>)>,
    relationships: Vec<(String, String, String)>,
    body: String,
}

impl Package {
    /// A document with these blocks.
    pub fn new(body: &str) -> Self {
        Self { body: body.to_owned(), ..Self::default() }
    }

    /// The same, with a part of that kind; its root element is `w:` and the root's name.
    pub fn with(mut self, kind: &str, root: &str, content: &str) -> Self {
        let part = format!("<w:{root} xmlns:w=\"{WORD}\" xmlns:r=\"urn:r\">{content}</w:{root}>");
        self.parts.push((format!("word/{kind}.xml"), part.into_bytes()));
        self.relationships.push((format!("rId{kind}"), kind.to_owned(), format!("{kind}.xml")));
        self
    }

    /// The same, with lists: the content of the part `numbering`.
    pub fn lists(self, content: &str) -> Self {
        self.with("numbering", "numbering", content)
    }

    /// The same, with styles: the content of the part `styles`.
    pub fn styles(self, content: &str) -> Self {
        self.with("styles", "styles", content)
    }

    /// The same, with an address that links lead to.
    pub fn link(mut self, id: &str, address: &str) -> Self {
        self.relationships.push((id.to_owned(), "hyperlink".to_owned(), address.to_owned()));
        self
    }

    /// The same, with a picture's file.
    pub fn picture(mut self, id: &str) -> Self {
        self.relationships.push((id.to_owned(), "image".to_owned(), "media/image1.png".to_owned()));
        self
    }

    /// The text of the main part.
    pub fn main(&self) -> String {
        let spaces = "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
                      xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
                      xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
                      xmlns:v=\"urn:schemas-microsoft-com:vml\"";
        format!("<w:document xmlns:w=\"{WORD}\" {spaces}><w:body>{}</w:body></w:document>", self.body)
    }

    /// The file.
    pub fn file(&self) -> Vec<u8> {
        self.file_with(self.main().as_bytes())
    }

    /// The file, with another main part.
    pub fn file_with(&self, main: &[u8]) -> Vec<u8> {
        const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let outer = format!(
            "<Relationships><Relationship Id=\"a\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
        );
        let inner = self.relationships.iter().map(|(id, kind, target)| {
            let mode = if kind == "hyperlink" { " TargetMode=\"External\"" } else { "" };
            format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"{mode}/>")
        });
        let inner = format!("<Relationships>{}</Relationships>", inner.collect::<String>());
        let fixed = [
            ("_rels/.rels", outer.as_bytes()),
            ("word/_rels/document.xml.rels", inner.as_bytes()),
            ("word/document.xml", main),
        ];
        let others = self.parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        zipped(fixed.into_iter().chain(others))
    }
}

/// Files in a ZIP archive.
pub fn zipped<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        archive.start_file(name, options).expect("an entry");
        archive.write_all(bytes).expect("its bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

/// A paragraph with these runs.
pub fn p(content: &str) -> String {
    format!("<w:p>{content}</w:p>")
}

/// A run of text.
pub fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// A paragraph of plain text.
pub fn plain(text: &str) -> String {
    p(&r(text))
}
