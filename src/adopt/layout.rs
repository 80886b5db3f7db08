//! How a document lies on its pages, as a drafter would say it: how wide the columns of a table are where that isn't what
//! their words give, and which parts stand on turned pages though no table needs them.

use super::shape::Shape;
use crate::document::{Block, Kind, Paragraph, Table, TextRole};
use crate::model::Appendix;
use crate::reader::marked::Remark;
use crate::reader::{Carried, Page};
use crate::stylesheet::Stylesheet;
use crate::writer::columns::{self, Columns, Twips};
use crate::writer::keeping::leads;
use crate::writer::typeset::Shaper;
use std::collections::{BTreeMap, BTreeSet};

/// Widths that differ by no more are the same: programs round them, each in its own unit.
const TOLERANCE: Twips = 4;
/// Shares that sum to no more say how wide columns are; beyond them, hundredths do.
const FINEST: u64 = 100;

/// A table, and its block.
type At<'t> = (usize, &'t Table);

/// How a document lies on its pages, by the blocks that it was read from.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The shares of the columns of a table in its width.
    shares: BTreeMap<usize, Vec<u16>>,
    /// The tables whose columns are narrower than their words, and get their own widths.
    narrow: BTreeSet<usize>,
    /// What stands on a turned page because a table is too wide for an upright one, or since all pages are turned.
    follows: BTreeSet<usize>,
}

impl Layout {
    /// That of a document with all its revisions: its columns are as wide as the words of both of its texts need.
    pub fn of(carried: &Carried, appendix: &Appendix, sheet: &Stylesheet) -> Self {
        let mut layout = Self::default();
        let mut shaper = Shaper::new();
        let blocks = &carried.document.blocks;
        let mut wide = BTreeSet::new();
        // Those with the same columns are set alike.
        let mut alike: BTreeMap<(Vec<&String>, &[Twips]), Vec<At<'_>>> = BTreeMap::new();
        for (at, block) in blocks.iter().enumerate() {
            let Block::Table(table) = block else { continue };
            match carried.grids.get(&at) {
                // A matrix lies as it needs to.
                _ if table.id.now.is_some() || Shape::of(table, appendix).is_some() => drop(wide.insert(at)),
                Some(grid) if !grid.is_empty() => {
                    let keys = table.columns.iter().map(|column| &column.key.now).collect();
                    alike.entry((keys, grid.as_slice())).or_default().push((at, table));
                }
                _ => {}
            }
        }
        for ((_, grid), group) in alike {
            let tables: Vec<&Table> = group.iter().map(|(_, table)| *table).collect();
            let fitted = columns::fit_alike(&tables, sheet, &mut shaper);
            for ((at, table), fitted) in group.into_iter().zip(fitted) {
                let Ok(natural) = fitted else { continue };
                let source = carried.sources[at];
                let is_turned = carried.pages.get(at) == Some(&Page::Turned);
                let mut set = natural;
                if !is_same(&set.widths, grid, TOLERANCE) {
                    let shares = shares(grid);
                    match with_shares(table, &shares, sheet, &mut shaper) {
                        Some(asked) if carried.is_own || holds(&asked, &set, is_turned) => {
                            layout.shares.insert(source, shares);
                            set = asked;
                        }
                        _ => drop(layout.narrow.insert(source)),
                    }
                }
                if set.landscape {
                    wide.insert(at);
                }
            }
        }
        let follows = match carried.pages.iter().all(|page| *page == Page::Turned) {
            true => (0..blocks.len()).collect(),
            false => taken_along(blocks, &wide),
        };
        layout.follows = follows.into_iter().map(|at| carried.sources[at]).collect();
        layout
    }

    /// Says so of one of the document's texts.
    pub fn lay(&self, carried: &mut Carried) {
        for (at, source) in carried.sources.iter().enumerate() {
            if let Some(page) = carried.pages.get_mut(at).filter(|page| **page == Page::Turned)
                && self.follows.contains(source)
            {
                *page = Page::TurnedByTable;
            }
            let Block::Table(table) = &mut carried.document.blocks[at] else { continue };
            if let Some(shares) = self.shares.get(source).filter(|shares| shares.len() == table.columns.len()) {
                table.columns.iter_mut().zip(shares).for_each(|(column, share)| column.share = *share);
            }
            if self.narrow.contains(source) {
                let what = "the columns of this table are narrower than their words would let them be here: each is as \
                            wide as its words need";
                carried.remarks.push(Remark { place: carried.places[at].clone(), lost: false, what: what.to_owned() });
            }
        }
    }
}

