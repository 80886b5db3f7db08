//! How wide the columns of a table are, and whether its page stands or lies: the same answer for Word and for PDF.
//!
//! A column is never narrower than its longest word if that can be had, first on a portrait page (unless texts run down
//! it for want of width), then on a landscape one, then in smaller type, and only then by cutting words. What room is left goes where it saves most
//! lines.

use super::Problem;
use super::typeset::{After, Face, Shaper, units};
use crate::document::{Cell, Row, RowKind, Run, Table};
use crate::stylesheet::Stylesheet;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// Twentieths of a point, Word's unit of length: small enough to round to, and whole, so that widths sum exactly.
pub type Twips = u32;

/// Twips in a millimetre.
const PER_MM: f32 = 1440.0 / 25.4;
/// Twips in a point.
const PER_POINT: f32 = 20.0;
/// The steps in which type shrinks, in points.
const STEP: f32 = 0.1;

/// How a table is set.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    pub landscape: bool,
    /// The size of its type, in points.
    pub size: f32,
    /// The width of each column, sides included. They sum to the width of the text.
    pub widths: Vec<Twips>,
    /// Whether words must be cut to fit.
    pub cuts_words: bool,
}

/// A table that no page holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooWide {
    pub columns: usize,
}

impl TooWide {
    /// As a drafter is told of it.
    pub fn problem(self, block: usize) -> Problem {
        Problem {
            block: Some(block),
            message: format!("a table of {} columns is too wide for a landscape page", self.columns),
            help:
                "split the table, or give it fewer columns; `page` and `cells.least_size` in the style sheet say how \
                   much room there is"
                    .to_owned(),
        }
    }
}

/// Whether a cell's text is set bold whatever its style: header rows are.
pub fn is_strong(kind: RowKind) -> bool {
    kind == RowKind::Header
}

/// The width of the text on a page.
pub fn text_width(sheet: &Stylesheet, landscape: bool) -> Twips {
    let page = &sheet.page;
    let across = if landscape { page.height } else { page.width };
    ((across - page.left - page.right).max(0.0) * PER_MM) as Twips
}

/// Chooses the page, the size of type and the widths of a table's columns from what stands in its cells.
pub fn fit(table: &Table, sheet: &Stylesheet, shaper: &mut Shaper) -> Result<Columns, TooWide> {
    let size = sheet.table.size;
    if table.columns.is_empty() {
        return Ok(Columns { landscape: false, size, widths: Vec::new(), cuts_words: false });
    }
    let needs = needs(table, shaper);
    let room = text_width(sheet, true);
    let upright = widths(&needs, sheet, size, text_width(sheet, false));
    match (upright, widths(&needs, sheet, size, room)) {
        (Some(upright), lying) if !lying.as_ref().is_some_and(|lying| upright.is_cramped(lying)) => {
            return Ok(Columns { landscape: false, size, widths: upright.widths, cuts_words: false });
        }
        (_, Some(Fitted { widths, .. })) => return Ok(Columns { landscape: true, size, widths, cuts_words: false }),
        _ => {}
    }
    let least = sheet.cells.least_size.min(size);
    let steps = ((size - least).max(0.0) / STEP) as u32;
    for step in 1..=steps {
        let size = size - STEP * step as f32;
        if let Some(Fitted { widths, .. }) = widths(&needs, sheet, size, room) {
            return Ok(Columns { landscape: true, size, widths, cuts_words: false });
        }
    }
    let cut = cut_needs(&needs, sheet, least, room).and_then(|needs| widths(&needs, sheet, least, room));
    cut.map(|Fitted { widths, .. }| Columns { landscape: true, size: least, widths, cuts_words: true })
        .ok_or(TooWide { columns: table.columns.len() })
}

/// Widths that hold every word.
#[derive(Debug)]
struct Fitted {
    widths: Vec<Twips>,
    /// How much the cells weigh whose text runs down the page, hardly two words to the line.
    cramped: i64,
}

