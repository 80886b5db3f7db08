//! The matrices of a document as one page: every Service Request of every role, coloured by what its cells hold, each row
//! with the clauses that name it.

use super::around::{Around, paragraph, text_in};
use super::setter::Writer;
use super::text::{attribute, escaped};
use crate::document::{Block, Cell, Mark, Paragraph, PartKind, RowKind, Table, TableRow, anchor};
use crate::writer::view::RevisionView;
use serde::Serialize;
use std::fmt::Write as _;

/// A matrix, as the template of the page sees it.
#[derive(Debug, Serialize)]
pub(super) struct TableContext {
    /// The name of its place on the page.
    name: String,
    caption: String,
}

impl<'d> Writer<'d> {
    /// The matrices, one after the other.
    pub fn matrices(&mut self, out: &mut String) -> Vec<TableContext> {
        let mut contexts = Vec::new();
        for (index, block) in self.document.blocks.iter().enumerate() {
            let Block::Table(table) = block else { continue };
            let Some(id) = &table.id.now else { continue };
            self.reached.clear();
            let caption = self.captions.get(&index).copied();
            let of_caption = caption.and_then(|at| Some((at, paragraph(&self.document.blocks[at])?)));
            out.push_str("<section class=\"matrix\"");
            if let Some(name) = self.names_of.get(&index) {
                attribute(out, "data-matrix", name);
            }
            out.push_str(">\n");
            if let Some((at, caption)) = of_caption {
                self.caption(out, at, caption, &anchor(PartKind::Table, id));
            }
            self.table(out, index, table);
            out.push_str("</section>\n");
            contexts.push(TableContext {
                name: self.names_of.get(&index).cloned().unwrap_or_default(),
                caption: of_caption
                    .map_or_else(|| id.clone(), |(_, caption)| text_in(&caption.runs, RevisionView::Proposed)),
            });
        }
        contexts
    }

    fn caption(&mut self, out: &mut String, index: usize, caption: &'d Paragraph, place: &str) {
        out.push_str("<h2");
        attribute(out, "class", &["caption", super::changes::word(caption.mark).unwrap_or_default()].join(" "));
        if let Some(name) = self.names_of.get(&index) {
            attribute(out, "id", name);
        }
        self.changed(out, (index, None, None), caption.mark != Mark::Kept);
        out.push('>');
        self.enter(out);
        let is_led = self.begin_lead(out, self.anchors.get(place).cloned().as_deref());
        self.runs(out, &caption.runs, (index, None, None));
        out.push_str(if is_led { "</a></h2>\n" } else { "</h2>\n" });
    }

    /// Begins a link to a place in the text, if there is a page that has it.
    pub fn begin_lead(&self, out: &mut String, name: Option<&str>) -> bool {
        let page = self.around.as_ref().and_then(|around| around.text);
        let Some((page, name)) = page.zip(name) else { return false };
        out.push_str("<a");
        attribute(out, "href", &format!("{page}#{name}"));
        out.push('>');
        true
    }

    /// The classes that tell what a cell holds, and what it held.
    pub fn heat(&self, row: &TableRow, cell: &Cell) -> Vec<String> {
        let Some(around) = self.around.as_ref().filter(|_| row.kind == RowKind::Data) else { return Vec::new() };
        let of = |view| around.heat(&text_in(&cell.runs, view));
        let [was, now] = RevisionView::BOTH.map(of);
        let is_other = was.filter(|_| was != now);
        let classes = [now.map(|now| format!("heat-{now}")), is_other.map(|was| format!("was-{was}"))];
        classes.into_iter().flatten().collect()
    }

    /// The last cell of a row: the clauses that name it.
    pub fn named_in(&self, out: &mut String, table: &Table, row: &TableRow) {
        let Some(around) = &self.around else { return };
        match row.kind {
            RowKind::Header => write!(out, "<th scope=\"col\" class=\"named\">{}</th>", escaped(around.named_in)),
            RowKind::Count => write!(out, "<td class=\"named\"></td>"),
            RowKind::Data => write!(out, "<td class=\"named\">{}</td>", self.clauses(around, table, row)),
        }
        .unwrap_or_default();
    }

    fn clauses(&self, around: &Around<'_>, table: &Table, row: &TableRow) -> String {
        let mut clauses = Vec::new();
        for section in &around.sections {
            let place = self.anchors.get(&anchor(PartKind::Section, &section.id));
            let mut clause = |label: &str, mark: Option<&str>| {
                let mut out = String::new();
                let is_led = self.begin_lead(&mut out, place.map(String::as_str));
                out.push_str(&escaped(label));
                out.push_str(if is_led { "</a>" } else { "" });
                clauses.push(match mark {
                    Some(mark) => format!("<{mark}>{out}</{mark}>"),
                    None => out,
                });
            };
            let named = [0, 1].map(|at| {
                let (view, numbers) = (RevisionView::BOTH[at], &section.numbers[at]);
                let stands = view.holds(row.mark) && named_as(table, row, view).iter().any(|own| numbers.contains(own));
                stands.then_some(section.labels[at].as_str())
            });
            match named {
                [Some(was), Some(now)] if was == now => clause(now, None),
                // In a row that comes or goes, all of it does.
                [was, now] if row.mark != Mark::Kept => was.or(now).into_iter().for_each(|label| clause(label, None)),
                [was, now] => {
                    was.into_iter().for_each(|label| clause(label, Some("del")));
                    now.into_iter().for_each(|label| clause(label, Some("ins")));
                }
            }
        }
        clauses.join(" ")
    }
}

/// What the text calls a row: its variant, and the Service Reference that it is of.
fn named_as(table: &Table, row: &TableRow, view: RevisionView) -> Vec<String> {
    let cells = row.cells.iter().zip(table.grid(row.mark));
    let named = cells.filter(|(_, at)| ["reference", "variant"].contains(&view.of(&table.columns[*at].key).as_str()));
    let texts = named.map(|(cell, _)| text_in(&cell.runs, view)).filter(|text| !text.is_empty());
    texts.collect()
}
