//! What keeps a document from being written, where in the content that is.

use super::reading::Reading;
use super::subject::Subject;
use crate::diagnostic::{Code, Diagnostic, Location, Sources};
use crate::document::{Document, parts};
use crate::model::{Part, Version};
use crate::writer::{self, Problem};
use std::collections::BTreeSet;

/// What keeps these documents of a version from being written, but for the characters that are told where they are read:
/// in the version or, as a redline has them struck, in its base. Those of the base alone are given back.
pub(super) fn check(
    subject: &Subject<'_>,
    reading: &Reading<'_>,
    base: Option<&Reading<'_>>,
    documents: &[Document],
    found: &mut Vec<Diagnostic>,
) -> BTreeSet<char> {
    let words = Reading::of_appendix(subject.appendix());
    let mut struck = BTreeSet::new();
    for document in documents {
        for problem in writer::unwritable(document, subject.sheet) {
            match problem.character {
                Some(character) if reading.has(character) || words.has(character) => {}
                Some(character) if base.is_some_and(|base| base.has(character)) => drop(struck.insert(character)),
                _ => found.push(place(&problem, document, subject.version, &subject.project.sources)),
            }
        }
    }
    struck
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
    let finding = Diagnostic::error(Code::Document, message).at(location).help(problem.help.clone());
    // A character is one cause, wherever it stands.
    if problem.character.is_some() { finding.cause(problem.message.as_str()) } else { finding }
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
