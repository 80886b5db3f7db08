//! How wide the columns of a table are, and whether its page stands or lies: the same answer for Word and for PDF.
//!
//! A column is never narrower than its longest word if that can be had, first on a portrait page, then on a
//! landscape one, then in smaller type, and only then by cutting words. What room is left goes where it saves most
//! lines.

mod share;

use super::Problem;
use super::typeset::{After, Face, Shaper, units};
use crate::document::{Cell, RowKind, Run, Table, TableRow};
use crate::stylesheet::Stylesheet;
use share::{RowWords, Words, share};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// Twentieths of a point, Word's unit of length: small enough to round to, and whole, so that widths sum exactly.
pub type Twips = u32;

/// Twips in a millimetre.
const PER_MM: f32 = 1440.0 / 25.4;
/// Twips in a point.
const PER_POINT: f32 = 20.0;
/// The steps in which type shrinks, in points.
const STEP: f32 = 0.1;
/// A text of no more letters is not parted: "CV 10" reads badly on two lines.
const WHOLE_TO: usize = 6;

/// How a table is set.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// Whether the page lies on its side.
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
    /// How many columns it has.
    pub columns: usize,
}

impl TooWide {
    /// As a drafter is told of it.
    pub fn problem(self, block: usize) -> Problem {
        Problem {
            block: Some(block),
            character: None,
            message: format!("a table of {} columns is too wide for a landscape page", self.columns),
            help:
                "split the table, or give it fewer columns; `page` and `cells.least_size` in the style sheet say how \
                   much room there is"
                    .to_owned(),
        }
    }
}

/// Whether a cell's text is set bold whatever its style: that of header rows is, and the labels of count rows are.
pub fn is_strong(row: &TableRow, cell: &Cell) -> bool {
    match row.kind {
        RowKind::Header => true,
        RowKind::Count => row.cells.first().is_some_and(|label| std::ptr::eq(label, cell)),
        RowKind::Data => false,
    }
}

/// Whether a cell heads the row that it is in.
pub fn heads_row(table: &Table, row: &TableRow, cell: &Cell) -> bool {
    table.header_column && row.kind == RowKind::Data && row.cells.first().is_some_and(|first| std::ptr::eq(first, cell))
}

/// The width of the text on a page.
pub fn text_width(sheet: &Stylesheet, landscape: bool) -> Twips {
    let page = &sheet.page;
    let across = if landscape { page.height } else { page.width };
    ((across - page.left - page.right).max(0.0) * PER_MM) as Twips
}

/// Chooses the page, the size of type and the widths of a table's columns from what stands in its cells.
///
/// # Errors
/// Where no page holds the table, even turned and in the least type.
pub fn fit(table: &Table, sheet: &Stylesheet, shaper: &mut Shaper) -> Result<Columns, TooWide> {
    let needs = needs(table, shaper);
    fit_needs(&needs, sheet)
}

/// As [`fit`], for each table of a document: those with the same columns on pages that lie alike have the same widths,
/// so that a reader finds a column where it was.
pub fn fit_alike(tables: &[&Table], sheet: &Stylesheet, shaper: &mut Shaper) -> Vec<Result<Columns, TooWide>> {
    let needs: Vec<Needs> = tables.iter().map(|table| needs(table, shaper)).collect();
    let mut fitted: Vec<_> = needs.iter().map(|needs| fit_needs(needs, sheet)).collect();
    let mut alike: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, (table, fitted)) in tables.iter().zip(&fitted).enumerate() {
        if let Ok(Columns { landscape, cuts_words: false, size, .. }) = fitted {
            let columns: Vec<_> =
                table.columns.iter().map(|column| (&column.key.now, column.share, column.mark)).collect();
            alike.entry((columns, *landscape, size.to_bits())).or_default().push(at);
        }
    }
    for ((_, landscape, size), group) in alike.into_iter().filter(|(_, group)| group.len() > 1) {
        let mut all = Needs {
            least: vec![0; needs[group[0]].least.len()],
            rows: Vec::new(),
            shares: needs[group[0]].shares.clone(),
        };
        for own in group.iter().map(|&at| &needs[at]) {
            all.least.iter_mut().zip(&own.least).for_each(|(least, own)| *least = (*least).max(*own));
            all.rows.extend_from_slice(&own.rows);
        }
        // Where together they would want a wider page or smaller type, each keeps its own.
        if let Ok(joint) = fit_needs(&all, sheet)
            && (joint.landscape, joint.size.to_bits(), joint.cuts_words) == (landscape, size, false)
        {
            group.into_iter().for_each(|at| fitted[at] = Ok(joint.clone()));
        }
    }
    fitted
}

