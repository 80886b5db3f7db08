//! A modification moved from the version that it was drafted against onto another.
//!
//! Three-way and by identity: sections by id, words by alignment, rows by key, cells by column. What the other version
//! has already is dropped, what both changed alike is agreement, and what both changed otherwise is a conflict.

use super::conflict::{Claim, Conflict, ConflictKind, ConflictPart};
use super::slots::{Slot, Slots, position};
use crate::align;
use crate::model::{
    AmendedRow, Beside, Cells, Column, ColumnKind, InsertedRows, Matrix, Modification, MovedRow, Neighbour, Number,
    Operations, Origin, Placed, Row, RowStatement, Section, SectionStatement, TableStatement, Text, Version,
};
use std::sync::Arc;

/// A modification against another base.
#[derive(Clone, Debug)]
pub struct Rebased {
    /// It, with all of its statements in the words and numbers of the other version.
    pub modification: Modification,
    /// Where it collides with what the other version says.
    pub conflicts: Vec<Conflict>,
    /// What of it the other version has already, in words.
    pub dropped: Vec<String>,
}

/// The versions that a modification stands between.
#[derive(Clone, Copy)]
struct Between<'v> {
    /// What it was drafted against.
    base: &'v Version,
    /// What it makes of that.
    own: &'v Version,
    /// What it shall be laid over.
    onto: &'v Version,
    /// Where new parts of that belong in the base.
    slots: &'v Slots,
}

/// Moves a modification from `base`, over which it makes `own`, onto another version.
pub fn rebase(modification: &Modification, base: &Version, own: &Version, onto: &Version) -> Rebased {
    rebase_among(modification, base, own, onto, &Slots::default())
}

/// As [`rebase`], where it is known what others inserted where.
pub(super) fn rebase_among(
    modification: &Modification,
    base: &Version,
    own: &Version,
    onto: &Version,
    slots: &Slots,
) -> Rebased {
    let mut mover = Mover {
        between: Between { base, own, onto, slots },
        part: ConflictPart::default(),
        conflicts: Vec::new(),
        dropped: Vec::new(),
    };
    let mut sections: Vec<SectionStatement> =
        modification.sections.iter().filter(|it| !it.insert).filter_map(|it| mover.section(it)).collect();
    let mut inserted: Vec<&SectionStatement> = modification.sections.iter().filter(|it| it.insert).collect();
    inserted.sort_by(|a, b| crate::model::natural(&a.number, &b.number));
    let mut standing = Numbers::of(&mover.between, &sections);
    sections.extend(inserted.into_iter().filter_map(|it| mover.inserted(it, &mut standing)).collect::<Vec<_>>());
    let tables = modification.tables.iter().filter_map(|it| mover.table(it)).collect();
    let modification = Modification {
        head: modification.head.clone(),
        base: Placed::new(onto.id.value.clone(), modification.base.origin.clone()),
        sections,
        tables,
        ..modification.clone()
    };
    Rebased { modification, conflicts: mover.conflicts, dropped: mover.dropped }
}

struct Mover<'v> {
    between: Between<'v>,
    /// What is being moved.
    part: ConflictPart,
    conflicts: Vec<Conflict>,
    dropped: Vec<String>,
}

fn by_number<'v>(version: &'v Version, number: &str) -> Option<&'v Section> {
    version.sections().find(|section| section.number.value == number)
}

fn by_id<'v>(version: &'v Version, id: &str) -> Option<&'v Section> {
    version.sections().find(|section| section.id == id)
}

fn table_by_number<'v>(version: &'v Version, number: &str) -> Option<&'v Matrix> {
    version.matrices().find(|matrix| matrix.number.value == number)
}

fn table_by_id<'v>(version: &'v Version, id: &str) -> Option<&'v Matrix> {
    version.matrices().find(|matrix| matrix.id == id)
}

/// What three say of one value.
enum Said<T> {
    /// The other version has it already, or nothing is said.
    Nothing,
    /// This is what is to be said over the other version.
    This(T),
    /// Both say something, and not the same.
    Collision,
}

