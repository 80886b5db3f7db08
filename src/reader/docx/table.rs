//! Tables, rows and cells.

use super::properties;
use super::state::{Here, Reading};
use crate::diagnostic::Failure;
use crate::reader::marked::{Block, Cell, Marks, Row, Table};
use crate::reader::xml::Xml;

/// Word's tables have no more columns.
const MOST_COLUMNS: usize = 63;

impl Reading<'_> {
    /// Reads the table that has just begun.
    pub fn table(&mut self, xml: &mut Xml<'_>) -> Result<(), Failure> {
        let paragraph = (self.paragraph.take(), self.properties.take());
        self.tables.push(Table { page: self.page, ..Table::default() });
        self.content(xml, Here::Table)?;
        (self.paragraph, self.properties) = paragraph;
        if let (Some(table), Some(flow)) = (self.tables.pop(), self.flow.last_mut()) {
            flow.push(Block::Table(table));
        }
        Ok(())
    }

    /// Reads `w:tblGrid`, which has just begun.
    pub fn grid(&mut self, xml: &mut Xml<'_>) -> Result<(), Failure> {
        let mut widths = Vec::new();
        while let Some(tag) = xml.child()? {
            if tag.is("gridCol") && widths.len() < MOST_COLUMNS {
                widths.push(tag.attribute("w").and_then(|width| width.parse().ok()).unwrap_or(0));
            }
            xml.skip()?;
        }
        if let Some(table) = self.tables.last_mut() {
            table.grid = widths;
        }
        Ok(())
    }

    pub fn row(&mut self, xml: &mut Xml<'_>) -> Result<(), Failure> {
        self.piece()?;
        let around = self.around;
        if let Some(table) = self.tables.last_mut() {
            table.rows.push(Row { marks: self.marks, ..Row::default() });
        }
        self.content(xml, Here::Row)?;
        self.around = around;
        Ok(())
    }

    pub fn cell(&mut self, xml: &mut Xml<'_>) -> Result<(), Failure> {
        self.piece()?;
        let around = self.around;
        if let Some(row) = self.open_row() {
            row.cells.push(Cell { span: 1, ..Cell::default() });
        }
        self.flow.push(Vec::new());
        self.content(xml, Here::Blocks)?;
        self.around = around;
        let blocks = self.flow.pop().unwrap_or_default();
        if let Some(cell) = self.open_row().and_then(|row| row.cells.last_mut()) {
            cell.blocks = blocks;
        }
        Ok(())
    }

    fn open_row(&mut self) -> Option<&mut Row> {
        self.tables.last_mut()?.rows.last_mut()
    }

    /// Reads `w:trPr`, which has just begun.
    pub fn row_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), Failure> {
        let mut marks = Marks::default();
        let mut found = Row::default();
        while let Some(tag) = xml.child()? {
            match tag.name() {
                "ins" | "del" => {
                    if let Some(tracked) = properties::tracked(&tag) {
                        marks = self.enter(tracked).within(marks);
                    }
                }
                "tblHeader" => found.header = tag.is_on(),
                "gridBefore" => found.before = tag.number().unwrap_or(0).min(MOST_COLUMNS),
                "gridAfter" => found.after = tag.number().unwrap_or(0).min(MOST_COLUMNS),
                _ => {}
            }
            xml.skip()?;
        }
        self.around = marks.within(self.around);
        if let Some(row) = self.open_row() {
            row.marks = marks.within(row.marks);
            (row.header, row.before, row.after) = (found.header, found.before, found.after);
        }
        Ok(())
    }

    /// Reads `w:tcPr`, which has just begun.
    pub fn cell_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), Failure> {
        let mut marks = Marks::default();
        let (mut span, mut goes_on, mut merged) = (1, false, false);
        while let Some(tag) = xml.child()? {
            match tag.name() {
                "cellIns" | "cellDel" => {
                    if let Some(tracked) = properties::tracked(&tag) {
                        marks = self.enter(tracked).within(marks);
                    }
                }
                "gridSpan" => span = tag.number().unwrap_or(1).clamp(1, MOST_COLUMNS),
                "vMerge" => goes_on = tag.value().is_none_or(|value| value == "continue"),
                "cellMerge" => merged = true,
                _ => {}
            }
            xml.skip()?;
        }
        if merged {
            self.tell(
                false,
                "cells are merged or split by a tracked change: each is read with its own words, in both texts",
            );
        }
        self.around = marks.within(self.around);
        if let Some(cell) = self.open_row().and_then(|row| row.cells.last_mut()) {
            (cell.marks, cell.span, cell.goes_on) = (marks, span, goes_on);
        }
        Ok(())
    }
}
