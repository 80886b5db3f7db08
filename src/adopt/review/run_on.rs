//! Headings and captions that other words have run on into.
//!
//! Who types behind a paragraph that goes, and accepts that, has his words before what comes next: before the number of a
//! heading, that is no heading then.

use crate::adopt::matrix::Caption;
use crate::adopt::numbered::parted;
use crate::document::{Block, Document};
use crate::model::Version;
use crate::reader::marked::Remark;

/// That a copy has words before the number of a section of `sent`, or before the caption of a table. `words` is how captions
/// begin.
pub(super) fn run_on(copy: &Document, sent: &Version, words: &str) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for (at, block) in copy.blocks.iter().enumerate() {
        let Block::Paragraph(paragraph) = block else { continue };
        let text = paragraph.text();
        let has = |begins: &str| text.find(begins).is_some_and(|at| at > 0);
        let section = paragraph.kind.now.section_id().filter(|_| parted(&text).is_none());
        // Programs lose numbers of sections that move, and leave the tab behind them.
        let is_before_tab = || text.split_once('\t').is_some_and(|(before, _)| !before.trim().is_empty());
        let section = section.and_then(|id| sent.section(id));
        let section = section.filter(|it| has(&it.number) || !it.heading.text.contains('\t') && is_before_tab());
        let table = match copy.blocks.get(at + 1) {
            Some(Block::Table(table)) if Caption::of(&text, words, at).is_none() => table.id.now.as_deref(),
            _ => None,
        };
        let table = table.and_then(|id| sent.matrix(id)).filter(|it| has(&format!("{words} {}", it.number.value)));
        let what = match (section, table) {
            (Some(section), _) => format!("the heading of Section {}", section.number.value),
            (None, Some(table)) => format!("the caption of Table {}", table.number.value),
            (None, None) => continue,
        };
        remarks.push(Remark::loss(format!(
            "as the copy stands {what} runs on from other words, “{text}”: part them in it"
        )));
    }
    remarks
}