fn fit_needs(needs: &Needs, sheet: &Stylesheet) -> Result<Columns, TooWide> {
    let size = sheet.table.size;
    if needs.least.is_empty() {
        return Ok(Columns { landscape: false, size, widths: Vec::new(), cuts_words: false });
    }
    for landscape in [false, true] {
        if let Some(widths) = widths(needs, sheet, size, text_width(sheet, landscape)) {
            return Ok(Columns { landscape, size, widths, cuts_words: false });
        }
    }
    let room = text_width(sheet, true);
    let least = sheet.cells.least_size.min(size);
    let steps = ((size - least).max(0.0) / STEP) as u32;
    for step in 1..=steps {
        let size = size - STEP * step as f32;
        if let Some(widths) = widths(needs, sheet, size, room) {
            return Ok(Columns { landscape: true, size, widths, cuts_words: false });
        }
    }
    let cut = cut_needs(needs, sheet, least, room).and_then(|needs| widths(&needs, sheet, least, room));
    cut.map(|widths| Columns { landscape: true, size: least, widths, cuts_words: true })
        .ok_or(TooWide { columns: needs.least.len() })
}

/// What the columns ask for, in thousandths of an em, sides not included.
#[derive(Clone, Debug)]
struct Needs {
    /// The longest word of each column.
    least: Vec<i32>,
    rows: Vec<RowWords>,
    /// The shares in the width that a drafter gave them, or none.
    shares: Vec<u16>,
}

fn needs(table: &Table, shaper: &mut Shaper) -> Needs {
    let mut needs = Needs {
        least: vec![0; table.columns.len()],
        rows: Vec::with_capacity(table.rows.len()),
        shares: table.columns.iter().map(|column| column.share).collect(),
    };
    let mut spans = Vec::new();
    let mut known: HashMap<(bool, &[Run]), Rc<Words>> = HashMap::new();
    for row in &table.rows {
        let mut tall = RowWords::new();
        for (covered, cell) in covered(table, row) {
            let strong = is_strong(row, cell) || heads_row(table, row, cell);
            let words = known
                .entry((strong, cell.runs.as_slice()))
                .or_insert_with(|| Rc::new(words_of(&cell.runs, strong, shaper)));
            match covered.as_slice() {
                [column] => {
                    needs.least[*column] = needs.least[*column].max(words.least());
                    if words.words.len() > 1 {
                        tall.push((*column, Rc::clone(words)));
                    }
                }
                _ => spans.push((covered, words.least())),
            }
        }
        needs.rows.push(tall);
    }
    for (covered, least) in spans {
        let held: i32 = covered.iter().map(|&column| needs.least[column]).sum();
        let share = (least - held).max(0) / covered.len().max(1) as i32;
        covered.into_iter().for_each(|column| needs.least[column] += share);
    }
    needs
}

/// The places in its grid at which the cells of a row are more of those above.
pub fn more_below(row: &TableRow) -> Vec<usize> {
    let mut start = 0;
    let place = |cell: &Cell| {
        start += cell.span;
        cell.above.then_some(start - cell.span)
    };
    row.cells.iter().filter_map(place).collect()
}

/// The cells of a row, each with the columns that it covers.
pub fn covered<'t>(table: &'t Table, row: &'t TableRow) -> impl Iterator<Item = (Vec<usize>, &'t Cell)> {
    let mut grid = table.grid(row.mark);
    row.cells.iter().map(move |cell| (grid.by_ref().take(cell.span.max(1)).collect(), cell))
}

fn words_of(runs: &[Run], strong: bool, shaper: &mut Shaper) -> Words {
    let faces: Vec<(&str, Face)> = runs
        .iter()
        .map(|run| (run.text.as_str(), Face::of(strong || run.style.now.strong, run.style.now.emphasis)))
        .collect();
    let whole = runs.iter().map(|run| run.text.chars().count()).sum::<usize>() <= WHOLE_TO;
    let mut words: Vec<(i32, i32)> = Vec::new();
    let mut joins = false;
    for unit in units(shaper, &faces).iter() {
        match words.last_mut() {
            Some(word) if unit.blank && !whole => word.1 += unit.word.width,
            Some(word) if joins || whole => {
                word.0 += word.1 + unit.word.width;
                word.1 = 0;
            }
            _ => words.push((unit.word.width, 0)),
        }
        joins = unit.after == After::Join && !unit.blank;
    }
    Words::new(words)
}

/// The same needs with words cut where they are longer than the longest that fits, if anything readable does.
fn cut_needs(needs: &Needs, sheet: &Stylesheet, size: f32, room: Twips) -> Option<Needs> {
    // Narrower than the widest letter and nothing can stand in a column.
    const LETTER: i32 = 1000;
    let cut = |most: i32| Needs {
        least: needs.least.iter().map(|&least| least.min(most)).collect(),
        // Where words are cut, the lines that they make can't be foreseen word by word.
        rows: Vec::new(),
        shares: needs.shares.clone(),
    };
    let fits = |most: i32| widths(&cut(most), sheet, size, room).is_some();
    let (mut low, mut high) = (LETTER, needs.least.iter().copied().max()?);
    if !fits(low) {
        return None;
    }
    while low + 1 < high {
        let middle = low + (high - low) / 2;
        if fits(middle) { low = middle } else { high = middle }
    }
    Some(cut(low))
}

