//! What somebody says of a workbook that it doesn't say itself: what its columns are, and which tables its sheets.

use crate::adopt::grid::folded;
use crate::model::{Appendix, Column, ColumnKind, Standing};

/// What columns and sheets are called in a workbook, and what they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Naming {
    columns: Vec<(String, Meant)>,
    tables: Vec<(String, String)>,
}

/// What a column is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// One of the table's.
    Of(ColumnKind),
    /// A command variant's, by its key.
    Cv(String),
    /// What tells rows of one variant apart.
    Id,
    /// None of the table's.
    Nothing,
}

/// The words by which a column is said to be one.
const WORDS: &str = "reference, variant, name, critical, role, id, “cv 1” and so on, or none for one to be left out";

impl Naming {
    /// From “SR ref=reference” and “ED=8.1.8”: what stands in the workbook, and what it is.
    ///
    /// # Errors
    /// What of it can't be understood, all at once.
    pub fn parse(columns: &[String], tables: &[String]) -> Result<Self, String> {
        let mut wrong = Vec::new();
        let mut naming = Self::default();
        for said in columns {
            match said.rsplit_once('=').map(|(label, meant)| (label.trim(), meant.trim())) {
                Some((label, meant)) if !label.is_empty() => match Meant::parse(meant) {
                    Some(meant) => naming.columns.push((folded(label), meant)),
                    None => wrong.push(format!("“{meant}” is no column: say {WORDS}")),
                },
                _ => wrong.push(format!("“{said}” in --columns should be as “SR ref=reference”")),
            }
        }
        for said in tables {
            match said.rsplit_once('=').map(|(sheet, number)| (sheet.trim(), number.trim())) {
                Some((sheet, number)) if !sheet.is_empty() && !number.is_empty() => {
                    naming.tables.push((folded(sheet), number.to_owned()));
                }
                _ => wrong.push(format!("“{said}” in --tables should be as “ED=8.1.8”")),
            }
        }
        if wrong.is_empty() { Ok(naming) } else { Err(wrong.join("; ")) }
    }

    /// What the words over a column are said to mean.
    pub(super) fn column(&self, label: &str) -> Option<&Meant> {
        let label = folded(label);
        self.columns.iter().find(|(known, _)| *known == label).map(|(_, meant)| meant)
    }

    /// The number of the table that a sheet, or the rows of a User Role, are said to be.
    pub(super) fn table(&self, name: &str) -> Option<&str> {
        let name = folded(name);
        self.tables.iter().find(|(known, _)| *known == name).map(|(_, number)| number.as_str())
    }

    /// The columns that are named and that no sheet has, as they were named.
    pub(super) fn unmet<'a>(&'a self, met: &'a [String]) -> impl Iterator<Item = &'a str> {
        self.columns.iter().map(|(label, _)| label.as_str()).filter(|label| !met.iter().any(|it| it == label))
    }
}

impl Meant {
    fn parse(text: &str) -> Option<Self> {
        let text = folded(text);
        if let Some(kind) = ColumnKind::of_field(&text) {
            return Some(Self::Of(kind));
        }
        Some(match text.as_str() {
            "id" => Self::Id,
            "none" => Self::Nothing,
            _ => Self::Cv(text.strip_prefix("cv").map(str::trim).filter(|key| !key.is_empty())?.to_owned()),
        })
    }

    /// The column that it is, if it is one of the table's.
    pub(super) fn of_table(&self, label: &str, appendix: &Appendix) -> Option<Column> {
        let is_meant = |known: &&Column| match self {
            Self::Of(kind) => known.kind == *kind,
            Self::Cv(key) => known.kind == ColumnKind::Cv && *known.key == **key,
            Self::Id | Self::Nothing => false,
        };
        let (key, kind) = match self {
            Self::Of(kind) => (kind.field()?, *kind),
            Self::Id | Self::Nothing => return None,
            Self::Cv(key) => (key.as_str(), ColumnKind::Cv),
        };
        let known = appendix.columns.iter().find(is_meant).cloned();
        Some(known.unwrap_or_else(|| Column {
            key: key.into(),
            label: label.to_owned(),
            kind,
            origin: Standing::default(),
        }))
    }
}

pub(super) fn words() -> &'static str {
    WORDS
}

#[cfg(test)]
mod tests {
    use super::{Meant, Naming};
    use crate::model::ColumnKind;

    fn parse(columns: &[&str], tables: &[&str]) -> Result<Naming, String> {
        let owned = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        Naming::parse(&owned(columns), &owned(tables))
    }

    #[test]
    fn columns_and_tables_are_named_as_they_stand_in_the_workbook() {
        let naming = parse(&["SR  ref=reference", "a=b=CV 3", "Type = none"], &["ED=8.1.8"]).unwrap();
        assert_eq!(naming.column("sr ref"), Some(&Meant::Of(ColumnKind::Reference)));
        assert_eq!(naming.column("A=B"), Some(&Meant::Cv("3".to_owned())));
        assert_eq!(naming.column("type"), Some(&Meant::Nothing));
        assert_eq!(naming.table("ed"), Some("8.1.8"));
    }

    #[test]
    fn all_that_is_not_understood_is_told_at_once() {
        let wrong = parse(&["SR ref", "x=colour"], &["=8"]).unwrap_err();
        assert_eq!(wrong.matches(';').count(), 2, "{wrong}");
    }
}