fn said<T: Clone + PartialEq>(base: &T, ours: Option<&T>, theirs: &T) -> Said<T> {
    match ours {
        Some(ours) if ours != base && ours != theirs && theirs == base => Said::This(ours.clone()),
        Some(ours) if ours != base && ours != theirs => Said::Collision,
        _ => Said::Nothing,
    }
}

impl Mover<'_> {
    fn conflict(&mut self, kind: ConflictKind, about: String, was: Option<Claim>, ours: Claim, theirs: Claim) {
        let part = self.part.clone();
        self.conflicts.push(Conflict { kind, part, about, was, ours, theirs });
    }

    /// Words as they shall be over the other version; `None` if they are so already.
    fn words(&mut self, about: String, was: &Text, ours: Option<&Text>, theirs: &Text) -> Option<Text> {
        let ours = ours.filter(|ours| ours.text != was.text && ours.text != theirs.text)?;
        match align::merge(was, ours, theirs) {
            Ok(text) if text == theirs.text => None,
            Ok(text) => Some(Text { lines: Vec::new(), text, origin: ours.origin.clone() }),
            Err(collisions) => {
                for it in collisions {
                    let was = Claim::new(it.base, &was.origin);
                    let (ours, theirs) = (Claim::new(it.ours, &ours.origin), Claim::new(it.theirs, &theirs.origin));
                    self.conflict(ConflictKind::Words, about.clone(), Some(was), ours, theirs);
                }
                None
            }
        }
    }

    /// What a section's file says of one that the base has.
    fn section(&mut self, it: &SectionStatement) -> Option<SectionStatement> {
        let Between { base, onto, .. } = self.between;
        let was = by_number(base, &it.number)?;
        self.part = ConflictPart { is_table: false, id: was.id.clone() };
        let about = format!("Section {}", it.number.value);
        let Some(theirs) = by_id(onto, &was.id) else {
            if it.delete.is_some() {
                self.dropped.push(format!("the deletion of {about}"));
                return None;
            }
            let theirs = Claim::new("deleted", &onto.id.origin);
            let ours = Claim::new("changed", &it.number.origin);
            self.conflict(ConflictKind::Deleted, about, None, ours, theirs);
            return None;
        };
        let number = Placed::new(theirs.number.value.clone(), it.number.origin.clone());
        if let Some(at) = &it.delete {
            if let Some(other) = self.changed_within(was, theirs) {
                let theirs = Claim::new(format!("changed: {}", other.text), &other.origin);
                let was = Claim::new(was.body.text.clone(), &was.origin);
                self.conflict(ConflictKind::Deleted, about, Some(was), Claim::new("deleted", at), theirs);
                return None;
            }
            return Some(SectionStatement { number, ..it.clone() });
        }
        let heading = self.words(format!("the heading of {about}"), &was.heading, it.heading.as_ref(), &theirs.heading);
        let body = self.words(format!("the body of {about}"), &was.body, it.body.as_ref(), &theirs.body);
        let renumber = it.renumber.clone().filter(|to| to.value != theirs.number.value);
        let place = it.place.as_ref().and_then(|place| self.place(&about, place));
        if heading.is_none() && body.is_none() && renumber.is_none() && place.is_none() {
            self.dropped.push(format!("what is said of {about}"));
            return None;
        }
        let has_heading = heading.is_some();
        Some(SectionStatement { number, heading, has_heading, body, renumber, place, ..it.clone() })
    }

    /// The first of a section and its subsections in which the other version says something else than the base.
    fn changed_within(&self, was: &Section, theirs: &Section) -> Option<Claim> {
        let Between { base, onto, .. } = self.between;
        let (Some(old), Some(new)) = (Number::parse(&was.number), Number::parse(&theirs.number)) else { return None };
        let within = |root: &Number, section: &Section| {
            Number::parse(&section.number).is_some_and(|number| number.is_within(root))
        };
        let before: Vec<&Section> = base.sections().filter(|section| within(&old, section)).collect();
        let now = onto.sections().filter(|section| within(&new, section));
        let says = |section: &Section| (section.heading.clone(), section.body.clone());
        now.into_iter()
            .find(|section| before.iter().find(|old| old.id == section.id).is_none_or(|old| says(old) != says(section)))
            .map(|section| Claim::new(section.heading.text.clone(), &section.origin))
    }

    fn place(&mut self, about: &str, place: &Neighbour) -> Option<Neighbour> {
        let Between { base, onto, own, .. } = self.between;
        let known = by_number(base, &place.key).or_else(|| by_id(own, &place.key)).map(|section| section.id.as_str());
        let id = known.unwrap_or(&place.key);
        if let Some(beside) = by_id(onto, id) {
            let key = Placed::new(beside.number.value.clone(), place.key.origin.clone());
            return Some(Neighbour { beside: place.beside, key });
        }
        if by_id(base, id).is_none() {
            // It is inserted by the modification itself: its identity names it.
            return Some(Neighbour { beside: place.beside, key: Placed::new(id.to_owned(), place.key.origin.clone()) });
        }
        let ours = Claim::new(format!("moved beside {}", place.key.value), &place.key.origin);
        let theirs = Claim::new("that place deleted", &onto.id.origin);
        self.conflict(ConflictKind::Place, about.to_owned(), None, ours, theirs);
        None
    }

    /// A section that is inserted, under the number that it shall have in the other version.
    fn inserted(&mut self, it: &SectionStatement, standing: &mut Numbers) -> Option<SectionStatement> {
        let Between { base, own, onto, slots } = self.between;
        let about = format!("Section {}", it.number.value);
        let mine = by_number(own, &it.number).filter(|mine| by_id(base, &mine.id).is_none());
        let Some(mine) = mine.or_else(|| by_id(own, it.id.as_ref().map_or(&it.number.value, |id| &id.value))) else {
            return Some(it.clone());
        };
        self.part = ConflictPart { is_table: false, id: mine.id.clone() };
        let slot = Slots::default().section(&mine.id, base, own);
        // The new sections of others at the same place.
        let is_new = |section: &&Section| by_id(base, &section.id).is_none();
        let is_beside =
            |section: &&Section| section.level == mine.level && slots.section(&section.id, base, onto) == slot;
        let between: Vec<&Section> = onto.sections().filter(is_new).filter(is_beside).collect();
        let same = between.iter().find(|other| says_the_same(other, mine));
        if same.is_some() {
            self.dropped.push(format!("the new {about}"));
            return None;
        }
        if let Some(other) = between.first() {
            let ours = Claim::new(format!("{} {}", it.number.value, mine.heading.text), &it.number.origin);
            let theirs = Claim::new(format!("{} {}", other.number.value, other.heading.text), &other.origin);
            self.conflict(ConflictKind::SameNumber, about, None, ours, theirs);
            return None;
        }
        let number = standing.insert(mine, slot);
        let id = it.id.clone().or_else(|| (mine.id != number).then(|| mine.id.clone().into()));
        Some(SectionStatement { number: Placed::new(number, it.number.origin.clone()), id, ..it.clone() })
    }

    /// What a table's file says.
    fn table(&mut self, it: &TableStatement) -> Option<TableStatement> {
        let Between { base, own, onto, slots } = self.between;
        let about = format!("Table {}", it.number.value);
        self.part = ConflictPart { is_table: true, id: it.number.value.clone() };
        if it.insert {
            let Some(theirs) = table_by_number(onto, &it.number) else { return Some(it.clone()) };
            let mine = table_by_number(own, &it.number)?;
            if mine.rows == theirs.rows && mine.title == theirs.title {
                self.dropped.push(format!("the new {about}"));
            } else {
                let (ours, theirs) =
                    (Claim::new("inserted", &it.number.origin), Claim::new("inserted", &theirs.origin));
                self.conflict(ConflictKind::SameKey, about, None, ours, theirs);
            }
            return None;
        }
        let was = table_by_number(base, &it.number)?;
        self.part.id.clone_from(&was.id);
        let Some(theirs) = table_by_id(onto, &was.id) else {
            if it.delete.is_some() {
                self.dropped.push(format!("the deletion of {about}"));
            } else {
                let ours = Claim::new("changed", &it.number.origin);
                self.conflict(ConflictKind::Deleted, about, None, ours, Claim::new("deleted", &onto.id.origin));
            }
            return None;
        };
        if let Some(at) = &it.delete {
            if was.rows != theirs.rows {
                let theirs = Claim::new("its rows changed", &theirs.origin);
                self.conflict(ConflictKind::Deleted, about, None, Claim::new("deleted", at), theirs);
                return None;
            }
            return Some(it.clone());
        }
        let rows = Rows { about: &about, was, theirs, own: table_by_id(own, &was.id)?, slots };
        let operations = self.operations(&it.operations, &rows);
        let mut rebased = TableStatement { operations, ..it.clone() };
        self.title_and_role(it, &rows, &mut rebased);
        if it.omitted.is_some() && was.omitted != theirs.omitted && rows.own.omitted != theirs.omitted {
            let (ours, theirs) =
                (Claim::new("omitted otherwise", &it.origin), Claim::new("omitted otherwise", &theirs.origin));
            self.conflict(ConflictKind::Table, about.clone(), None, ours, theirs);
        }
        if was.rows != theirs.rows && rebased.published.take().is_some() {
            self.dropped.push(format!("the published figures of {about}, which no longer are of these rows"));
        }
        Some(rebased)
    }

    fn title_and_role(&mut self, it: &TableStatement, rows: &Rows<'_>, rebased: &mut TableStatement) {
        let Rows { about, was, theirs, .. } = *rows;
        let collide = |mover: &mut Self, what: &str, ours: (&str, &Origin), other: &str| {
            let claim = Claim::new(other, &theirs.origin);
            mover.conflict(
                ConflictKind::Table,
                format!("the {what} of {about}"),
                None,
                Claim::new(ours.0, ours.1),
                claim,
            );
        };
        match said(&was.title, it.title.clone().map(Some).as_ref(), &theirs.title) {
            Said::This(_) => {}
            Said::Nothing => rebased.title = None,
            Said::Collision => {
                let ours = it.title.clone().unwrap_or_default();
                collide(self, "title", (&ours, &ours.origin), theirs.title.as_deref().unwrap_or("none"));
            }
        }
        match said(&was.role, it.role.as_ref(), &theirs.role) {
            Said::This(_) => {}
            Said::Nothing => rebased.role = None,
            Said::Collision => {
                let ours = it.role.clone().unwrap_or_default();
                collide(self, "role", (&ours, &ours.origin), &theirs.role);
            }
        }
    }
}

