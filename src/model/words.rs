//! The words of the legal text among all that a version states.

use super::modification::{RowStatement, Stated};
use super::origin::Text;

impl Stated {
    /// Every text of it that documents print: its title, the headings and bodies of its sections, the titles of its
    /// tables and the names of their rows.
    pub fn texts_mut(&mut self) -> Vec<&mut Text> {
        let (head, sections, tables) = match self {
            Self::Release(it) => (&mut it.head, &mut it.sections, &mut it.tables),
            Self::Modification(it) => (&mut it.head, &mut it.sections, &mut it.tables),
        };
        let mut texts: Vec<&mut Text> = head.title.iter_mut().collect();
        texts.extend(sections.iter_mut().flat_map(|section| section.heading.iter_mut().chain(&mut section.body)));
        for table in tables {
            texts.extend(&mut table.title);
            let operations = &mut table.operations;
            let whole = table.rows.iter_mut().flat_map(|rows| &mut rows.value);
            let inserted = operations.insert.iter_mut().flat_map(|inserted| &mut inserted.rows);
            let amended = operations.amend.iter_mut().map(|amended| &mut amended.row);
            let rows: Vec<&mut RowStatement> = whole.chain(inserted).chain(amended).collect();
            texts.extend(rows.into_iter().flat_map(|row| &mut row.name));
        }
        texts
    }
}
