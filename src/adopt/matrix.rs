//! A matrix as content states it: its rows by key, its cells without the default, its count rows as published figures.

use super::figures::Figures;
use super::grid::{folded, grid};
use super::numbered::parted;
use super::shape::Shape;
use super::told::{Told, count, words_of_block};
use super::vocabulary::Vocabulary;
use crate::document::{Block, RowKind, Table, TableRow};
use crate::model::{Appendix, Cells, ColumnKind, OmittedStatement, Placed, RowStatement, Standing, TableStatement};
use crate::reader::Carried;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What stands over a table.
#[derive(Clone, Debug)]
pub(super) struct Caption {
    pub number: String,
    /// Without the number.
    pub title: String,
    /// Its block.
    pub at: usize,
}

impl Caption {
    /// “Table 8.1.8 – Electricity Distributor (ED)”; `table` is what the text calls a table.
    pub fn of(text: &str, table: &str, at: usize) -> Option<Self> {
        let text = text.trim();
        let rest =
            text.get(..table.len()).filter(|start| start.eq_ignore_ascii_case(table)).map(|_| &text[table.len()..]);
        let rest = rest?.trim_start();
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(rest.len());
        let number = rest[..end].trim_end_matches('.');
        // Only what begins with a figure is a number.
        let (number, _) = parted(&format!("{number} x"))?;
        let title = rest[end..].trim_start_matches([' ', '\t', '\u{a0}', '–', '—', '-', ':', '.']).trim_end();
        Some(Self { number, title: title.to_owned(), at })
    }
}

/// A matrix, as it stands in the document.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub caption: Caption,
    /// Its tables, of which each but the first is a page that goes on with it.
    pub tables: Vec<usize>,
    pub shape: Shape,
    /// What stands under it.
    pub notes: Vec<usize>,
}

/// A row as it was read, before the words that it is to be said in are known.
struct Read<'t> {
    at: usize,
    row: &'t TableRow,
    texts: Vec<String>,
}

impl Found {
    /// The block that it begins with.
    pub fn begin(&self) -> usize {
        self.caption.at
    }

    pub fn statement(
        &self,
        carried: &Carried,
        appendix: &Appendix,
        vocabulary: &mut Vocabulary<'_>,
        told: &mut Told<'_>,
    ) -> TableStatement {
        let blocks = &carried.document.blocks;
        let mut id = None;
        let (mut rows, mut figures) = (Vec::new(), Figures::new(appendix, &self.shape));
        for (nth, at) in self.tables.iter().enumerate() {
            let Block::Table(table) = &blocks[*at] else { continue };
            id = id.or_else(|| table.id.now.clone());
            self.read(table, *at, nth == 0, &mut rows, &mut figures, told);
        }
        let role = self.role(&rows, appendix, vocabulary, told);
        let is_traced = id.is_some();
        let mut above: BTreeMap<usize, String> = BTreeMap::new();
        let stated: Vec<RowStatement> =
            rows.iter().map(|row| self.row(row, &role, is_traced, appendix, &mut above, vocabulary, told)).collect();
        let notes: Vec<String> = self.notes(blocks);
        let omitted = figures.omitted(&stated, &self.shape).or_else(|| {
            let reason = notes.first().filter(|_| figures.is_empty())?;
            Some(OmittedStatement::Unknown { reason: reason.as_str().into(), provenance: None })
        });
        let words: usize = notes.iter().map(|note| count(note)).sum();
        match &omitted {
            Some(OmittedStatement::Unknown { .. }) => told.counted(words),
            Some(OmittedStatement::Counted { .. }) => told.left_out("remarks on what a table leaves out", words),
            None if figures.is_empty() => {
                let what = format!("Table {} has no count rows: they will be computed", self.caption.number);
                told.guess(self.tables[0], what);
            }
            None => {}
        }
        told.counted(words_of_block(&blocks[self.caption.at]));
        TableStatement {
            number: self.caption.number.clone().into(),
            id: id.filter(|id| *id != self.caption.number).map(Into::into),
            title: self.title(&role, appendix),
            role: Some(role.into()),
            rows: Some(Placed::from(stated)),
            omitted,
            published: figures.published(),
            origin: Standing::default(),
            ..TableStatement::default()
        }
    }

