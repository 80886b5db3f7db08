//! Where in the base the new sections and rows of a release belong, so that what several modifications insert around
//! parts that others delete comes to stand in one order, whatever the order of the modifications.

use super::numbering::{Numbering, seats};
use crate::model::{
    Beside, Matrix, Modification, Neighbour, Number, Origin, RowStatement, Section, TableStatement, Version,
};
use std::collections::{BTreeMap, BTreeSet};

/// So many sections, or rows of a table, of the base stand before a new one.
pub(super) type Slot = usize;

/// What modifications inserted that have been laid over a base, and what they took away or moved.
#[derive(Clone, Debug, Default)]
pub(super) struct Slots {
    /// The base by its id, where nothing else was done to it.
    complete: Option<String>,
    sections: BTreeMap<String, Slot>,
    /// By the table's identity and the row's key.
    rows: BTreeMap<(String, String), Slot>,
    /// Where it is said that a section or a table (so told by the first) goes, by identity.
    deletions: BTreeMap<(bool, String), Origin>,
    /// Where it is said that a row goes, by the table's identity and the row's key.
    removals: BTreeMap<(String, String), Origin>,
    /// Where it is said that a section, or one that it stands in, shall stand elsewhere or have another number, by
    /// identity.
    moves: BTreeMap<String, Origin>,
    /// Where it is said that a row shall stand elsewhere, by the table's identity and the row's key.
    row_moves: BTreeMap<(String, String), Origin>,
    numbering: Numbering,
}

impl Slots {
    /// Of a base to which nothing is done but what will be added.
    pub fn complete(base: &Version) -> Self {
        Self { complete: Some(base.id.value.clone()), ..Self::default() }
    }

    /// Whether nothing else was done to the base than what was added.
    pub fn is_complete(&self) -> bool {
        self.complete.is_some()
    }

    /// Whether they are of that base, and nothing else was done to it than what was added.
    pub fn are_of(&self, base: &Version) -> bool {
        self.complete.as_ref() == Some(&base.id.value)
    }

    /// Adds what a modification of the base says, which makes `own` of it.
    pub fn add(&mut self, modification: &Modification, base: &Version, own: &Version) {
        self.add_new(modification, base, own);
        self.numbering.add(Numbering::stated(modification, base, own));
        self.add_places(modification, base, own);
    }

    /// Adds where what it inserts belongs in the base.
    fn add_new(&mut self, modification: &Modification, base: &Version, own: &Version) {
        let moves = moves(modification, base);
        let known: BTreeSet<&str> = base.sections().map(|section| section.id.as_str()).collect();
        for section in own.sections().filter(|section| !known.contains(section.id.as_str())) {
            if let Some(slot) = section_slot(&section.id, base, own, |id| moves.contains_key(id)) {
                self.sections.entry(section.id.clone()).or_insert(slot);
            }
        }
        for (was, table) in tables(modification, base) {
            for inserted in &table.operations.insert {
                let slot = self.row_slot(inserted.neighbour.as_ref(), was);
                for key in inserted.rows.iter().filter_map(RowStatement::key) {
                    self.rows.entry((was.id.clone(), key.value.clone())).or_insert(slot);
                }
            }
        }
    }

    /// Adds what a modification says of parts of `ground` that it was drafted against another version to change.
    pub fn add_changes(&mut self, modification: &Modification, base: &Version, own: &Version, ground: &Version) {
        let numbering = Numbering::stated(modification, base, own);
        if !numbering.closed.is_empty() || !numbering.renumbered.is_empty() {
            self.numbering.add_changes(numbering, &seats(ground));
        }
        self.add_places(modification, base, own);
    }

    /// Adds where it says of what there is that it goes, or stands elsewhere.
    fn add_places(&mut self, modification: &Modification, base: &Version, own: &Version) {
        for (id, at) in moves(modification, base) {
            self.moves.entry(id).or_insert(at);
        }
        let deleted = modification.sections.iter().filter_map(|it| Some((&it.number, it.delete.as_deref()?)));
        for (root, at) in deleted.filter_map(|(number, at)| Some((Number::parse(number)?, at))) {
            let is_gone = |section: &&Section| {
                own.section(&section.id).is_none()
                    && Number::parse(&section.number).is_some_and(|number| number.is_within(&root))
            };
            for section in base.sections().filter(is_gone) {
                self.deletions.entry((false, section.id.clone())).or_insert_with(|| at.clone());
            }
        }
        for (was, table) in tables(modification, base) {
            if let Some(at) = &table.delete {
                self.deletions.entry((true, was.id.clone())).or_insert_with(|| at.0.clone());
            }
            let key = |key: &str| Some((was.id.clone(), was.rows.get(position(was, key)?)?.key.value.clone()));
            for removed in &table.operations.remove {
                let Some(row) = key(&removed.key) else { continue };
                self.removals.entry(row).or_insert_with(|| removed.key.origin.clone());
            }
            for moved in &table.operations.moves {
                let Some(row) = key(&moved.key) else { continue };
                self.row_moves.entry(row).or_insert_with(|| moved.key.origin.clone());
            }
        }
    }

