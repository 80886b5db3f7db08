//! The pages that a document's contents name: those of the PDF, for Word too, which knows its own only once it has laid
//! the document out.

use super::contents::listed;
use super::pdf::{self, placed::Laid};
use crate::document::{Block, Document, FurnitureKind, Mark, Revised, accept, is_clean, reject};
use crate::stylesheet::Stylesheet;

/// The page, from 1, of each heading and caption that a table of contents may list, in order, in each of the two texts;
/// of none, where there are no contents.
pub fn of_texts(document: &Document, sheet: &Stylesheet) -> Revised<Vec<usize>> {
    let contents = |block: &Block| matches!(block, Block::Furniture(f) if f.kind == FurnitureKind::Contents);
    if !document.blocks.iter().any(contents) {
        return Revised::default();
    }
    if is_clean(document) {
        return of_text(document, sheet).into();
    }
    let (was, now) = rayon::join(|| of_text(&reject(document), sheet), || of_text(&accept(document), sheet));
    Revised::from_pair(was, now)
}

/// The same of a document that has one text, and is laid out.
pub fn of_laid(document: &Document, laid: &Laid, sheet: &Stylesheet) -> Revised<Vec<usize>> {
    let page = |block: usize| laid.starts.get(block).copied().flatten().map(|page| page + 1);
    listed(document, Mark::Kept, sheet).map_while(page).collect::<Vec<_>>().into()
}

/// Of a text that can't be laid out no page is known; whoever makes a PDF of it is told why.
fn of_text(document: &Document, sheet: &Stylesheet) -> Vec<usize> {
    pdf::lay_out(document, sheet).map(|laid| of_laid(document, &laid, sheet).now).unwrap_or_default()
}
