//! The sheets of a workbook one after the other, as tables of a document that the recogniser of matrices reads.

use super::held;
use super::naming::Naming;
use super::rows::{self, Kept, Text};
use super::table::{self, Found};
use crate::adopt::front::Wanted;
use crate::adopt::grid::folded;
use crate::adopt::matrix::{self, Caption};
use crate::adopt::told::Told;
use crate::adopt::vocabulary::{Proposed, Vocabulary};
use crate::document::{Block, Cell, Column, Document, Kind, Paragraph, RowKind, Run, Table, TableRow, TextRole};
use crate::model::{Appendix, ColumnKind, Head, Release, TableStatement, Version, natural};
use crate::reader::Carried;
use crate::reader::marked::{Place, Remark};
use crate::reader::xlsx::{Address, Book, Sheet};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The tables of a workbook, as a document has them.
pub(super) struct Sheets {
    pub carried: Carried,
    found: Vec<matrix::Found>,
}

/// Where in a workbook something stands.
fn place(sheet: &Sheet, at: Option<Address>) -> Place {
    let sheet = match at {
        Some(at) => format!("sheet “{}”, {at}", sheet.name),
        None => format!("sheet “{}”", sheet.name),
    };
    Place { sheet, ..Place::default() }
}

fn row_of(sheet: &Sheet, row: u32) -> Place {
    Place { sheet: format!("sheet “{}”, row {}", sheet.name, row + 1), ..Place::default() }
}

impl Sheets {
    /// `base` is the version whose tables the rows are of, if they are of one.
    ///
    /// # Errors
    /// All that keeps them from being read.
    pub fn of(book: &Book, appendix: &Appendix, naming: &Naming, base: Option<&Version>) -> Result<Self, Vec<Remark>> {
        let mut gathering = Gathering { base, ..Gathering::new(appendix, naming) };
        let mut met = Vec::new();
        for sheet in &book.sheets {
            gathering.sheet(sheet, &mut met);
        }
        for label in naming.unmet(&met) {
            let what = format!("no sheet has a column “{label}”, which --columns names");
            gathering.wrong.push(Remark::loss(what));
        }
        gathering.sheets()
    }

    /// A version of these tables alone.
    pub fn release(&self, appendix: &Appendix, wanted: &Wanted, told: &mut Told<'_>) -> (Release, Vec<Proposed>) {
        let mut vocabulary = Vocabulary::new(appendix);
        let statement = |found: &matrix::Found| found.statement(&self.carried, appendix, &mut vocabulary, told);
        let mut tables: Vec<TableStatement> = self.found.iter().map(statement).collect();
        tables.sort_by(|a, b| natural(&a.number, &b.number));
        let columns = self.found.first().map(|found| Arc::clone(&found.shape.columns));
        let head = Head {
            id: wanted.id.clone().into(),
            name: wanted.name.clone().unwrap_or_else(|| format!("{} Version {}", appendix.code, wanted.id)),
            classification: appendix.classifications.first().cloned(),
            columns: columns.filter(|own| *own != appendix.columns),
            ..Head::default()
        };
        (Release { head, sections: Vec::new(), tables }, vocabulary.proposed())
    }
}

/// What is gathered while the sheets are gone through.
struct Gathering<'a> {
    appendix: &'a Appendix,
    naming: &'a Naming,
    base: Option<&'a Version>,
    blocks: Vec<Block>,
    places: Vec<Place>,
    remarks: Vec<Remark>,
    wrong: Vec<Remark>,
    found: Vec<matrix::Found>,
    /// The numbers that are taken, and by which sheet.
    numbers: BTreeMap<String, String>,
}

impl<'a> Gathering<'a> {
    fn new(appendix: &'a Appendix, naming: &'a Naming) -> Self {
        Self {
            appendix,
            naming,
            base: None,
            blocks: Vec::new(),
            places: Vec::new(),
            remarks: Vec::new(),
            wrong: Vec::new(),
            found: Vec::new(),
            numbers: BTreeMap::new(),
        }
    }

