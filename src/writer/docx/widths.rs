//! How each table lies on its page, as the column fitter decides for Word and PDF alike.

use super::flow::{Orientation, is_written_twice};
use crate::document::{Block, Document, Table, accept, reject};
use crate::stylesheet::Stylesheet;
use crate::writer::Problem;
use crate::writer::columns::{self, Columns, TooWide, Twips};
use crate::writer::typeset::Shaper;
use crate::writer::view::RevisionView;
use std::collections::HashMap;

/// How a table is set.
#[derive(Debug)]
pub struct Plan {
    pub orientation: Orientation,
    /// In half points, if it isn't the size that the style sheet gives.
    pub size: Option<usize>,
    /// The two texts of a table in which a column is marked; else the table as it stands.
    pub texts: Vec<Text>,
}

/// What is written of a table, and how wide its columns are.
#[derive(Debug)]
pub struct Text {
    /// The view that it is the clean text of, or none for the table as it stands.
    pub clean: Option<(RevisionView, Table)>,
    pub widths: Vec<Twips>,
}

/// Plans every table, by its block.
pub fn plans(document: &Document, sheet: &Stylesheet) -> Result<HashMap<usize, Plan>, Vec<Problem>> {
    let mut shaper = Shaper::new();
    let mut plans = HashMap::new();
    let mut problems = Vec::new();
    let tables = document.blocks.iter().enumerate().filter_map(|(index, block)| match block {
        Block::Table(table) => Some((index, table)),
        Block::Paragraph(_) | Block::Furniture(_) => None,
    });
    let (twice, once): (Vec<_>, Vec<_>) = tables.partition(|(_, table)| is_written_twice(table));
    let (blocks, tables): (Vec<usize>, Vec<&Table>) = once.into_iter().unzip();
    let fitted = columns::fit_alike(&tables, sheet, &mut shaper).into_iter();
    let fitted = fitted.map(|fitted| fitted.map(|columns| planned(vec![(None, columns)], sheet)));
    let twice = twice.into_iter().map(|(index, table)| (index, written_twice(table, sheet, &mut shaper)));
    for (index, plan) in blocks.into_iter().zip(fitted).chain(twice) {
        match plan {
            Ok(plan) => drop(plans.insert(index, plan)),
            Err(too_wide) => problems.push(too_wide.problem(index)),
        }
    }
    if problems.is_empty() { Ok(plans) } else { Err(problems) }
}

fn written_twice(table: &Table, sheet: &Stylesheet, shaper: &mut Shaper) -> Result<Plan, TooWide> {
    let mut fitted = Vec::new();
    for view in RevisionView::BOTH {
        let Some(clean) = resolved(table, view) else { continue };
        let columns = columns::fit(&clean, sheet, shaper)?;
        fitted.push((Some((view, clean)), columns));
    }
    Ok(planned(fitted, sheet))
}

/// The texts of a table on one page.
fn planned(fitted: Vec<(Option<(RevisionView, Table)>, Columns)>, sheet: &Stylesheet) -> Plan {
    let landscape = fitted.iter().any(|(_, columns)| columns.landscape);
    let size = fitted.iter().map(|(_, columns)| columns.size).fold(sheet.table.size, f32::min);
    let orientation = if landscape { Orientation::Landscape } else { Orientation::Portrait };
    let width = columns::text_width(sheet, landscape);
    let texts =
        fitted.into_iter().map(|(clean, columns)| Text { clean, widths: stretched(columns.widths, width) }).collect();
    Plan { orientation, size: (size < sheet.table.size).then(|| crate::ooxml::units::half_points_below(size)), texts }
}

/// One of the two texts of a table.
fn resolved(table: &Table, view: RevisionView) -> Option<Table> {
    let document = Document { blocks: vec![Block::Table(table.clone())], ..Document::default() };
    let clean = match view {
        RevisionView::Original => reject(&document),
        RevisionView::Proposed => accept(&document),
    };
    clean.blocks.into_iter().find_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    })
}

/// The widths of a text that would stand on a portrait page, where the other needs a landscape one.
fn stretched(widths: Vec<Twips>, width: Twips) -> Vec<Twips> {
    let total: Twips = widths.iter().sum();
    if total == width || total == 0 {
        return widths;
    }
    let share = |part: Twips| u64::from(part) * u64::from(width) / u64::from(total);
    let mut widths: Vec<Twips> = widths.into_iter().map(|part| Twips::try_from(share(part)).unwrap_or(part)).collect();
    let rest = width.saturating_sub(widths.iter().sum());
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
    widths
}