/// The numbers of sections while a modification is laid over a version: what is deleted closes up, what is inserted
/// moves those behind it on.
struct Numbers {
    standing: Vec<Standing>,
}

/// A section that stands: its number, and where it belongs.
struct Standing {
    id: String,
    number: Number,
    /// By the base: so many of its sections stand before it, and whether it is none of them.
    place: (Slot, bool),
}

impl Numbers {
    /// Those of a version once the deletions and new numbers among these statements are made.
    fn of(between: &Between<'_>, statements: &[SectionStatement]) -> Self {
        let Between { base, onto, slots, .. } = *between;
        let place = |section: &Section| match base.sections().position(|it| it.id == section.id) {
            Some(at) => (at, true),
            None => (slots.section(&section.id, base, onto), false),
        };
        let standing = |section: &Section| {
            let number = Number::parse(&section.number)?;
            Some(Standing { id: section.id.clone(), number, place: place(section) })
        };
        let mut numbers = Self { standing: onto.sections().filter_map(standing).collect() };
        let now = |number: &str| onto.sections().find(|it| it.number.value == number).map(|it| it.id.clone());
        for it in statements.iter().filter(|it| it.delete.is_some()) {
            let Some(root) = now(&it.number).and_then(|id| numbers.number(&id)) else { continue };
            numbers.standing.retain(|it| !it.number.is_within(&root));
            if it.close_up {
                numbers.change(|number| number.shifted(&root, -1));
            }
        }
        let new: Vec<(Number, Number)> = statements
            .iter()
            .filter_map(|it| {
                let from = numbers.number(&now(&it.number)?)?;
                Some((from, Number::parse(it.renumber.as_ref()?)?))
            })
            .collect();
        numbers.change(|number| {
            new.iter()
                .find(|(from, _)| number.is_within(from))
                .map_or(number.clone(), |(from, to)| number.rebased(from, to))
        });
        numbers
    }