/// Widths that sum to the room and hold the longest word of each column, if there are any: in the shares that a drafter
/// gave them, or else so that what room is left goes where it saves most lines, and then to all in proportion.
fn widths(needs: &Needs, sheet: &Stylesheet, size: f32, room: Twips) -> Option<Vec<Twips>> {
    let sides = 2.0 * sheet.cells.sides;
    let twips = |em: i32| ((em as f32 * size / 1000.0 + sides) * PER_POINT).ceil() as Twips;
    let all = |ems: &[i32]| -> Vec<Twips> { ems.iter().map(|&em| twips(em)).collect() };
    let total = |widths: &[Twips]| widths.iter().map(|&width| u64::from(width)).sum::<u64>();
    if needs.shares.iter().all(|&share| share > 0) {
        let widths = in_shares(&needs.shares, room);
        let holds = widths.iter().zip(all(&needs.least)).all(|(width, least)| *width >= least);
        return holds.then_some(widths);
    }
    let held = total(&all(&needs.least));
    let left = u64::from(room).checked_sub(held)?;
    let mut ems = needs.least.clone();
    // Each column may round up by a twip.
    let left = left.saturating_sub(ems.len() as u64) as f32 / PER_POINT / size * 1000.0;
    share(&mut ems, &needs.rows, left as i32);
    Some(stretch(all(&ems), room))
}

/// The widths of columns that have these shares in the room.
pub fn in_shares(shares: &[u16], room: Twips) -> Vec<Twips> {
    stretch(shares.iter().map(|&share| Twips::from(share) * 1000).collect(), room)
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
        crate::content::shipped_stylesheet()
    }

    fn table(keys: &[&str], rows: &[&[&str]]) -> Table {
        let columns =
            keys.iter().map(|key| Column { key: (*key).to_owned().into(), align: Align::Left, ..Column::default() });
        let rows = rows.iter().map(|cells| TableRow {
            cells: cells.iter().map(|text| Cell { above: false, span: 1, runs: vec![Run::plain(*text)] }).collect(),
            ..TableRow::default()
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
    fn a_matrix_lies_and_short_cells_are_not_parted() {
        let keys = [
            "Service Reference",
            "Variant",
            "Name",
            "Critical",
            "CV 1",
            "CV 2",
            "CV 3",
            "CV 4",
            "CV 5",
            "CV 6",
            "CV 7",
            "CV 8",
            "CV 9",
            "CV 10",
            "User Role",
        ];
        let mut cells = vec!["6.2", "6.2.7", "Read Device Configuration (MPxN)", "N"];
        cells.extend([
            "Mandatory SMETS 2",
            "N/A",
            "N/A",
            "N/A",
            "Mandatory",
            "Mandatory",
            "N/A",
            "N/A",
            "N/A",
            "N/A",
            "ED",
        ]);
        let mut shaper = Shaper::new();
        let fitted = fitted(&table(&keys, &[&keys, &cells]));
        assert!(fitted.landscape && !fitted.cuts_words);
        assert_eq!(fitted.size, sheet().table.size);
        for (column, text) in [(13, "CV 10"), (13, "N/A"), (4, "Mandatory SMETS 2"), (2, cells[2])] {
            let width = shaper.width(Face::of(false, false), text) as f32 * fitted.size / 1000.0;
            let room = fitted.widths[column] as f32 / PER_POINT - 2.0 * sheet().cells.sides;
            assert!(width <= room + 0.1, "{text} stands on one line: {width} in {room}");
        }
    }

    #[test]
    fn like_tables_have_columns_alike_and_others_their_own() {
        let short = table(&["a", "b"], &[&["one", "two"]]);
        let long = table(&["a", "b"], &[&["one", "two words and then some more that want room"]]);
        let other = table(&["a", "c"], &[&["one", "two"]]);
        let all = fit_alike(&[&short, &long, &other], &sheet(), &mut Shaper::new());
        assert_eq!(all[0], all[1]);
        assert_eq!(all[2], fit(&other, &sheet(), &mut Shaper::new()));
        // One that needs a page that lies doesn't turn the page of another.
        let wide = table(&["a", "b"], &[&[&"x".repeat(60), &"y".repeat(60)]]);
        let both = fit_alike(&[&short, &wide], &sheet(), &mut Shaper::new());
        assert_eq!(both.iter().map(|fitted| fitted.as_ref().unwrap().landscape).collect::<Vec<_>>(), [false, true]);
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
