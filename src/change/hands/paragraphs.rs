//! Paragraphs of which several changed so much that a redline of the two texts takes the one for gone and the other for
//! new, though to each of those who changed it it is one.

use super::{Reviser, shares, text_of_block};
use crate::document::{Block, Document, Mark, Paragraph};

/// Makes one paragraph of each that goes and the one that comes, where all that changed between them is what several did.
pub fn join_paragraphs(document: &mut Document, revisers: &[Reviser]) {
    let mut blocks: Vec<Block> = Vec::with_capacity(document.blocks.len());
    // Where each block comes to stand.
    let mut places = Vec::with_capacity(document.blocks.len());
    let mut rest = std::mem::take(&mut document.blocks).into_iter().peekable();
    while let Some(block) = rest.next() {
        let goes_on = is_whole(&block);
        let mut gap = vec![block];
        gap.extend(std::iter::from_fn(|| rest.next_if(|next| goes_on && is_whole(next))));
        settle(gap, revisers, &mut blocks, &mut places);
    }
    document.blocks = blocks;
    for comment in &mut document.comments {
        comment.block = places.get(comment.block).copied().unwrap_or(comment.block);
    }
}

/// Whether a block is a paragraph that comes or goes whole.
fn is_whole(block: &Block) -> bool {
    matches!(block, Block::Paragraph(paragraph) if paragraph.mark != Mark::Kept
        && paragraph.kind.was.is_none() && paragraph.runs.iter().all(|run| run.mark == paragraph.mark))
}

/// Puts a stretch of paragraphs that come and go, those that are one joined.
fn settle(gap: Vec<Block>, revisers: &[Reviser], blocks: &mut Vec<Block>, places: &mut Vec<usize>) {
    let marked = |mark| -> Vec<usize> {
        (0..gap.len()).filter(|&at| of(&gap, at).is_some_and(|own| own.mark == mark)).collect()
    };
    let (gone, new) = (marked(Mark::Deleted), marked(Mark::Inserted));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for &old in &gone {
        let text = text_of_block(&gap[old]);
        let of_each: Vec<_> = revisers.iter().filter_map(|reviser| reviser.makes_of(&text)).collect();
        if of_each.len() < 2 || new.is_empty() {
            continue;
        }
        let after = pairs.last().map(|(_, new)| *new);
        let is_next = |&&new: &&usize| after.is_none_or(|after| after < new);
        // Whether what they do to the one paragraph makes it the other.
        let are_one = |&&new: &&usize| match (of(&gap, old), of(&gap, new)) {
            (Some(was), Some(is)) => was.kind == is.kind && shares::together(&of_each, &is.runs).is_some(),
            _ => false,
        };
        pairs.extend(new.iter().filter(is_next).find(are_one).map(|&new| (old, new)));
    }
    let first = places.len();
    places.resize(first + gap.len(), blocks.len());
    if pairs.is_empty() {
        for (at, block) in gap.into_iter().enumerate() {
            places[first + at] = blocks.len();
            blocks.push(block);
        }
        return;
    }
    let (mut gone, mut new) = (gone.into_iter().peekable(), new.into_iter().peekable());
    let mut gap: Vec<Option<Block>> = gap.into_iter().map(Some).collect();
    let end = (usize::MAX, usize::MAX);
    for (old, now) in pairs.into_iter().chain([end]) {
        let before = std::iter::from_fn(|| gone.next_if(|&at| at < old)).collect::<Vec<_>>();
        let before = before.into_iter().chain(std::iter::from_fn(|| new.next_if(|&at| at < now)));
        for at in before {
            places[first + at] = blocks.len();
            blocks.extend(gap[at].take());
        }
        if let (Some(at_old), Some(at_new)) = (gone.next(), new.next()) {
            places[first + at_old] = blocks.len();
            places[first + at_new] = blocks.len();
            if let (Some(Block::Paragraph(was)), Some(Block::Paragraph(is))) = (gap[at_old].take(), gap[at_new].take())
            {
                let runs = was.runs.into_iter().chain(is.runs).collect();
                blocks.push(Block::Paragraph(Paragraph { kind: is.kind, mark: Mark::Kept, runs }));
            }
        }
    }
}

fn of(gap: &[Block], at: usize) -> Option<&Paragraph> {
    match gap.get(at)? {
        Block::Paragraph(paragraph) => Some(paragraph),
        Block::Table(_) | Block::Furniture(_) => None,
    }
}