impl Fitted {
    /// Whether the words fit but little more does, and a page that lies would be a help.
    fn is_cramped(&self, lying: &Self) -> bool {
        self.cramped > lying.cramped + weight(RowKind::Header)
    }
}

/// What a column asks for, in thousandths of an em, sides not included.
#[derive(Clone, Debug, Default)]
struct Need {
    /// Its longest word.
    least: i32,
    /// How much the cells weigh whose text is of which length on one line.
    wishes: BTreeMap<i32, i64>,
}

/// How much a line saved in a row of this kind is worth. Headings may run down: what they head is what is read.
const fn weight(kind: RowKind) -> i64 {
    match kind {
        RowKind::Header => 1,
        RowKind::Data | RowKind::Count => 3,
    }
}

/// How many lengths of text are told apart in a column.
const LENGTHS: usize = 24;
/// The numbers of lines of a text that are tried.
const LINES: [i32; 12] = [1, 2, 3, 4, 6, 9, 14, 20, 30, 60, 120, 500];

impl Need {
    /// The same with words cut to no more than this.
    fn cut(&self, most: i32) -> Self {
        Self { least: self.least.min(most), wishes: self.wishes.clone() }
    }

    /// The same with few lengths of text: short ones count as the shortest that is told apart.
    fn summarised(mut self) -> Self {
        while self.wishes.len() > LENGTHS {
            let Some((_, count)) = self.wishes.pop_first() else { break };
            if let Some(mut next) = self.wishes.first_entry() {
                *next.get_mut() += count;
            }
        }
        self
    }

    /// How wide a column is in which this text takes so many lines. Lines end where words do, so those of several
    /// are not full.
    fn in_lines(&self, wish: i32, lines: i32) -> i32 {
        let ragged = if lines > 1 { self.least / 3 } else { 0 };
        (wish / lines).saturating_add(ragged).max(self.least)
    }

    /// How many lines a text takes in a column of this width.
    fn lines(&self, wish: i32, width: i32) -> i64 {
        let full = i64::from((width - self.least / 3).max(1));
        if wish <= width { 1 } else { ((i64::from(wish) + full - 1) / full).max(2) }
    }

    /// How many lines all cells take in a column of this width.
    fn all_lines(&self, width: i32) -> i64 {
        self.wishes.iter().map(|(&wish, &count)| count * self.lines(wish, width)).sum()
    }

    /// How much the cells weigh that take three lines and more in a column not much wider than its longest word.
    fn cramped(&self, width: i32) -> i64 {
        let runs_down = |wish: i32| width < 2 * self.least && self.lines(wish, width) > 2;
        self.wishes.iter().filter(|(wish, _)| runs_down(**wish)).map(|(_, &weight)| weight).sum()
    }

    /// The best step from this width within the room: the lines saved for a million times their width, and the width.
    fn best_step(&self, width: i32, room: i32) -> Option<(i64, i32)> {
        let now = self.all_lines(width);
        let widths = self.wishes.keys().flat_map(|&wish| LINES.map(|lines| self.in_lines(wish, lines)));
        widths
            .filter(|&to| to > width && to - width <= room)
            .map(|to| ((now - self.all_lines(to)) * 1_000_000 / i64::from(to - width), to))
            .filter(|&(gain, _)| gain > 0)
            .max()
    }
}

/// What each column asks for.
fn needs(table: &Table, shaper: &mut Shaper) -> Vec<Need> {
    let mut needs = vec![Need::default(); table.columns.len()];
    let mut spans = Vec::new();
    let mut known = HashMap::new();
    for row in &table.rows {
        for (covered, cell) in covered(table, row) {
            let need = known
                .entry((row.kind == RowKind::Header, cell.runs.as_slice()))
                .or_insert_with(|| need_of(&cell.runs, is_strong(row.kind), shaper));
            match covered.as_slice() {
                [column] => {
                    let held = &mut needs[*column];
                    held.least = held.least.max(need.0);
                    *held.wishes.entry(need.1).or_default() += weight(row.kind);
                }
                _ => spans.push((covered, need.0)),
            }
        }
    }
    for (covered, least) in spans {
        let held: i32 = covered.iter().map(|&column| needs[column].least).sum();
        let share = (least - held).max(0) / covered.len().max(1) as i32;
        for column in covered {
            needs[column].least += share;
        }
    }
    needs.into_iter().map(Need::summarised).collect()
}

