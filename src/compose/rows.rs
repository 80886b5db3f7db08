//! The rows of a table, and what a modification does to them.
//!
//! A modification names rows by their keys in its base. So rows are amended first, then inserted and moved beside
//! others, and only then removed: a row that goes can still say where another comes.

use super::basis::{TableBasis, other};
use crate::diagnostic::Code;
use crate::model::{
    AmendedRow, Beside, Column, ColumnKind, Findings, InsertedRows, Matrix, MovedRow, Neighbour, Omitted, OmittedCount,
    Operations, Origin, Placed, RemovedRow, Row, RowStatement,
};
use crate::suggest::{did_you_mean, is_same};
use std::sync::Arc;

/// A row that its file states whole; `None` if something is missing, which has been told.
pub(super) fn row(
    file: RowStatement,
    role: &Placed<String>,
    basis: &TableBasis<'_>,
    findings: &mut Findings,
) -> Option<Row> {
    let default = basis.default_cells(&file.origin);
    let cv = file.cells.map_or_else(|| default.clone(), |cells| cells.resolve(basis.columns, &default, findings));
    let variant = file.variant?;
    Some(Row {
        key: file.id.unwrap_or_else(|| variant.clone()),
        reference: file.reference?,
        variant,
        name: file.name?,
        critical: file.critical?,
        cv,
        role: file.role.unwrap_or_else(|| Placed::new(role.value.clone(), file.origin.0.clone())),
        provenance: file.provenance,
        origin: file.origin.0,
    })
}

/// Does to the rows what a modification says.
pub(super) fn operate(matrix: &mut Matrix, operations: Operations, basis: &TableBasis<'_>, findings: &mut Findings) {
    let role = matrix.role.clone();
    let number = matrix.number.value.clone();
    let rows = std::mem::take(&mut matrix.rows).into_iter();
    let omitted = match &matrix.omitted {
        Omitted::Nothing => None,
        Omitted::Counted { rows, .. } => Some(format!("{} rows of the table", rows.value)),
        Omitted::Unknown { .. } => Some("some rows of the table".to_owned()),
    };
    let mut draft = Draft {
        number,
        omitted,
        entries: rows.map(|row| Entry { row, from_base: true, follows: None, amended: None, removed: None }).collect(),
    };
    for AmendedRow { key, row: file } in operations.amend {
        if let Some(at) = draft.find(&key, Among::Base, findings) {
            let entry = &mut draft.entries[at];
            amend(Arc::make_mut(&mut entry.row), file, basis, findings);
            if let Some(first) = entry.amended.replace(key.origin.clone()) {
                let message = format!("the row “{}” is amended twice", key.value);
                let help = other(&first, "put all that changes in it under one of the two");
                findings.error(Code::Contradiction, &key.origin, message, help);
            }
        }
    }
    let mut waiting: Vec<(Option<Neighbour>, Vec<Row>)> = Vec::new();
    for InsertedRows { neighbour, rows } in operations.insert {
        waiting.push((neighbour, rows.into_iter().filter_map(|file| row(file, &role, basis, findings)).collect()));
    }
    draft.insert_all(waiting, findings);
    for MovedRow { key, neighbour, conflict: _ } in operations.moves {
        draft.shift(&key, &neighbour, findings);
    }
    for RemovedRow { key, conflict: _ } in operations.remove {
        draft.remove(&key, findings);
    }
    matrix.rows = draft.entries.into_iter().filter(|entry| entry.removed.is_none()).map(|entry| entry.row).collect();
}

fn amend(row: &mut Row, file: RowStatement, basis: &TableBasis<'_>, findings: &mut Findings) {
    let RowStatement { id, reference, variant, name, critical, cells, role, provenance, open: _, origin: _ } = file;
    if let Some(cells) = cells {
        row.cv = cells.resolve(basis.columns, &row.cv, findings);
    }
    fn set<T>(old: &mut T, new: Option<T>) {
        if let Some(new) = new {
            *old = new;
        }
    }
    // The key stays with the row, or a redline couldn't tell that it is the same.
    set(&mut row.key, id);
    set(&mut row.reference, reference);
    set(&mut row.variant, variant);
    set(&mut row.name, name);
    set(&mut row.critical, critical);
    set(&mut row.role, role);
    row.provenance = provenance.or_else(|| row.provenance.take());
}