    fn change(&mut self, change: impl Fn(&Number) -> Number) {
        self.standing.iter_mut().for_each(|it| it.number = change(&it.number));
    }

    fn number(&self, id: &str) -> Option<Number> {
        self.standing.iter().find(|it| it.id == id).map(|it| it.number.clone())
    }

    /// The number of a new section by where it belongs in the base, which it now has.
    fn insert(&mut self, section: &Section, slot: Slot) -> String {
        let Some(own) = Number::parse(&section.number) else { return section.number.value.clone() };
        let place = (slot, false);
        let siblings = self.standing.iter().filter(|it| is_sibling(&it.number.to_string(), &section.number));
        let next = siblings.clone().filter(|it| it.place > place).min_by_key(|it| it.place);
        let previous = siblings.filter(|it| it.place <= place).max_by_key(|it| it.place);
        let number = match (next, previous) {
            (Some(next), _) => next.number.clone(),
            (None, Some(previous)) => previous.number.shifted(&previous.number, 1),
            (None, None) => own,
        };
        if self.standing.iter().any(|it| it.number == number) {
            self.change(|other| other.shifted(&number, 1));
        }
        self.standing.push(Standing { id: section.id.clone(), number: number.clone(), place });
        number.to_string()
    }
}

/// Whether two sections stand side by side, by their numbers.
fn is_sibling(a: &str, b: &str) -> bool {
    let parent = |number: &str| number.rsplit_once('.').map(|(parent, _)| parent.to_owned());
    parent(a) == parent(b)
}

