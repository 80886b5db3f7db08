//! What is left to settle in the files of a modification since it was moved onto another base.

use super::conflict::quoted;
use crate::align;
use crate::diagnostic::Code;
use crate::model::{
    Column, Findings, Neighbour, OmittedStatement, Placed, PublishedStatement, RowStatement, SectionStatement, Sides,
    Stated, TableStatement, Text,
};
use std::fmt::Write as _;
use std::sync::Arc;

/// Tells of each thing of which a version's files have all sides, at its place; whether there is any.
pub(super) fn tell(stated: &Stated, findings: &mut Findings) -> bool {
    let (ours, theirs) =
        (stated.head().id.value.as_str(), stated.base().map_or("the base", |base| base.value.as_str()));
    let mut telling = Telling { ours, theirs, findings, found: false };
    telling.sides("the columns of the tables", stated.head().open_columns.as_ref());
    stated.sections().iter().for_each(|it| telling.section(it));
    stated.tables().iter().for_each(|it| telling.table(it));
    telling.found
}

struct Telling<'t> {
    ours: &'t str,
    theirs: &'t str,
    findings: &'t mut Findings,
    found: bool,
}

/// What sides are of, in words that tell them apart.
trait Shown {
    fn shown(&self) -> String;
}

impl Telling<'_> {
    fn section(&mut self, it: &SectionStatement) {
        let Some(open) = &it.open else { return };
        let about = format!("Section {}", it.number.value);
        self.sides(&format!("the heading of {about}"), open.heading.as_ref());
        self.words(&format!("the body of {about}"), open.body.as_ref());
        self.sides(&format!("the number of {about}"), open.renumber.as_ref());
        self.sides(&format!("the place of {about}"), open.place.as_ref());
        self.happens(&about, open.conflict.as_ref());
    }

    fn table(&mut self, it: &TableStatement) {
        let about = format!("Table {}", it.number.value);
        if let Some(open) = &it.open {
            self.sides(&format!("the title of {about}"), open.title.as_ref());
            self.sides(&format!("the role of {about}"), open.role.as_ref());
            self.sides(&format!("what is omitted from {about}"), open.omitted.as_ref());
            self.sides(&format!("the figures of {about}"), open.published.as_ref());
            self.happens(&about, open.conflict.as_ref());
        }
        let row = |key: &str| format!("row {key} of {about}");
        for amended in &it.operations.amend {
            self.row(&row(&amended.key), &amended.row);
        }
        let whole = it.rows.iter().flat_map(|rows| &rows.value);
        for inserted in it.operations.insert.iter().flat_map(|inserted| &inserted.rows).chain(whole) {
            let key = inserted.key().map_or("", |key| key.value.as_str());
            self.row(&row(key), inserted);
        }
        for moved in &it.operations.moves {
            self.happens(&row(&moved.key), moved.conflict.as_ref());
        }
        for removed in &it.operations.remove {
            self.happens(&row(&removed.key), removed.conflict.as_ref());
        }
    }

    fn row(&mut self, about: &str, it: &RowStatement) {
        let Some(open) = &it.open else { return };
        self.sides(&format!("the Service Reference of {about}"), open.reference.as_ref());
        self.sides(&format!("the variant of {about}"), open.variant.as_ref());
        self.sides(&format!("the name of {about}"), open.name.as_ref());
        self.sides(&format!("“critical” of {about}"), open.critical.as_ref());
        for (key, sides) in &open.cells {
            self.sides(&format!("cell {} of {about}", key.value), Some(sides));
        }
        self.sides(&format!("the User Role of {about}"), open.role.as_ref());
        self.happens(about, open.conflict.as_ref());
    }

    /// Words of which those are told in which the sides differ.
    fn words(&mut self, about: &str, sides: Option<&Sides<Text>>) {
        let Some(sides) = sides else { return };
        let Sides { was: Some(was), ours: Some(ours), theirs: Some(theirs), .. } = sides else {
            return self.sides(about, Some(sides));
        };
        let Some(first) = align::merge(was, ours, theirs).err().and_then(|it| it.collisions.into_iter().next()) else {
            return self.sides(about, Some(sides));
        };
        let text = |text: String| Some(Text::from(&*text));
        let differing = Sides {
            was: text(first.base),
            ours: text(first.ours),
            theirs: text(first.theirs),
            origin: sides.origin.clone(),
        };
        self.sides(about, Some(&differing));
    }

    fn sides<V: Shown>(&mut self, about: &str, sides: Option<&Sides<V>>) {
        let help = "keep one of “was”, “ours” and “theirs”, and delete the others; or write what it shall be for all of \
                    them";
        self.told(about, sides, help);
    }

    fn happens(&mut self, about: &str, sides: Option<&Sides<Text>>) {
        let help = match sides {
            Some(Sides { ours: None, theirs: None, .. }) => {
                "what it was can't be had by itself: write what it shall be, and delete “conflict”"
            }
            _ => "keep “ours” under “conflict”, and what stands here happens; keep “theirs”, and it doesn't",
        };
        self.told(about, sides, help);
    }

    fn told<V: Shown>(&mut self, about: &str, sides: Option<&Sides<V>>, help: &str) {
        let Some(sides) = sides else { return };
        self.found = true;
        let mut message = format!("{about} isn't settled");
        for (who, side) in [(self.theirs, &sides.theirs), (self.ours, &sides.ours), ("it", &sides.was)] {
            if let Some(side) = side {
                let says = if who == "it" { "was" } else { "says" };
                let begins = if message.ends_with("settled") { ": " } else { ", " };
                let _ = write!(message, "{begins}{who} {says} {}", quoted(&side.shown()));
            }
        }
        self.findings.error(Code::Conflict, &sides.origin, message, help);
    }
}

impl Shown for Text {
    fn shown(&self) -> String {
        self.text.clone()
    }
}

impl Shown for Placed<String> {
    fn shown(&self) -> String {
        self.value.clone()
    }
}

impl Shown for Placed<Arc<str>> {
    fn shown(&self) -> String {
        self.value.to_string()
    }
}

impl Shown for Placed<bool> {
    fn shown(&self) -> String {
        self.value.to_string()
    }
}

impl Shown for Neighbour {
    fn shown(&self) -> String {
        format!("beside {}{}", if self.is_table { "Table " } else { "" }, self.key.value)
    }
}

impl Shown for Arc<[Column]> {
    fn shown(&self) -> String {
        self.iter().map(|column| column.label.as_str()).collect::<Vec<_>>().join(", ")
    }
}

impl Shown for OmittedStatement {
    fn shown(&self) -> String {
        match self {
            Self::Counted { rows, .. } => format!("{} rows", rows.value),
            Self::Unknown { reason, .. } => reason.text.clone(),
        }
    }
}

impl Shown for PublishedStatement {
    fn shown(&self) -> String {
        self.total_tests.as_ref().map_or_else(|| "none".to_owned(), |total| format!("{} in all", total.value))
    }
}
