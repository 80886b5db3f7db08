//! What the files of a journey say of themselves, and where in the content something is that they can't say.

use crate::diagnostic::{Code, Diagnostic, Location, Sources};
use crate::document::{Document, accept, markdown, parts, reject};
use crate::model::{Part, Version};
use crate::ooxml::trace::{Fingerprint, Trace};
use crate::redline::{Instructed, Redline};
use crate::writer::Problem;
use sha2::{Digest, Sha256};

/// The tool, as the files that it writes name it.
pub const TOOL: &str = concat!("ctsd ", env!("CARGO_PKG_VERSION"));

/// What the clean document of a version is made from.
pub fn trace_of_one(version: &Version, document: &Document) -> Trace {
    Trace { tool: TOOL.to_owned(), base: None, target: Some(fingerprint(version, document)) }
}

/// What a redline is made from.
pub fn trace(base: &Version, target: &Version, redline: &Redline<Instructed>) -> Trace {
    let marked = &redline.document;
    let (was, now) = rayon::join(|| fingerprint(base, &reject(marked)), || fingerprint(target, &accept(marked)));
    Trace { tool: TOOL.to_owned(), base: Some(was), target: Some(now) }
}

/// A version and the digest of its clean document.
fn fingerprint(version: &Version, document: &Document) -> Fingerprint {
    let digest = Sha256::digest(markdown::write(document));
    let sha256 = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Fingerprint { id: version.id.value.clone(), sha256 }
}

/// What a writer couldn't do, in the section or table that it couldn't do it in.
pub fn place(problem: &Problem, document: &Document, version: &Version, sources: &Sources) -> Diagnostic {
    let part = problem.block.and_then(|block| parts(document).into_iter().find(|part| part.blocks.contains(&block)));
    let id = part.map(|part| part.id);
    let origin = version.parts.iter().find_map(|part| match part {
        Part::Section(section) if Some(&section.id) == id.as_ref() => {
            Some((format!("Section {}", &*section.number), &section.origin))
        }
        Part::Matrix(matrix) if Some(&matrix.id) == id.as_ref() => {
            Some((format!("Table {}", &*matrix.number), &matrix.origin))
        }
        _ => None,
    });
    let (message, location): (String, Option<Location>) = match origin {
        Some((name, origin)) => {
            let from = origin.location();
            let exact = from.as_ref().zip(problem.character).and_then(|(from, c)| find(c, from, sources));
            (format!("{name}: {}", problem.message), exact.or(from))
        }
        None => (problem.message.clone(), None),
    };
    Diagnostic::error(Code::Document, message).at(location).help(problem.help.clone())
}

/// Where a character first stands from a place on.
fn find(character: char, from: &Location, sources: &Sources) -> Option<Location> {
    let lines = sources.text(&from.file)?.lines().enumerate().skip(from.line.saturating_sub(1));
    let (line, column) = lines.into_iter().find_map(|(line, text)| {
        let column = text.chars().position(|other| other == character)?;
        Some((line + 1, column + 1))
    })?;
    Some(Location { line, column, length: 1, ..from.clone() })
}
