//! Which parts of a text stand on turned pages because a drafter says so.

use crate::document::{Block, Furniture, FurnitureKind, Mark};

/// For each block, whether it stands on a turned page in the later text: up to where the pages are upright again, or to the
/// next section.
pub fn turned(blocks: &[Block]) -> Vec<bool> {
    let mut is_turned = false;
    let mut turned = |block: &Block| {
        match block {
            Block::Furniture(Furniture { mark: Mark::Deleted, .. }) => {}
            Block::Furniture(Furniture { kind: FurnitureKind::Landscape, .. }) => is_turned = true,
            Block::Furniture(Furniture { kind: FurnitureKind::Portrait, .. }) => is_turned = false,
            Block::Paragraph(paragraph) => is_turned &= paragraph.kind.now.section_id().is_none(),
            // A table with an identity is a part by itself.
            Block::Table(table) => is_turned &= table.id.now.is_none(),
            Block::Furniture(_) => {}
        }
        is_turned
    };
    blocks.iter().map(&mut turned).collect()
}