/// The rows while a modification is laid over them.
struct Draft {
    number: String,
    /// Which rows of the base its content leaves out, in words.
    omitted: Option<String>,
    entries: Vec<Entry>,
}

struct Entry {
    row: Arc<Row>,
    from_base: bool,
    /// The key of the row that it was inserted after.
    follows: Option<String>,
    /// Where the modification amends it, and where it removes it.
    amended: Option<Origin>,
    removed: Option<Origin>,
}

/// Which rows a key can mean.
#[derive(Clone, Copy, PartialEq)]
enum Among {
    Base,
    All,
}

impl Draft {
    /// The rows that a key can mean.
    fn matching(&self, key: &Placed<String>, among: Among) -> Vec<usize> {
        let by_key =
            |from_base: bool| move |entry: &Entry| entry.from_base == from_base && is_same(&entry.row.key, key);
        let by_variant =
            |from_base: bool| move |entry: &Entry| entry.from_base == from_base && is_same(&entry.row.variant, key);
        let all = |fits: &dyn Fn(&Entry) -> bool| -> Vec<usize> {
            let found = self.entries.iter().enumerate().filter(|(_, entry)| fits(entry));
            found.map(|(index, _)| index).collect()
        };
        let mut found = all(&by_key(true));
        if found.is_empty() {
            found = all(&by_variant(true));
        }
        if among == Among::All {
            for fits in [&by_key(false) as &dyn Fn(&Entry) -> bool, &by_variant(false)] {
                found = if found.is_empty() { all(fits) } else { found };
            }
        }
        found
    }

    /// The one row that a key means: by its key, or else by its variant; one of the base before an inserted one.
    fn find(&self, key: &Placed<String>, among: Among, findings: &mut Findings) -> Option<usize> {
        match self.matching(key, among).as_slice() {
            [one] => return Some(*one),
            [] => {
                let keys = self.entries.iter().map(|entry| entry.row.key.as_str());
                let mut help = did_you_mean(key, keys, "the keys of its rows are");
                if let Some(rows) = &self.omitted {
                    help.push_str(&format!(
                        "; {rows} are not in the content, so write it there first if it is one of them"
                    ));
                }
                let message = format!("Table {} has no row “{}”", self.number, key.value);
                findings.error(Code::UnknownRow, &key.origin, message, help);
            }
            several => {
                let message =
                    format!("Table {} has {} rows “{}”: which is meant?", self.number, several.len(), key.value);
                let keys: Vec<&str> = several.iter().map(|&at| self.entries[at].row.key.as_str()).collect();
                let help = if keys.iter().any(|other| **other != *key.value) {
                    format!("name it by its id: “{}”", keys.join("” or “"))
                } else {
                    "give each of them an “id” of its own in the base, and name it by that".to_owned()
                };
                findings.error(Code::AmbiguousRow, &key.origin, message, help);
            }
        }
        None
    }

    /// Inserts rows, in the order written; those beside a row that is itself inserted after it.
    fn insert_all(&mut self, mut waiting: Vec<(Option<Neighbour>, Vec<Row>)>, findings: &mut Findings) {
        while !waiting.is_empty() {
            let is_ready = |(anchor, _): &(Option<Neighbour>, Vec<Row>)| {
                anchor.as_ref().is_none_or(|anchor| !self.matching(&anchor.key, Among::All).is_empty())
            };
            // Where none is, each is told why.
            let next = waiting.iter().position(is_ready).unwrap_or(0);
            let (anchor, rows) = waiting.remove(next);
            self.insert(rows, anchor.as_ref(), findings);
        }
    }