    fn sheets(self) -> Result<Sheets, Vec<Remark>> {
        let Self { blocks, places, remarks, mut wrong, found, .. } = self;
        if wrong.is_empty() && found.is_empty() {
            let what = "no sheet has a table of Service Requests: a row with the names of its columns, such as \
                        “Service Reference Variant”, “Name” and “CV 1”, and its rows below. If the columns are called \
                        otherwise, say what they are with --columns";
            wrong.push(Remark::loss(what.to_owned()));
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let sources = (0..blocks.len()).collect();
        let document = Document { blocks, ..Document::default() };
        Ok(Sheets { carried: Carried { document, places, sources, remarks, ..Carried::default() }, found })
    }

    fn sheet(&mut self, sheet: &Sheet, met: &mut Vec<String>) {
        if sheet.rows.is_empty() {
            return;
        }
        if sheet.is_hidden {
            self.remark(
                place(sheet, None),
                true,
                "it is hidden, and left out: show it in Excel if it is to be read".to_owned(),
            );
            return;
        }
        let mut told = Vec::new();
        match table::find(sheet, self.appendix, self.naming, met, &mut told) {
            Ok(None) => {
                let what = "it has no table of Service Requests, and is left out".to_owned();
                self.remark(place(sheet, None), true, what);
            }
            Ok(Some(found)) => self.take(&found),
            Err(unclear) => {
                let wrong =
                    unclear.into_iter().map(|(at, what)| Remark { place: place(sheet, Some(at)), lost: true, what });
                self.wrong.extend(wrong);
            }
        }
        for (at, lost, what) in told {
            self.remark(place(sheet, Some(at)), lost, what);
        }
    }

    fn remark(&mut self, place: Place, lost: bool, what: String) {
        self.remarks.push(Remark { place, lost, what });
    }

    fn block(&mut self, block: Block, place: Place) -> usize {
        self.blocks.push(block);
        self.places.push(place);
        self.blocks.len() - 1
    }

    /// Takes the tables in that a sheet has.
    fn take(&mut self, found: &Found<'_>) {
        let sheet = found.sheet;
        self.has_the_columns(found);
        let (rows, wrong, told) = rows::read(found, self.appendix);
        let placed = |(at, what): (Address, String), lost| Remark { place: place(sheet, Some(at)), lost, what };
        self.wrong.extend(wrong.into_iter().map(|it| placed(it, true)));
        self.remarks.extend(told.into_iter().map(|it| placed(it, false)));
        let table_word = &self.appendix.references.table;
        let caption = found.above.iter().find_map(|text| Caption::of(text, table_word, 0));
        let named = || {
            Caption::of(&sheet.name, table_word, 0)
                .or_else(|| Caption::of(&format!("{table_word} {}", sheet.name), table_word, 0))
        };
        let said = self.naming.table(&sheet.name).map(|number| (number.to_owned(), String::new()));
        let caption = said.or_else(|| caption.or_else(named).map(|caption| (caption.number, caption.title)));
        let roles = rows::roles(&rows, found);
        match caption {
            Some((number, title)) => {
                let title = if title.is_empty() && roles.is_empty() { self.role_of(sheet, &number) } else { title };
                self.table(found, &rows, &number, &title);
            }
            None if roles.len() < 2 => {
                let role = roles.first().cloned().or_else(|| self.role_called(&sheet.name));
                match role.as_deref().and_then(|role| self.number_of(role)) {
                    Some(number) => self.table(found, &rows, &number, if roles.is_empty() { &sheet.name } else { "" }),
                    None => {
                        let what = format!(
                            "nothing says which table this is: call the sheet “{table_word} 8.1.8”, or say the number with \
                             --tables \"{}=8.1.8\"",
                            sheet.name
                        );
                        self.wrong.push(Remark { place: place(sheet, None), lost: true, what });
                    }
                }
            }
            None => self.by_role(found, &rows, &roles),
        }
    }

    /// A sheet with the rows of several User Roles is a table for each.
    fn by_role(&mut self, found: &Found<'_>, rows: &[Text<'_>], roles: &[String]) {
        let sheet = found.sheet;
        if let Some(first) = rows.iter().find(|row| row.kind == Kept::Count) {
            let what = "count rows over several User Roles are no table's, and are left out".to_owned();
            self.remark(row_of(sheet, first.row.at), true, what);
        }
        let Some(column) = found.shape.at(ColumnKind::Role) else { return };
        for role in roles {
            let own: Vec<Text<'_>> =
                rows.iter().filter(|row| row.kind == Kept::Data && row.texts[column] == *role).cloned().collect();
            match self.number_of(role) {
                Some(number) => self.table(found, &own, &number, ""),
                None => {
                    let what = format!(
                        "nothing says which table the rows of “{role}” are: say the number with --tables \"{role}=8.1.8\""
                    );
                    self.wrong.push(Remark { place: place(sheet, None), lost: true, what });
                }
            }
        }
        for row in rows.iter().filter(|row| row.kind == Kept::Data && row.texts[column].is_empty()) {
            let what = "nothing says whose User Role the row is".to_owned();
            self.wrong.push(Remark { place: row_of(sheet, row.row.at), lost: true, what });
        }
    }

    /// The User Role of a table whose rows don't say it, as a caption does: that of the sheet's name, else that of the base.
    fn role_of(&self, sheet: &Sheet, number: &str) -> String {
        let of_base = || Some(self.base?.matrix_numbered(number)?.role.value.clone());
        let role = self.role_called(&sheet.name).or_else(of_base);
        let role = role.and_then(|code| self.appendix.role(&code));
        role.map(|role| format!("{} ({})", role.name, role.code)).unwrap_or_default()
    }

    /// The code of the role that is called so.
    fn role_called(&self, name: &str) -> Option<String> {
        let name = folded(name);
        let is_called = |role: &&crate::model::Role| {
            [&role.code, &role.name, &format!("{} ({})", role.name, role.code)].into_iter().any(|it| folded(it) == name)
        };
        self.appendix.roles.iter().find(is_called).map(|role| role.code.clone())
    }

