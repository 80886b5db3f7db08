//! Which paragraphs stay on the page of what follows them, for Word and PDF alike.

use crate::document::{Block, Kind, Paragraph, TextRole};

/// A longer text, in characters, is not kept with the next: it would leave too much of a page empty.
const KEPT_TO: usize = 600;

/// Whether a kind of paragraph belongs to what follows it.
pub fn leads(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Heading { .. }
            | Kind::Role(TextRole::Subtitle | TextRole::Instruction | TextRole::Caption | TextRole::Term)
    )
}

/// For each block, whether it stays on the page of the next: what leads to it, the lead-in of a list, the first item
/// of a list and the last but one, so that no item stands alone.
pub fn kept(blocks: &[Block]) -> Vec<bool> {
    let is_item = |at: usize| item(blocks, at).is_some();
    let keeps = |at: usize| {
        let Some(Block::Paragraph(paragraph)) = blocks.get(at) else { return false };
        if leads(&paragraph.kind.now) {
            return true;
        }
        let next = item(blocks, at + 1).filter(|_| paragraph.text().chars().count() <= KEPT_TO);
        match (item(blocks, at), next) {
            (_, None) => false,
            (None, Some(_)) => introduces(paragraph),
            (Some(level), Some(below)) => {
                let begins = at.checked_sub(1).is_none_or(|above| !is_item(above));
                begins || !is_item(at + 2) || (below > level && introduces(paragraph))
            }
        }
    };
    (0..blocks.len()).map(keeps).collect()
}

/// The level of an item.
fn item(blocks: &[Block], at: usize) -> Option<u8> {
    match blocks.get(at) {
        Some(Block::Paragraph(Paragraph { kind, .. })) => match kind.now {
            Kind::Item { level, .. } => Some(level),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a text leads to the list under it.
fn introduces(paragraph: &Paragraph) -> bool {
    let text = paragraph.text();
    !text.trim_end().ends_with('.') && !text.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::markdown;

    fn kept_of(text: &str) -> Vec<bool> {
        kept(&markdown::read(text).expect("it reads").blocks)
    }

    #[test]
    fn no_item_stands_alone_and_a_lead_in_stays_with_its_list() {
        let list = "The Supplier shall:\n\n- pay;\n- read;\n- keep;\n- give; and\n- go.\n\nText.";
        assert_eq!(kept_of(list), [true, true, false, false, true, false, false]);
        assert_eq!(kept_of("This is so.\n\n- one"), [false, false]);
        assert_eq!(kept_of(&format!("{}:\n\n- one", "word ".repeat(200))), [false, false]);
        assert_eq!(
            kept_of("- a:\n  - b\n  - c\n- d:\n  - e\n  - f\n  - g"),
            [true, false, false, true, false, true, false]
        );
    }
}