    /// The remarks under it, such as on what an extract leaves out.
    fn notes(&self, blocks: &[Block]) -> Vec<String> {
        let text = |at: &usize| match &blocks[*at] {
            Block::Paragraph(paragraph) => Some(paragraph.text().trim().to_owned()),
            _ => None,
        };
        self.notes.iter().filter_map(text).filter(|text| !text.is_empty()).collect()
    }

    /// Parts the rows of a table into those that say something, those that count and those that only repeat the header.
    fn read<'t>(
        &self,
        table: &'t Table,
        at: usize,
        is_first: bool,
        rows: &mut Vec<Read<'t>>,
        figures: &mut Figures<'_>,
        told: &mut Told<'_>,
    ) {
        for (nth, row) in table.rows.iter().enumerate() {
            let texts = grid(table, row);
            let words: usize = texts.iter().map(|text| count(text)).sum();
            if is_first && nth < self.shape.header {
                told.counted(words);
            } else if row.kind == RowKind::Header || self.shape.is_header(&texts) {
                told.left_out("header rows that are repeated on each page", words);
            } else if figures.take(&texts) {
                told.counted(words);
            } else if row.kind == RowKind::Count {
                told.left_out("count rows that don't hold figures", words);
            } else if texts.iter().all(String::is_empty) {
            } else if row.cells.len() == 1 {
                told.warn(
                    at,
                    format!("“{}” stands across Table {}, which no row of content can", texts[0], self.caption.number),
                );
                told.left_out("rows that stand across a whole table", words);
            } else {
                rows.push(Read { at, row, texts });
            }
        }
    }

    /// The User Role of the table: that of most of its rows, or the one that its caption names.
    fn role(
        &self,
        rows: &[Read<'_>],
        appendix: &Appendix,
        vocabulary: &mut Vocabulary<'_>,
        told: &mut Told<'_>,
    ) -> String {
        let (name, code) = match self.caption.title.rsplit_once('(') {
            Some((name, code)) => (name.trim(), code.strip_suffix(')').map(str::trim)),
            None => (self.caption.title.as_str(), None),
        };
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        if let Some(at) = self.shape.at(ColumnKind::Role) {
            rows.iter().map(|row| row.texts[at].as_str()).filter(|text| !text.is_empty()).for_each(|text| {
                *counts.entry(text).or_default() += 1;
            });
        }
        let most =
            counts.iter().max_by_key(|(code, count)| (**count, std::cmp::Reverse(**code))).map(|(code, _)| *code);
        let named =
            || appendix.roles.iter().find(|role| folded(&role.name) == folded(name)).map(|role| role.code.as_str());
        if let Some(code) = most.or(code).or_else(named) {
            return vocabulary.role(code, Some(name).filter(|name| !name.is_empty()));
        }
        // Where no column shows User Roles, a reader of the document can't tell whose the table is.
        if let (None, [first, others @ ..]) = (self.shape.at(ColumnKind::Role), appendix.roles.as_slice()) {
            let others: String = others.iter().map(|role| format!(", or “{}”", role.code)).collect();
            let what = format!(
                "Table {} names no User Role: it is taken to be that of “{}”; it could be another{others}",
                self.caption.number, first.code
            );
            told.guess(self.caption.at, what);
            return first.code.clone();
        }
        let initials: String = name.split_whitespace().filter_map(|word| word.chars().next()).collect();
        let initials = if initials.is_empty() { "ROLE".to_owned() } else { initials.to_uppercase() };
        let what = format!("Table {} names no User Role: it is taken to be that of “{initials}”", self.caption.number);
        told.guess(self.caption.at, what);
        vocabulary.role(&initials, Some(name).filter(|name| !name.is_empty()))
    }

    /// What its caption says beside its number, if that isn't its User Role.
    fn title(&self, role: &str, appendix: &Appendix) -> Option<crate::model::Text> {
        let title = self.caption.title.as_str();
        let printed = appendix.role(role).map(|it| format!("{} ({})", it.name, it.code));
        let is_own = !title.is_empty() && Some(title) != printed.as_deref();
        is_own.then(|| title.into())
    }

    #[expect(clippy::too_many_arguments, reason = "a row is read against all that is known of its table")]
    fn row(
        &self,
        read: &Read<'_>,
        role: &str,
        is_traced: bool,
        appendix: &Appendix,
        above: &mut BTreeMap<usize, String>,
        vocabulary: &mut Vocabulary<'_>,
        told: &mut Told<'_>,
    ) -> RowStatement {
        let text = |kind| self.shape.at(kind).map(|at| (at, read.texts[at].as_str()));
        // A cell over several rows stands in the first of them.
        let mut number = |kind: ColumnKind, told: &mut Told<'_>| -> Option<String> {
            let (at, text) = text(kind)?;
            if text.is_empty() {
                let from = above.get(&at).filter(|_| kind == ColumnKind::Reference)?.clone();
                told.guess(
                    read.at,
                    format!(
                        "a row without a reference is taken to go on with {from}: “{}”",
                        read.texts.join(" ").trim()
                    ),
                );
                return Some(from);
            }
            above.insert(at, text.to_owned());
            Some(text.to_owned())
        };
        let reference = number(ColumnKind::Reference, told);
        let variant = number(ColumnKind::Variant, told).or_else(|| reference.clone()).unwrap_or_default();
        let reference = reference.unwrap_or_else(|| variant.clone());
        let name = text(ColumnKind::Name).map(|(_, text)| text).unwrap_or_default();
        let key = read.row.key.now.as_str();
        let own = (is_traced && key != variant && !key.is_empty()).then(|| Placed::from(key.to_owned()));
        let critical = self.critical(text(ColumnKind::Critical).map(|(_, text)| text), read, &variant, appendix, told);
        let mut cells = Vec::new();
        for at in self.shape.cv() {
            let says = &read.texts[at];
            let applicability = vocabulary.applicability(says);
            if says.is_empty() {
                let what = format!(
                    "the cell of row {variant} under “{}” is empty, and is read as {applicability}",
                    self.shape.columns[at].label
                );
                told.guess(read.at, what);
            } else if **says != *applicability {
                told.guess(read.at, format!("“{says}” in row {variant} is read as “{applicability}”"));
            }
            if applicability != appendix.default_applicability {
                let key = self.shape.columns[at].key.to_string();
                cells.push((Placed::from(key), Placed::from(Arc::clone(&applicability))));
            }
        }
        let its_role = text(ColumnKind::Role).map(|(_, text)| text).filter(|text| !text.is_empty());
        let its_role = its_role.map(|code| vocabulary.role(code, None)).filter(|code| code != role);
        told.counted(read.texts.iter().map(|text| count(text)).sum());
        RowStatement {
            id: own,
            reference: Some(reference.into()),
            variant: Some(variant.into()),
            name: Some(name.replace('\n', " ").as_str().into()),
            critical: Some(critical.into()),
            cells: (!cells.is_empty()).then_some(Cells::Some(cells)),
            role: its_role.map(Into::into),
            ..RowStatement::default()
        }
    }

    fn critical(
        &self,
        text: Option<&str>,
        read: &Read<'_>,
        variant: &str,
        appendix: &Appendix,
        told: &mut Told<'_>,
    ) -> bool {
        let Some(text) = text else { return false };
        if text == appendix.critical.yes || text == appendix.critical.no {
            return text == appendix.critical.yes;
        }
        let yes = [folded(&appendix.critical.yes), "y".to_owned(), "yes".to_owned(), "critical".to_owned()];
        let no = [folded(&appendix.critical.no), "n".to_owned(), "no".to_owned(), "non-critical".to_owned()];
        let is_critical = yes.contains(&folded(text));
        let read_as = if is_critical { &appendix.critical.yes } else { &appendix.critical.no };
        let what = format!("“{text}” in row {variant} says whether it is critical, and is read as “{read_as}”");
        if is_critical || no.contains(&folded(text)) {
            told.guess(read.at, what);
        } else {
            told.warn(read.at, what);
        }
        is_critical
    }
}