/// Whether widths are those of a grid, which may be that of another page, but for so much.
fn is_same(widths: &[Twips], grid: &[Twips], tolerance: Twips) -> bool {
    let sum = |widths: &[Twips]| widths.iter().map(|width| u64::from(*width)).sum::<u64>();
    let (own, other) = (sum(widths), sum(grid).max(1));
    let scaled = |width: Twips| Twips::try_from(u64::from(width) * own / other).unwrap_or(Twips::MAX);
    widths.len() == grid.len()
        && widths.iter().zip(grid).all(|(width, of_grid)| width.abs_diff(scaled(*of_grid)) <= tolerance)
}

/// The smallest shares that give columns just these widths, or else nearly, as another program rounds them; or else hundredths.
fn shares(grid: &[Twips]) -> Vec<u16> {
    let total = grid.iter().map(|width| u64::from(*width)).sum::<u64>().max(1);
    let room = Twips::try_from(total).unwrap_or(Twips::MAX);
    let of = |parts: u64| -> Vec<u16> {
        let share = |width: &Twips| (u64::from(*width) * parts * 2 / total).div_ceil(2).max(1);
        grid.iter().map(|width| u16::try_from(share(width)).unwrap_or(u16::MAX)).collect()
    };
    let least = grid.len() as u64;
    let smallest = |tolerance: Twips| {
        (least..=FINEST).map(of).find(|shares| is_same(&columns::in_shares(shares, room), grid, tolerance))
    };
    smallest(0).or_else(|| smallest(TOLERANCE)).unwrap_or_else(|| of(FINEST))
}

/// How a table is set whose columns have these shares.
fn with_shares(table: &Table, shares: &[u16], sheet: &Stylesheet, shaper: &mut Shaper) -> Option<Columns> {
    let mut table = table.clone();
    table.columns.iter_mut().zip(shares).for_each(|(column, share)| column.share = *share);
    columns::fit(&table, sheet, shaper).ok()
}

/// Whether a table that is set as asked for reads no worse than by itself.
fn holds(asked: &Columns, natural: &Columns, is_turned: bool) -> bool {
    (is_turned || natural.landscape || !asked.landscape)
        && (natural.cuts_words || !asked.cuts_words)
        && asked.size >= natural.size
}

/// What wide tables take along to their page: what leads to them, and the notes under them.
fn taken_along(blocks: &[Block], wide: &BTreeSet<usize>) -> BTreeSet<usize> {
    let is = |at: usize, of: &dyn Fn(&Paragraph) -> bool| match blocks.get(at) {
        Some(Block::Paragraph(paragraph)) => of(paragraph),
        Some(Block::Furniture(_)) => true,
        _ => false,
    };
    let leads_on = |at: &usize| is(*at, &|paragraph| leads(&paragraph.kind.now));
    let is_note = |at: &usize| is(*at, &|paragraph| paragraph.kind.now == Kind::Role(TextRole::Note));
    let along = |at: &usize| {
        let above = (0..*at).rev().take_while(leads_on);
        above.chain([*at]).chain((at + 1..blocks.len()).take_while(is_note)).collect::<Vec<_>>()
    };
    wide.iter().flat_map(along).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_the_smallest_that_give_the_widths() {
        for (asked, least) in
            [(&[2, 1, 1][..], &[2, 1, 1][..]), (&[3, 2, 2, 2], &[3, 2, 2, 2]), (&[33, 33, 34], &[33, 33, 34])]
        {
            assert_eq!(shares(&columns::in_shares(asked, 9638)), least);
        }
        assert_eq!(shares(&[4820, 2408, 2410]), [2, 1, 1], "rounded by another program");
        assert_eq!(shares(&[9_000, 3]), [100, 1], "no column is without a share");
    }

    #[test]
    fn widths_of_another_page_are_compared_in_proportion() {
        assert!(is_same(&[5000, 2500, 2500], &[4000, 2000, 2001], TOLERANCE));
        assert!(!is_same(&[5000, 2500, 2500], &[4000, 2100, 1900], TOLERANCE));
        assert!(!is_same(&[5000, 5000], &[4000, 2000, 2000], TOLERANCE));
    }
}