    /// What is done to the numbers of the base.
    pub fn numbering(&self) -> &Numbering {
        &self.numbering
    }

    /// Where it is said that a section or a table goes.
    pub fn deletion(&self, is_table: bool, id: &str) -> Option<&Origin> {
        self.deletions.get(&(is_table, id.to_owned()))
    }

    /// Where it is said that a row goes.
    pub fn removal(&self, table: &Matrix, key: &str) -> Option<&Origin> {
        self.removals.get(&(table.id.clone(), key.to_owned()))
    }

    /// Where it is said that a section shall stand elsewhere.
    pub fn move_of(&self, id: &str) -> Option<&Origin> {
        self.moves.get(id)
    }

    /// Where it is said that a row shall stand elsewhere.
    pub fn row_move(&self, table: &Matrix, key: &str) -> Option<&Origin> {
        self.row_moves.get(&(table.id.clone(), key.to_owned()))
    }

    /// The slot of a section of a version that came of the base: its own for one of the base's.
    pub fn section(&self, id: &str, base: &Version, here: &Version) -> Slot {
        let known = self.sections.get(id).copied();
        known.or_else(|| section_slot(id, base, here, |id| self.moves.contains_key(id))).unwrap_or(usize::MAX)
    }

    /// The slot of a new row; where nobody knows, behind the nearest row of the base before it.
    pub fn row(&self, at: usize, was: &Matrix, here: &Matrix) -> Slot {
        let Some(row) = here.rows.get(at) else { return 0 };
        if let Some(slot) = self.rows.get(&(was.id.clone(), row.key.value.clone())) {
            return *slot;
        }
        let before = here.rows.get(..at).unwrap_or_default().iter().rev();
        before.into_iter().find_map(|row| position(was, &row.key)).map_or(0, |at| at + 1)
    }

    /// The slot that a neighbour means in the base's table.
    pub fn row_slot(&self, neighbour: Option<&Neighbour>, was: &Matrix) -> Slot {
        let Some(neighbour) = neighbour else { return was.rows.len() };
        match (position(was, &neighbour.key), neighbour.beside) {
            (Some(at), Beside::Before) => at,
            (Some(at), Beside::After) => at + 1,
            // Beside a row that is itself new.
            (None, _) => {
                let known = self.rows.get(&(was.id.clone(), neighbour.key.value.clone()));
                known.copied().unwrap_or(was.rows.len())
            }
        }
    }
}

/// The row that a key means: by its key, or else by its variant.
pub(super) fn position(matrix: &Matrix, key: &str) -> Option<usize> {
    let by_variant = || matrix.rows.iter().position(|row| row.variant.value == key);
    matrix.rows.iter().position(|row| row.key.value == key).or_else(by_variant)
}

/// The tables of the base that a modification changes, with what it says of them.
fn tables<'v>(
    modification: &'v Modification,
    base: &'v Version,
) -> impl Iterator<Item = (&'v Matrix, &'v TableStatement)> {
    modification.tables.iter().filter_map(|table| Some((base.matrix_numbered(&table.number)?, table)))
}

/// The sections of the base that a modification says shall stand elsewhere, by identity, and where it says so.
pub(super) fn moves(modification: &Modification, base: &Version) -> BTreeMap<String, Origin> {
    let mut moves = BTreeMap::new();
    for it in modification.sections.iter().filter(|it| !it.insert) {
        let at = it.place.as_ref().map(|place| &place.key.origin).or(it.renumber.as_ref().map(|to| &to.origin));
        let (Some(at), Some(root)) = (at, Number::parse(&it.number)) else { continue };
        let goes = |section: &&Section| Number::parse(&section.number).is_some_and(|it| it.is_within(&root));
        moves.extend(base.sections().filter(goes).map(|section| (section.id.clone(), at.clone())));
    }
    moves
}

/// The slot of a section that a version has and the base hasn't: behind the nearest before it that isn't moved.
pub(super) fn section_slot(id: &str, base: &Version, here: &Version, is_moved: impl Fn(&str) -> bool) -> Option<Slot> {
    let of_base = |id: &str| base.sections().position(|section| section.id == id);
    if of_base(id).is_some() {
        return None;
    }
    let at = here.sections().position(|section| section.id == id)?;
    let before: Vec<_> = here.sections().take(at).collect();
    let mut stay = before.iter().rev().filter(|section| !is_moved(&section.id));
    Some(stay.find_map(|section| of_base(&section.id)).map_or(0, |at| at + 1))
}