    fn insert(&mut self, rows: Vec<Row>, anchor: Option<&Neighbour>, findings: &mut Findings) {
        let (at, follows) = match anchor {
            None => (self.entries.len(), None),
            Some(anchor) => {
                let Some(beside) = self.find(&anchor.key, Among::All, findings) else { return };
                match anchor.beside {
                    Beside::Before => (beside, None),
                    Beside::After => {
                        (self.behind(beside), self.entries.get(beside).map(|entry| entry.row.key.value.clone()))
                    }
                }
            }
        };
        let new = rows.into_iter().map(|row| Entry {
            row: Arc::new(row),
            from_base: false,
            follows: follows.clone(),
            amended: None,
            removed: None,
        });
        self.entries.splice(at..at, new);
    }

    /// The place behind a row and all that was inserted after it before, so that rows stand in the order written.
    fn behind(&self, at: usize) -> usize {
        let mut group: Vec<&str> = self.entries.get(at).map(|entry| entry.row.key.as_str()).into_iter().collect();
        let mut next = at + 1;
        while let Some(entry) = self.entries.get(next)
            && entry.follows.as_deref().is_some_and(|key| group.contains(&key))
        {
            group.push(&entry.row.key);
            next += 1;
        }
        next
    }

    fn shift(&mut self, key: &Placed<String>, anchor: &Neighbour, findings: &mut Findings) {
        let from = self.find(key, Among::Base, findings);
        let to = self.find(&anchor.key, Among::All, findings);
        let (Some(from), Some(to)) = (from, to) else { return };
        if from == to {
            let help = "name another row to stand beside";
            return findings.error(Code::Contradiction, &anchor.key.origin, "the row can't move beside itself", help);
        }
        let entry = self.entries.remove(from);
        let to = if from < to { to - 1 } else { to };
        self.entries.insert(beside(to, anchor.beside), entry);
    }

    fn remove(&mut self, key: &Placed<String>, findings: &mut Findings) {
        let Some(at) = self.find(key, Among::Base, findings) else { return };
        if let Some(first) = self.entries[at].removed.replace(key.origin.clone()) {
            let message = format!("the row “{}” is removed twice", key.value);
            findings.error(Code::Contradiction, &key.origin, message, other(&first, "delete one of the two lines"));
        } else if let Some(amended) = &self.entries[at].amended {
            let message = format!("the row “{}” is both removed and amended", key.value);
            findings.error(Code::Contradiction, &key.origin, message, other(amended, "keep one of the two"));
        }
    }
}

fn beside(at: usize, side: Beside) -> usize {
    match side {
        Beside::Before => at,
        Beside::After => at + 1,
    }
}

/// Fits a table of the base to the columns of a version that restates them: cells go with their column's key, and
/// a new column holds the default in every row, shown or omitted.
pub(super) fn recolumn(matrix: &mut Matrix, basis: &TableBasis<'_>) {
    let old: Vec<Arc<str>> = cv_keys(&matrix.columns);
    let sources: Vec<Option<usize>> =
        cv_keys(basis.columns).iter().map(|key| old.iter().position(|known| known == key)).collect();
    for row in matrix.rows.iter_mut().map(Arc::make_mut) {
        let default = Placed::new(Arc::clone(&basis.appendix.default_applicability), row.origin.clone());
        row.cv = pick(&row.cv, &sources, &default);
    }
    let default = Arc::clone(&basis.appendix.default_applicability);
    if let Omitted::Counted { rows, counts, .. } = &mut matrix.omitted {
        if !counts.iter().any(|count| count.applicability == default) {
            let cv = vec![Placed::new(0, rows.origin.clone()); old.len()];
            counts.push(OmittedCount { applicability: Arc::clone(&default), cv });
        }
        for count in counts {
            let held = if count.applicability == default { rows.value } else { 0 };
            count.cv = pick(&count.cv, &sources, &Placed::new(held, rows.origin.clone()));
        }
    }
    // Figures that were printed under other columns can't be held against these.
    matrix.published = None;
    matrix.columns = Arc::clone(basis.columns);
}

fn cv_keys(columns: &[Column]) -> Vec<Arc<str>> {
    columns.iter().filter(|column| column.kind == ColumnKind::Cv).map(|column| Arc::clone(&column.key)).collect()
}

fn pick<T: Clone>(old: &[T], sources: &[Option<usize>], default: &T) -> Vec<T> {
    sources.iter().map(|source| source.and_then(|at| old.get(at)).unwrap_or(default).clone()).collect()
}