fn says_the_same(a: &Section, b: &Section) -> bool {
    a.heading == b.heading && a.body == b.body
}

/// A table in the four versions that matter.
#[derive(Clone, Copy)]
struct Rows<'v> {
    about: &'v str,
    was: &'v Matrix,
    theirs: &'v Matrix,
    own: &'v Matrix,
    slots: &'v Slots,
}

/// The row that a key means: by its key, or else by its variant.
fn row<'m>(matrix: &'m Matrix, key: &str) -> Option<&'m Row> {
    let by_variant = || matrix.rows.iter().find(|row| row.variant.value == key);
    matrix.rows.iter().find(|row| row.key.value == key).or_else(by_variant)
}

impl Mover<'_> {
    fn operations(&mut self, it: &Operations, rows: &Rows<'_>) -> Operations {
        Operations {
            amend: it.amend.iter().filter_map(|amended| self.amended(amended, rows)).collect(),
            insert: it.insert.iter().filter_map(|inserted| self.inserted_rows(inserted, rows)).collect(),
            moves: it.moves.iter().filter_map(|moved| self.moved(moved, rows)).collect(),
            remove: it.remove.iter().filter_map(|key| self.removed(key, rows)).collect(),
        }
    }

    fn removed(&mut self, key: &Placed<String>, rows: &Rows<'_>) -> Option<Placed<String>> {
        let was = row(rows.was, key)?;
        let Some(theirs) = row(rows.theirs, &was.key) else {
            self.dropped.push(format!("the deletion of row {} of {}", key.value, rows.about));
            return None;
        };
        if !was.reads_as(theirs) {
            let about = format!("row {} of {}", key.value, rows.about);
            let theirs = Claim::new(format!("changed: {}", theirs.name.text), changed_at(was, theirs));
            self.conflict(ConflictKind::Deleted, about, None, Claim::new("deleted", &key.origin), theirs);
            return None;
        }
        Some(key.clone())
    }

    fn amended(&mut self, it: &AmendedRow, rows: &Rows<'_>) -> Option<AmendedRow> {
        let about = format!("row {} of {}", it.key.value, rows.about);
        let was = row(rows.was, &it.key)?;
        let ours = rows
            .own
            .rows
            .iter()
            .find(|row| row.key == was.key)
            .or_else(|| it.row.id.as_ref().and_then(|id| rows.own.rows.iter().find(|row| row.key == *id)))?;
        let Some(theirs) = row(rows.theirs, &was.key) else {
            let claim = Claim::new("deleted", &rows.theirs.origin);
            self.conflict(ConflictKind::Deleted, about, None, Claim::new("amended", &it.key.origin), claim);
            return None;
        };
        let mut amended = RowStatement { cells: None, ..it.row.clone() };
        let mut cell = |what: &str, was: &str, ours: (&str, &Origin), theirs: (&str, &Origin)| {
            let claims = (Claim::new(ours.0, ours.1), Claim::new(theirs.0, theirs.1));
            let was = Some(Claim::new(was, &Origin::default()));
            self.conflict(ConflictKind::Cell, format!("{what} of {about}"), was, claims.0, claims.1);
        };
        macro_rules! field {
            ($field:ident, $what:literal) => {
                match said(&was.$field, it.row.$field.as_ref(), &theirs.$field) {
                    Said::This(_) => {}
                    Said::Nothing => amended.$field = None,
                    Said::Collision => {
                        let text = |value: &Row| value.$field.to_string();
                        let (ours_at, theirs_at) = (&ours.$field.origin, &theirs.$field.origin);
                        cell($what, &text(was), (&text(ours), ours_at), (&text(theirs), theirs_at));
                    }
                }
            };
        }
        field!(reference, "the Service Reference");
        field!(variant, "the variant");
        field!(critical, "“critical”");
        field!(role, "the User Role");
        let mut changed = Vec::new();
        for (at, column) in cv_columns(&rows.own.columns).enumerate() {
            let index = |columns: &[Column]| cv_columns(columns).position(|other| other.key == column.key);
            let value = |row: &Row, at: Option<usize>| at.and_then(|at| row.cv.get(at).cloned());
            let Some(own) = ours.cv.get(at) else { continue };
            let (old, other) = (value(was, index(&rows.was.columns)), value(theirs, index(&rows.theirs.columns)));
            let (Some(old), Some(other)) = (old, other) else { continue };
            match said(&old, Some(own), &other) {
                Said::This(cell) => changed.push((Placed::from(column.key.to_string()), cell)),
                Said::Nothing => {}
                Said::Collision => {
                    let what = format!("cell {}", column.label);
                    cell(&what, &old.value, (&own.value, &own.origin), (&other.value, &other.origin));
                }
            }
        }
        amended.name = self.words(format!("the name of {about}"), &was.name, it.row.name.as_ref(), &theirs.name);
        amended.cells = Some(changed)
            .filter(|changed: &Vec<(Placed<String>, Placed<Arc<str>>)>| !changed.is_empty())
            .map(Cells::Some);
        let says_nothing = RowStatement {
            origin: amended.origin.clone(),
            provenance: amended.provenance.clone(),
            ..RowStatement::default()
        };
        if amended == says_nothing {
            self.dropped.push(format!("what is said of {about}"));
            return None;
        }
        let key = Placed::new(theirs.key.value.clone(), it.key.origin.clone());
        Some(AmendedRow { key, row: amended })
    }

    fn inserted_rows(&mut self, it: &InsertedRows, rows: &Rows<'_>) -> Option<InsertedRows> {
        let mut kept = Vec::new();
        for statement in &it.rows {
            let key = statement.id.as_ref().or(statement.variant.as_ref())?;
            let mine = row(rows.own, key);
            let other = row(rows.theirs, key).filter(|other| row(rows.was, &other.key).is_none());
            match (mine, other) {
                (Some(mine), Some(other)) if mine.reads_as(other) => {
                    self.dropped.push(format!("the new row {} of {}", key.value, rows.about));
                }
                (_, Some(other)) => {
                    let about = format!("row {} of {}", key.value, rows.about);
                    let text = statement.name.clone().unwrap_or_default();
                    let (ours, theirs) =
                        (Claim::new(text.text, &key.origin), Claim::new(other.name.text.clone(), &other.key.origin));
                    self.conflict(ConflictKind::SameKey, about, None, ours, theirs);
                }
                _ => kept.push(statement.clone()),
            }
        }
        if kept.is_empty() {
            return None;
        }
        Some(InsertedRows { neighbour: beside(it.neighbour.as_ref(), rows), rows: kept })
    }

    fn moved(&mut self, it: &MovedRow, rows: &Rows<'_>) -> Option<MovedRow> {
        let about = format!("row {} of {}", it.key.value, rows.about);
        let was = row(rows.was, &it.key)?;
        let (ours, gone) = (Claim::new("moved", &it.key.origin), Claim::new("deleted", &rows.theirs.origin));
        if row(rows.theirs, &was.key).is_none() {
            self.conflict(ConflictKind::Deleted, about, None, ours, gone);
            return None;
        }
        let anchor = row(rows.was, &it.neighbour.key).map_or(it.neighbour.key.as_str(), |row| row.key.as_str());
        if row(rows.was, anchor).is_some() && row(rows.theirs, anchor).is_none() {
            self.conflict(ConflictKind::Place, about, None, ours, gone);
            return None;
        }
        Some(it.clone())
    }
}