/// The cells of a row, each with the columns that it covers.
pub fn covered<'t>(table: &'t Table, row: &'t Row) -> impl Iterator<Item = (Vec<usize>, &'t Cell)> {
    let mut grid = table.grid(row.mark);
    row.cells.iter().map(move |cell| (grid.by_ref().take(cell.span.max(1)).collect(), cell))
}

/// The longest word of a cell, and its longest line where none is broken.
fn need_of(runs: &[Run], strong: bool, shaper: &mut Shaper) -> (i32, i32) {
    let runs: Vec<(&str, Face)> = runs
        .iter()
        .map(|run| (run.text.as_str(), Face::of(strong || run.style.now.strong, run.style.now.emphasis)))
        .collect();
    let (mut least, mut wish) = (0, 0);
    let (mut word, mut line) = (0, 0);
    for unit in units(shaper, &runs) {
        line += unit.word.width;
        if unit.blank {
            word = 0;
        } else {
            word += unit.word.width;
            (least, wish) = (least.max(word), wish.max(line));
        }
        match unit.after {
            After::Join => {}
            After::May => word = 0,
            After::Must => (word, line) = (0, 0),
        }
    }
    (least, wish)
}

/// The same needs with words cut where they are longer than the longest that fits, if anything readable does.
fn cut_needs(needs: &[Need], sheet: &Stylesheet, size: f32, room: Twips) -> Option<Vec<Need>> {
    // Narrower than the widest letter and nothing can stand in a column.
    const LETTER: i32 = 1000;
    let cut = |most: i32| -> Vec<Need> { needs.iter().map(|need| need.cut(most)).collect() };
    let fits = |most: i32| widths(&cut(most), sheet, size, room).is_some();
    let (mut low, mut high) = (LETTER, needs.iter().map(|need| need.least).max()?);
    if !fits(low) {
        return None;
    }
    while low + 1 < high {
        let middle = low + (high - low) / 2;
        if fits(middle) { low = middle } else { high = middle }
    }
    Some(cut(low))
}

/// Widths that sum to the room and hold the longest word of each column, if there are any.
///
/// The room that is left is spent, step by step, where it saves most lines for its width.
fn widths(needs: &[Need], sheet: &Stylesheet, size: f32, room: Twips) -> Option<Fitted> {
    let sides = 2.0 * sheet.cells.sides;
    let twips = |em: i32| ((em as f32 * size / 1000.0 + sides) * PER_POINT).ceil() as Twips;
    let total: u64 = needs.iter().map(|need| u64::from(twips(need.least))).sum();
    // A twip for each column, as widths are rounded up.
    let left = u64::from(room).checked_sub(total)?.saturating_sub(needs.len() as u64);
    let mut left = (left as f32 / PER_POINT * 1000.0 / size) as i32;
    let mut chosen: Vec<i32> = needs.iter().map(|need| need.least).collect();
    loop {
        let steps = needs.iter().zip(&chosen).enumerate();
        let steps = steps.filter_map(|(column, (need, &width))| Some((need.best_step(width, left)?, column)));
        // Of equal steps the first is taken.
        let Some(((_, width), column)) = steps.max_by_key(|&((gain, _), column)| (gain, Reverse(column))) else {
            break;
        };
        left -= width - chosen[column];
        chosen[column] = width;
    }
    let cramped = needs.iter().zip(&chosen).map(|(need, &width)| need.cramped(width)).sum();
    Some(Fitted { widths: stretch(chosen.into_iter().map(twips).collect(), room), cramped })
}

