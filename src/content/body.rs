//! The bodies of sections: the dialect, and what was brought along from Word or does what ctsd does itself.

use super::pictures;
use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Block, Kind, markdown};
use crate::model::Text;

/// The bullets that Word's lists are copied with; the last is its symbol font's own.
const BULLETS: &[char] = &['•', '·', '▪', '●', '◦', '‣', '■', '\u{f0b7}'];

/// Bullets that are words or marks elsewhere, so a space must follow.
const SPACED_BULLETS: &[char] = &['–', '—', 'o'];

/// How the marks of a redline begin, which the comparison alone sets.
const MARKS: &[&str] = &["<ins>", "<del>", "<!-- ctsd:inserted", "<!-- ctsd:deleted", "<!-- ctsd:was"];

/// Tells of all that a body can't hold: what isn't of the dialect, pictures that can't be shown, bullets that are no list, and
/// text that is marked as changed.
pub(super) fn check(reader: &mut Reader<'_>, body: &Text) {
    let brought = brought_along(body);
    let line = |finding: &Diagnostic| finding.location.as_ref().map(|location| location.line);
    // A mark of a redline isn't of the dialect either, and is told once.
    let is_told = |fault: &Diagnostic| brought.iter().any(|told| line(told) == line(fault));
    let mut dialect = blocks(body).err().unwrap_or_default();
    dialect.retain(|fault| !is_told(fault));
    for finding in brought.into_iter().chain(dialect) {
        reader.findings.push(finding);
    }
    pictures::check(reader, body);
}

/// What a body holds.
///
/// # Errors
/// All that the dialect doesn't know, each at its place.
pub fn blocks(body: &Text) -> Result<Vec<Block>, Vec<Diagnostic>> {
    let at = |range: std::ops::Range<usize>| {
        let length = body.get(range.clone()).map_or(0, |t| t.lines().next().unwrap_or_default().chars().count());
        body.locate(range.start, length)
    };
    let blocks = markdown::read_body(body).map_err(|faults| {
        let finding = |fault: markdown::Fault| {
            Diagnostic::error(Code::BodyMarkdown, fault.message).at(at(fault.at)).help(fault.help)
        };
        faults.into_iter().map(finding).collect::<Vec<_>>()
    })?;
    let identities: Vec<Diagnostic> = blocks.iter().filter_map(|block| identity(block, body)).collect();
    if identities.is_empty() { Ok(blocks) } else { Err(identities) }
}

/// What is wrong with a heading that has an identity.
fn identity(block: &Block, body: &Text) -> Option<Diagnostic> {
    let Block::Paragraph(paragraph) = block else { return None };
    let Kind::Heading { id: Some(id), .. } = &paragraph.kind.now else { return None };
    let message = format!("a heading within a section has the id “{id}”");
    let help = "Take {#…} away: only sections have an identity. To make it a section, give it a file of its own.";
    let written = format!("{{#{id}}}");
    let at = body.find(&written).map_or_else(|| body.locate(0, 0), |at| body.locate(at, written.chars().count()));
    Some(Diagnostic::error(Code::BodyMarkdown, message).at(at).help(help))
}

/// Bullets that are no list, and text that is marked as changed.
fn brought_along(body: &Text) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut offset = 0;
    let mut before = "";
    for line in body.split_inclusive('\n') {
        if let Some((at, bullet)) = bullet(line, before) {
            let finding = Diagnostic::error(Code::WordBullet, format!("“{bullet}” is a bullet from Word"));
            let help = "begin the line with “- ”, with an empty line above the list";
            findings.push(finding.at(body.locate(offset + at, 1)).help(help));
        }
        offset += line.len();
        before = line;
    }
    for mark in MARKS {
        for (at, _) in body.match_indices(mark).filter(|(at, _)| !is_escaped(body, *at)) {
            let finding = Diagnostic::error(Code::MarkedText, format!("“{mark}” marks text as changed"));
            let help = "write the text as it shall read: ctsd marks the changes itself";
            findings.push(finding.at(body.locate(at, mark.chars().count())).help(help));
        }
    }
    findings
}

/// The bullet that a line begins with, and the byte that it stands at.
fn bullet(line: &str, before: &str) -> Option<(usize, char)> {
    let text = line.trim_start();
    let mut characters = text.chars();
    let first = characters.next()?;
    let is_spaced = characters.next().is_some_and(|next| matches!(next, ' ' | '\t' | '\u{a0}'));
    // Within a paragraph, a line can begin with a letter or a dash of the sentence that begins above.
    let is_apart = before.trim().is_empty()
        || before.trim_end().ends_with([':', ';', '.'])
        || self::bullet(before, "").is_some()
        || is_item(before);
    let is_bullet = BULLETS.contains(&first) || (SPACED_BULLETS.contains(&first) && is_spaced && is_apart);
    is_bullet.then_some((line.len() - text.len(), first))
}

fn is_item(line: &str) -> bool {
    line.trim_start().starts_with("- ")
}

/// Whether a backslash takes the meaning of the mark away.
fn is_escaped(text: &str, at: usize) -> bool {
    let slashes = text.get(..at).unwrap_or_default().bytes().rev().take_while(|byte| *byte == b'\\').count();
    slashes % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::bullet;

    #[test]
    fn bullets_from_word_begin_a_line_and_other_marks_stand_within() {
        for line in ["•\ttext", "•text", "  ▪ text", "– text", "—\ttext", "o\ttext", "o text"] {
            assert!(bullet(line, "").is_some(), "{line}");
        }
        for line in ["", "- text", "–text", "text – text", "on text", "o’clock", "1 · 2", "| o |"] {
            assert!(bullet(line, "").is_none(), "{line}");
        }
        assert!(bullet("o text", "a paragraph goes on").is_none() && bullet("– text", "a paragraph goes on").is_none());
        assert!(bullet("– text", "a list begins:").is_some());
        assert!(bullet("o text", "- an item").is_some() && bullet("o text", "• an item").is_some());
    }
}