    /// The number of the table of a role: as it is said, or as the base has it.
    fn number_of(&self, role: &str) -> Option<String> {
        let said = self.naming.table(role).map(str::to_owned);
        let of_base = || {
            let mut matrices = self.base?.matrices().filter(|matrix| folded(&matrix.role) == folded(role));
            let first = matrices.next()?;
            // Of two, nobody knows which is meant.
            matrices.next().is_none().then(|| first.number.value.clone())
        };
        said.or_else(of_base)
    }

    /// A table, as blocks: its caption, its header, and each row by itself, so that each has a place of its own.
    fn table(&mut self, found: &Found<'_>, rows: &[Text<'_>], number: &str, title: &str) {
        let sheet = found.sheet;
        if let Some(other) = self.numbers.insert(number.to_owned(), sheet.name.clone()) {
            let what = format!("Table {number} is on the sheet “{other}” already");
            self.wrong.push(Remark { place: place(sheet, None), lost: true, what });
            return;
        }
        let table_word = &self.appendix.references.table;
        let text = if title.is_empty() {
            format!("{table_word} {number}")
        } else {
            format!("{table_word} {number} – {title}")
        };
        let caption = Caption { number: number.to_owned(), title: title.to_owned(), at: self.blocks.len() };
        let paragraph = |text: &str, role| Block::Paragraph(Paragraph::new(Kind::Role(role), vec![Run::plain(text)]));
        self.block(paragraph(&text, TextRole::Caption), place(sheet, None));
        let columns = vec![Column::default(); found.columns.len()];
        let of = |rows: Vec<TableRow>| Table { columns: columns.clone(), rows, ..Table::default() };
        let cells = |texts: &[String]| -> Vec<Cell> {
            let cell = |text: &String| Cell { span: 1, runs: vec![Run::plain(text.as_str())], ..Cell::default() };
            texts.iter().map(cell).collect()
        };
        let header = (found.header.0..found.header.1).map(|row| TableRow {
            kind: RowKind::Header,
            cells: cells(&found.columns.iter().map(|column| held::text(sheet, row, *column)).collect::<Vec<_>>()),
            ..TableRow::default()
        });
        // Known by its number, so that its rows may bear ids.
        let header = Table { id: Some(number.to_owned()).into(), ..of(header.collect()) };
        let mut tables = vec![self.block(Block::Table(header), row_of(sheet, found.header.0))];
        let mut notes = Vec::new();
        let last = rows.iter().rposition(|row| row.kind != Kept::Words).unwrap_or(0);
        for (nth, row) in rows.iter().enumerate() {
            let place = row_of(sheet, row.row.at);
            if row.kind == Kept::Words {
                let text = row.texts.iter().find(|text| !text.is_empty()).cloned().unwrap_or_default();
                if nth > last {
                    notes.push(self.block(paragraph(&text, TextRole::Note), place));
                } else {
                    self.remark(place, true, format!("“{text}” stands across the table, and is left out"));
                }
                continue;
            }
            let key = row.row.id.map(|value| value.text().trim().to_owned()).unwrap_or_default();
            let row = TableRow { key: key.into(), cells: cells(&row.texts), ..TableRow::default() };
            tables.push(self.block(Block::Table(of(vec![row])), place));
        }
        self.found.push(matrix::Found { caption, tables, shape: found.shape.clone(), notes });
    }

    /// All tables have the same columns, be it in another order, and those of the base, if there is one.
    fn has_the_columns(&mut self, found: &Found<'_>) {
        let keys = |columns: &[crate::model::Column]| -> BTreeSet<Arc<str>> {
            let counts = |column: &&crate::model::Column| column.kind != ColumnKind::Role;
            columns.iter().filter(counts).map(|column| Arc::clone(&column.key)).collect()
        };
        let (wanted, whose) = match (self.base, self.found.first()) {
            (Some(base), _) => (&base.columns, format!("the tables of {}", base.id.value)),
            (None, Some(first)) => (&first.shape.columns, format!("Table {}", first.caption.number)),
            (None, None) => return,
        };
        let (here, there) = (keys(&found.shape.columns), keys(wanted));
        let label = |key: &Arc<str>, columns: &[crate::model::Column]| {
            let column = columns.iter().find(|column| column.key == *key);
            column.map_or_else(|| key.to_string(), |column| column.label.clone())
        };
        let mut wrong = Vec::new();
        for key in there.difference(&here) {
            let label = label(key, wanted);
            wrong.push(format!(
                "it has no column “{label}”, as {whose} have: if one of its columns is that, say which with --columns"
            ));
        }
        for key in here.difference(&there) {
            let label = label(key, &found.shape.columns);
            wrong.push(format!(
                "its column “{label}” is none of {whose}: say what it is with --columns, or leave it out with --columns \"{label}=none\""
            ));
        }
        let at = Address { row: found.header.0, column: found.columns.first().copied().unwrap_or_default() };
        let wrong = wrong.into_iter().map(|what| Remark { place: place(found.sheet, Some(at)), lost: true, what });
        self.wrong.extend(wrong);
    }
}