/// Shares out what is left of the room in proportion; the last twips, too few to share, go to the widest column.
fn stretch(mut widths: Vec<Twips>, room: Twips) -> Vec<Twips> {
    let total: u64 = widths.iter().map(|&width| u64::from(width)).sum();
    for width in &mut widths {
        *width = (u64::from(*width) * u64::from(room) / total.max(1)) as Twips;
    }
    let left = room.saturating_sub(widths.iter().sum());
    if let Some(widest) = widths.iter_mut().rev().max_by_key(|width| **width) {
        *widest += left;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Align, Column};

    fn sheet() -> Stylesheet {
        serde_yaml::from_str(include_str!("../../templates/style.yaml")).expect("the style sheet reads")
    }

    fn table(keys: &[&str], rows: &[&[&str]]) -> Table {
        let columns = keys.iter().map(|key| Column { key: (*key).into(), align: Align::Left, ..Column::default() });
        let rows = rows.iter().map(|cells| Row {
            cells: cells.iter().map(|text| Cell { span: 1, runs: vec![Run::plain(*text)] }).collect(),
            ..Row::default()
        });
        Table { columns: columns.collect(), rows: rows.collect(), ..Table::default() }
    }

    fn fitted(table: &Table) -> Columns {
        let fitted = fit(table, &sheet(), &mut Shaper::new()).expect("it fits");
        assert_eq!(
            fitted.widths.iter().sum::<u32>(),
            text_width(&sheet(), fitted.landscape),
            "exactly the text's width"
        );
        fitted
    }

    #[test]
    fn a_small_table_stands() {
        let fitted = fitted(&table(&["a", "b"], &[&["one", "two words"]]));
        assert!(!fitted.landscape);
        assert!(fitted.widths[1] > fitted.widths[0]);
    }

    #[test]
    fn a_matrix_lies_and_columns_with_the_same_needs_are_equal() {
        let keys = [
            "ref", "variant", "name", "critical", "CV 1", "CV 2", "CV 3", "CV 4", "CV 5", "CV 6", "CV 7", "CV 8",
            "CV 9", "CV 10", "role",
        ];
        let mut cells = vec!["6.2", "6.2.7", "Read Device Configuration (MPxN)", "N"];
        cells.extend(["Mandatory SMETS 2", "N/A", "N/A", "N/A", "N/A", "N/A", "N/A", "N/A", "N/A", "N/A", "ED"]);
        let mut heads = vec!["Service Reference", "Service Reference Variant", "Name", "Critical"];
        heads.extend(["CV 1", "CV 2", "CV 3", "CV 4", "CV 5", "CV 6", "CV 7", "CV 8", "CV 9", "CV 0", "User Role"]);
        let fitted = fitted(&table(&keys, &[&heads, &cells]));
        assert!(fitted.landscape && !fitted.cuts_words);
        assert_eq!(fitted.size, sheet().table.size);
        assert!(fitted.widths[5..14].windows(2).all(|pair| pair[0] == pair[1]), "{:?}", fitted.widths);
        assert!(fitted.widths[2] > fitted.widths[4]);
    }

    #[test]
    fn type_shrinks_before_words_are_cut() {
        let keys: Vec<String> = (0..15).map(|n| format!("k{n}")).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let smaller = fitted(&table(&keys, &[&["Configuration"; 15]]));
        assert!(smaller.size < sheet().table.size && !smaller.cuts_words, "{smaller:?}");
        let cut = fitted(&table(&keys[..3], &[&["a", &"x".repeat(400), "b"]]));
        assert!(cut.cuts_words && cut.size == sheet().cells.least_size, "{cut:?}");
    }

    #[test]
    fn no_page_holds_three_hundred_columns() {
        let keys = vec!["k"; 300];
        let wide = table(&keys, &[&vec!["word"; 300]]);
        assert_eq!(fit(&wide, &sheet(), &mut Shaper::new()), Err(TooWide { columns: 300 }));
    }

    #[test]
    fn empty_tables_have_widths_too() {
        assert_eq!(fitted(&table(&["a", "b"], &[])).widths.len(), 2);
        assert!(fit(&Table::default(), &sheet(), &mut Shaper::new()).is_ok_and(|fitted| fitted.widths.is_empty()));
    }
}
