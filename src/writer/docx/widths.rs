//! How wide the columns of a table are, and whether it needs a landscape page.

use super::flow::Orientation;
use super::page;
use crate::document::{Table, text_of};
use crate::stylesheet::Stylesheet;

pub fn orientation(table: &Table, _sheet: &Stylesheet) -> Orientation {
    if table.columns.len() > 8 { Orientation::Landscape } else { Orientation::Portrait }
}

/// The widths of a clean table's columns, in twips, which together are as wide as the text.
pub fn columns(table: &Table, sheet: &Stylesheet, orientation: Orientation) -> Vec<u32> {
    let mut needs = vec![4u32; table.columns.len()];
    for row in &table.rows {
        let mut at = 0;
        for cell in &row.cells {
            if cell.span == 1
                && let Some(need) = needs.get_mut(at)
            {
                let text = text_of(&cell.runs);
                let long = text.split_whitespace().map(|word| word.chars().count()).max().unwrap_or_default();
                let whole = text.chars().count().min(30) / 2;
                *need = (*need).max(u32::try_from(long.max(whole)).unwrap_or(30).min(30) + 2);
            }
            at += cell.span;
        }
    }
    let total = needs.iter().sum::<u32>().max(1);
    let width = page::text_width(sheet, orientation);
    let mut widths: Vec<u32> = needs.iter().map(|need| width * need / total).collect();
    let rest = width.saturating_sub(widths.iter().sum());
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
    widths
}
