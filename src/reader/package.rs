//! The file as a package: its parts, and how they refer to each other. Only what is asked for is unpacked, and never
//! more than the file claims or a document can need.

use super::refusal::refuse;
use super::xml::{Token, Xml};
use crate::diagnostic::Failure;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// How many bytes the parts of a document may come to, and how many its pictures. A thousand pages take about thirty megabytes.
const MOST: u64 = 64 << 20;

/// What the file is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// A Word document.
    Document,
    /// A workbook of Excel.
    Workbook,
}

impl Container {
    fn name(self) -> &'static str {
        match self {
            Self::Document => "a Word document",
            Self::Workbook => "a workbook of Excel",
        }
    }

    /// What makes one of a file in an older format.
    fn saving(self) -> &'static str {
        match self {
            Self::Document => {
                "open it in Word or LibreOffice, and save it without a password as a Word Document (.docx)"
            }
            Self::Workbook => {
                "open it in Excel or LibreOffice, and save it without a password as an Excel Workbook (.xlsx)"
            }
        }
    }
}

/// What one part says of another.
#[derive(Clone, Debug)]
pub(super) struct Relationship {
    pub id: String,
    /// The last word of its type, which is the same in both editions of the standard.
    pub kind: String,
    /// The name of the part, or the address of something outside.
    pub target: String,
    pub is_outside: bool,
}

#[derive(Debug)]
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The names of parts differ in more than case.
    names: BTreeMap<String, usize>,
    left: u64,
    left_for_pictures: u64,
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8], wanted: Container) -> Result<Self, Failure> {
        if let Some(why) = other_format(bytes, wanted) {
            return Err(refuse(why));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| {
            refuse(format!(
                "it isn't {}, or is damaged: its list of parts can't be read. Ask for it again",
                wanted.name()
            ))
        })?;
        let mut names = BTreeMap::new();
        for at in 0..archive.len() {
            if let Some(name) = archive.name_for_index(at) {
                names.insert(name.replace('\\', "/").trim_start_matches('/').to_lowercase(), at);
            }
        }
        let mut package = Self { archive, names, left: MOST, left_for_pictures: MOST };
        match package.open_document() {
            Some(kind) => Err(refuse(format!("it is an OpenDocument {kind}: {}", wanted.saving()))),
            None => Ok(package),
        }
    }

    /// What kind of an OpenDocument it is, if it is one.
    fn open_document(&mut self) -> Option<String> {
        let said = self.part("mimetype").ok().flatten()?;
        let kind = said.strip_prefix("application/vnd.oasis.opendocument.")?;
        Some(kind.chars().take_while(char::is_ascii_lowercase).collect())
    }

    /// The text of a part, if it is there.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Failure> {
        let Some(bytes) = self.bytes(name, self.left)? else { return Ok(None) };
        self.left -= bytes.len() as u64;
        decode(bytes).map(Some).ok_or_else(|| refuse(format!("{name} is neither UTF-8 nor UTF-16")))
    }

    /// The bytes of a picture, if it is there and whole, and all pictures are no more than a document can need.
    pub fn picture(&mut self, name: &str) -> Option<Vec<u8>> {
        let bytes = self.bytes(name, self.left_for_pictures).ok().flatten()?;
        self.left_for_pictures -= bytes.len() as u64;
        Some(bytes)
    }

    /// The bytes of a part of no more than `left`.
    fn bytes(&mut self, name: &str, left: u64) -> Result<Option<Vec<u8>>, Failure> {
        let Some(&at) = self.names.get(&name.to_lowercase()) else { return Ok(None) };
        let too_large =
            || refuse(format!("its parts come to more than {} MB unpacked, which no document needs", MOST >> 20));
        let mut entry = match self.archive.by_index(at) {
            Ok(entry) if entry.encrypted() => return Err(refuse(format!("{name} is encrypted"))),
            Ok(entry) => entry,
            Err(error) => return Err(refuse(format!("{name} can't be unpacked: {error}"))),
        };
        let claimed = entry.size();
        if claimed > left {
            return Err(too_large());
        }
        let mut bytes = Vec::with_capacity(usize::try_from(claimed).unwrap_or(0));
        // One byte beyond what is claimed shows a claim to be false.
        if let Err(error) = entry.by_ref().take(claimed + 1).read_to_end(&mut bytes) {
            return Err(refuse(format!("{name} is damaged: {error}")));
        }
        if bytes.len() as u64 != claimed {
            return Err(refuse(format!("{name} hasn't the size that the file claims for it")));
        }
        Ok(Some(bytes))
    }

    /// What a part refers to; with an empty name, what the package itself does.
    pub fn relationships(&mut self, part: &str) -> Result<Vec<Relationship>, Failure> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = format!("{folder}/_rels/{file}.rels");
        let name = name.trim_start_matches('/');
        let Some(text) = self.part(name)? else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        let mut xml = Xml::new(&text, name);
        loop {
            match xml.next()? {
                Token::Start(tag) if tag.name() == "Relationship" => {
                    let target = tag.attribute("Target").unwrap_or_default();
                    let is_outside = tag.attribute("TargetMode").is_some_and(|mode| mode == "External");
                    let kind = tag.attribute("Type").unwrap_or_default();
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    let target = if is_outside { target } else { resolve(folder, &target) };
                    found.push(Relationship { id: tag.attribute("Id").unwrap_or_default(), kind, target, is_outside });
                }
                Token::Over => return Ok(found),
                _ => {}
            }
        }
    }
}

/// What the file is, where its first bytes tell that it is no package.
fn other_format(bytes: &[u8], wanted: Container) -> Option<String> {
    if bytes.starts_with(b"PK") {
        return None;
    }
    Some(match bytes {
        [0xd0, 0xcf, 0x11, 0xe0, ..] if is_locked(bytes) => {
            "it is protected by a password: open it with that, and save it without one".to_owned()
        }
        [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            format!("it is in the format of Office 97: {}", wanted.saving())
        }
        [b'{', b'\\', b'r', b't', b'f', ..] => format!("it is in Rich Text Format: {}", wanted.saving()),
        [b'%', b'P', b'D', b'F', ..] => {
            format!("it is a PDF: ask for {} that it was made from", wanted.name())
        }
        [] => "it is empty: ask for it again, or copy it again from where it came".to_owned(),
        _ => {
            let ending = if wanted == Container::Document { "docx" } else { "xlsx" };
            format!("it isn't {} (.{ending}): check that it is the file that you mean", wanted.name())
        }
    })
}

/// Whether a compound file holds a document that is locked: by the name of the stream that does, which is in UTF-16.
fn is_locked(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// The name of a part, from what a part in `folder` calls it.
fn resolve(folder: &str, target: &str) -> String {
    let from = if target.starts_with('/') { "" } else { folder };
    let mut steps: Vec<&str> = Vec::new();
    for step in from.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// XML is in UTF-8 or UTF-16.
fn decode(bytes: Vec<u8>) -> Option<String> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16(&units).ok()
    };
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        _ => String::from_utf8(bytes).ok(),
    }
}