fn cv_columns(columns: &[Column]) -> impl Iterator<Item = &Column> {
    columns.iter().filter(|column| column.kind == ColumnKind::Cv)
}

/// Where a row was changed.
fn changed_at<'r>(was: &Row, now: &'r Row) -> &'r Origin {
    let cell = was.cv.iter().zip(&now.cv).find(|(a, b)| a != b).map(|(_, now)| &now.origin);
    let name = (was.name != now.name).then_some(&now.name.origin);
    cell.or(name).unwrap_or(&now.key.origin)
}

/// Beside which row new ones stand in the other version: where they belong by the base, behind those that others put
/// there. None for the end of a table that has no rows.
fn beside(neighbour: Option<&Neighbour>, rows: &Rows<'_>) -> Option<Neighbour> {
    let Rows { was, theirs, slots, .. } = *rows;
    let is_known = neighbour.is_none_or(|neighbour| position(was, &neighbour.key).is_some());
    if !is_known {
        // Beside a row that is itself new.
        return neighbour.cloned();
    }
    let slot = slots.row_slot(neighbour, was);
    let standing = was.rows.get(..slot).unwrap_or_default().iter().rev().find_map(|row| position(theirs, &row.key));
    let from = standing.map_or(0, |at| at + 1);
    let is_before = |at: &usize| {
        let is_new = theirs.rows.get(*at).is_some_and(|row| self::row(was, &row.key).is_none());
        is_new && slots.row(*at, was, theirs) <= slot
    };
    let to = from + (from..theirs.rows.len()).take_while(is_before).count();
    let origin = neighbour.map(|neighbour| neighbour.key.origin.clone()).unwrap_or_default();
    let (beside, row) = match to.checked_sub(1).and_then(|last| theirs.rows.get(last)) {
        Some(last) => (Beside::After, last),
        None => (Beside::Before, theirs.rows.first()?),
    };
    Some(Neighbour { beside, key: Placed::new(row.key.value.clone(), origin) })
}
