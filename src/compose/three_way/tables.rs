//! What is said of tables, over another version.

use super::mover::{Between, Mover, Outcome, Said, moved, said, sides};
use super::rows::Rows;
use crate::compose::conflict::{Claim, ConflictKind, ConflictPart};
use crate::compose::state;
use crate::model::{
    Matrix, Number, Omitted, OmittedStatement, OpenTable, Placed, PublishedStatement, Row, Sides, Standing,
    TableStatement, Text,
};

impl Mover<'_> {
    /// What a table's file says.
    pub fn table(&mut self, it: &TableStatement) -> Option<TableStatement> {
        let Between { base, own, onto, slots } = self.between;
        let about = format!("Table {}", it.number.value);
        self.part = ConflictPart { is_table: true, id: it.number.value.clone() };
        if it.insert {
            let Some(theirs) = onto.matrix_numbered(&it.number) else { return Some(it.clone()) };
            if says_the_same(own.matrix_numbered(&it.number)?, theirs) {
                self.dropped.push(format!("the new {about}"));
                return None;
            }
            let mine = own.matrix_numbered(&it.number)?;
            let says = |matrix: &Matrix| match &matrix.title {
                Some(title) => format!("inserted: {}", title.text),
                None => format!("inserted, of {} rows", matrix.rows.len()),
            };
            let (ours, theirs) = (Claim::new(says(mine), &it.number.origin), Claim::new(says(theirs), &theirs.origin));
            let conflict = self.disputed(ConflictKind::SameKey, about, None, ours, theirs);
            // Both can be there: whoever keeps this one has it behind the other.
            let is_free = |number: &Number| {
                let number = number.to_string();
                onto.matrix_numbered(&number).is_none() && own.matrix_numbered(&number).is_none()
            };
            let number = Number::parse(&it.number).and_then(|own| (1..1000).map(|step| own.moved(step)).find(is_free));
            let number = number.map_or(it.number.value.clone(), |number| number.to_string());
            return Some(disputed(
                &TableStatement { number: Placed::new(number, it.number.origin.clone()), ..it.clone() },
                conflict,
            ));
        }
        let was = base.matrix_numbered(&it.number)?;
        self.part.id.clone_from(&was.id);
        let mine = own.matrix(&was.id);
        let Some(theirs) = onto.matrix(&was.id) else {
            let Some(mine) = mine else {
                self.dropped.push(format!("the deletion of {about}"));
                return None;
            };
            let ours = Claim::new("changed", &it.number.origin);
            let theirs = Claim::new("deleted", slots.deletion(true, &was.id).unwrap_or(&onto.id.origin));
            let conflict = self.disputed(ConflictKind::Deleted, about, None, ours, theirs);
            let provenance = it.provenance.clone();
            let whole =
                TableStatement { insert: true, provenance, origin: it.origin.clone(), ..state::table(mine, None) };
            return Some(disputed(&whole, conflict));
        };
        if let Some(at) = &it.delete {
            if !says_the_same(was, theirs) {
                let theirs = Claim::new("changed", &theirs.origin);
                let ours = Claim::new("deleted", at);
                return Some(disputed(it, self.disputed(ConflictKind::Deleted, about, None, ours, theirs)));
            }
            return Some(it.clone());
        }
        let keys = |matrix: &'_ Matrix| matrix.rows.iter().map(|row| row.key.value.clone()).collect::<Vec<_>>();
        let (old, new) = (keys(was), keys(theirs));
        let moved = moved(old.iter().map(String::as_str), new.iter().map(String::as_str), |key| {
            slots.row_move(was, key).is_some()
        });
        let rows = Rows { about: &about, was, theirs, own: mine?, slots, moved: &moved };
        let operations = self.operations(&it.operations, &rows);
        let (title, role) = (self.title(it, &rows), self.role(it, &rows));
        let (omitted, published) = (self.omitted(it, &rows), self.published(it, &rows));
        let open = OpenTable {
            title: title.open,
            role: role.open,
            omitted: omitted.open,
            published: published.open,
            conflict: None,
        };
        Some(TableStatement {
            operations,
            title: title.said,
            role: role.said,
            omitted: omitted.said,
            published: published.said,
            open: Some(open).filter(|open| *open != OpenTable::default()).map(Box::new),
            ..it.clone()
        })
    }

    fn title(&mut self, it: &TableStatement, rows: &Rows<'_>) -> Outcome<Text> {
        let Rows { about, was, theirs, .. } = *rows;
        match said(Some(&was.title), it.title.clone().map(Some).as_ref(), &theirs.title) {
            Said::This(title) => Outcome { said: title, open: None },
            Said::Nothing => Outcome::default(),
            Said::Collision => {
                let ours = it.title.clone().unwrap_or_default();
                let claims = (
                    Claim::new(&*ours.text, &ours.origin),
                    Claim::new(theirs.title.as_deref().unwrap_or("none"), &theirs.origin),
                );
                let was_said = was.title.as_ref().map(|was| Claim::new(&*was.text, &was.origin));
                self.conflict(ConflictKind::Table, format!("the title of {about}"), was_said, claims.0, claims.1);
                let origin = Standing(ours.origin.clone());
                Outcome::open(Sides { was: was.title.clone(), ours: Some(ours), theirs: theirs.title.clone(), origin })
            }
        }
    }

    fn role(&mut self, it: &TableStatement, rows: &Rows<'_>) -> Outcome<Placed<String>> {
        let Rows { about, was, theirs, .. } = *rows;
        match said(Some(&was.role), it.role.as_ref(), &theirs.role) {
            Said::This(role) => Outcome::this(role),
            Said::Nothing => Outcome::default(),
            Said::Collision => {
                let ours = it.role.clone().unwrap_or_default();
                let claims = (Claim::new(&*ours.value, &ours.origin), Claim::new(&*theirs.role.value, &theirs.origin));
                let was_said = Some(Claim::new(&*was.role.value, &was.role.origin));
                self.conflict(ConflictKind::Table, format!("the role of {about}"), was_said, claims.0, claims.1);
                let at = ours.origin.clone();
                Outcome::open(sides(Some(was.role.clone()), ours, theirs.role.clone(), &at))
            }
        }
    }

    /// What is left out of the table: a number that both changed is right for neither once the rows of both are in,
    /// even where both say the same.
    fn omitted(&mut self, it: &TableStatement, rows: &Rows<'_>) -> Outcome<OmittedStatement> {
        let Rows { about, was, theirs, own, .. } = *rows;
        let Some(ours) = it.omitted.as_ref().filter(|_| own.omitted != was.omitted) else { return Outcome::default() };
        if was.omitted == theirs.omitted {
            return Outcome::this(ours.clone());
        }
        if own.omitted == theirs.omitted && have_the_same_rows(own, theirs) {
            return Outcome::default();
        }
        let claims =
            (Claim::new(left_out(&own.omitted), &it.origin), Claim::new(left_out(&theirs.omitted), &theirs.origin));
        let was_said = Some(Claim::new(left_out(&was.omitted), &was.origin));
        self.conflict(ConflictKind::Figures, format!("what is omitted from {about}"), was_said, claims.0, claims.1);
        let origin = it.origin.clone();
        let (was, theirs) = (state::omitted(&was.omitted), state::omitted(&theirs.omitted));
        Outcome::open(Sides { was, ours: Some(ours.clone()), theirs, origin })
    }

    /// Figures that were printed of the rows as the modification makes them, which aren't those of both.
    fn published(&mut self, it: &TableStatement, rows: &Rows<'_>) -> Outcome<PublishedStatement> {
        let Rows { about, was, theirs, own, .. } = *rows;
        let Some(ours) = &it.published else { return Outcome::default() };
        if have_the_same_rows(was, theirs) && was.omitted == theirs.omitted || have_the_same_rows(own, theirs) {
            return Outcome::this(ours.clone());
        }
        let claims = (
            Claim::new("published of the rows as they are here", &it.origin),
            Claim::new("the rows changed", &theirs.origin),
        );
        self.conflict(ConflictKind::Figures, format!("the published figures of {about}"), None, claims.0, claims.1);
        let there = theirs.published.as_ref().map(state::published).unwrap_or_default();
        Outcome::open(Sides { was: None, ours: Some(ours.clone()), theirs: Some(there), origin: it.origin.clone() })
    }
}

fn disputed(it: &TableStatement, conflict: Sides<Text>) -> TableStatement {
    let open = OpenTable { conflict: Some(conflict), ..OpenTable::default() };
    TableStatement { open: Some(Box::new(open)), ..it.clone() }
}

fn says_the_same(a: &Matrix, b: &Matrix) -> bool {
    (&a.title, &a.role, &a.omitted) == (&b.title, &b.role, &b.omitted) && have_the_same_rows(a, b)
}

fn have_the_same_rows(a: &Matrix, b: &Matrix) -> bool {
    let same = |(a, b): (&Row, &Row)| a.key == b.key && a.reads_as(b);
    a.rows.len() == b.rows.len() && a.rows().zip(b.rows()).all(same)
}

/// What is left out, in words.
fn left_out(omitted: &Omitted) -> String {
    match omitted {
        Omitted::Nothing => "nothing".to_owned(),
        Omitted::Counted { rows, .. } => format!("{} rows", rows.value),
        Omitted::Unknown { .. } => "nobody knows what".to_owned(),
    }
}
