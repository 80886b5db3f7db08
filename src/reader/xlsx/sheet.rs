//! A sheet: its cells one after the other, wherever they say that they stand.

use super::book::{MOST, Sheet};
use super::cell::{Address, Value, rich};
use crate::diagnostic::Failure;
use crate::reader::refusal::refuse;
use crate::reader::xml::{Tag, Token, Xml};

/// What the cells of all sheets refer to.
pub(super) struct Shared<'a> {
    pub texts: &'a [String],
    /// Of each format, whether it shows a date.
    pub dates: &'a [bool],
}

/// What a cell takes beside its words, in bytes.
const CELL: usize = 64;

/// Reads a sheet into `sheet`; `left` is how many bytes its cells may come to.
pub(super) fn read(
    text: &str,
    part: &str,
    sheet: Sheet,
    shared: &Shared<'_>,
    left: &mut usize,
) -> Result<Sheet, Failure> {
    let mut xml = Xml::new(text, part);
    let mut reading = Reading { sheet, shared, left, next: Address::default(), rows: 0, hides: false };
    loop {
        match xml.next()? {
            Token::Start(tag) => reading.element(&tag, &mut xml)?,
            Token::Over => break,
            Token::End | Token::Text(_) => {}
        }
    }
    Ok(reading.sheet)
}

struct Reading<'a> {
    sheet: Sheet,
    shared: &'a Shared<'a>,
    left: &'a mut usize,
    /// Where a cell stands that doesn't say.
    next: Address,
    /// The row that comes if a row doesn't say which it is.
    rows: u32,
    /// Whether the row is hidden.
    hides: bool,
}

impl Reading<'_> {
    fn element(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Failure> {
        match tag.name() {
            "row" => {
                let row = tag.attribute("r").and_then(|row| row.parse::<u32>().ok()).and_then(|row| row.checked_sub(1));
                let row = row.unwrap_or(self.rows);
                self.rows = row.saturating_add(1);
                self.next = Address { row, column: 0 };
                self.hides = is_on(tag, "hidden");
            }
            "c" => self.cell(tag, xml)?,
            "col" if is_on(tag, "hidden") => {
                let side = |name: &str| tag.attribute(name)?.parse::<u32>().ok()?.checked_sub(1);
                self.sheet.hidden_columns.extend(side("min").zip(side("max")));
            }
            "mergeCell" => {
                let reference = tag.attribute("ref").unwrap_or_default();
                let (from, to) = reference.split_once(':').unwrap_or((&reference, &reference));
                let area = Address::parse(from).zip(Address::parse(to));
                self.sheet.merged.extend(area.filter(|(from, to)| from.row <= to.row && from.column <= to.column));
            }
            _ => {}
        }
        Ok(())
    }

    fn cell(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Failure> {
        let at = tag.attribute("r").and_then(|text| Address::parse(&text)).unwrap_or(self.next);
        self.next = Address { column: at.column + 1, ..at };
        let kind = tag.attribute("t").unwrap_or_default();
        let is_date = tag.attribute("s").and_then(|it| it.parse::<usize>().ok());
        let is_date = is_date.is_some_and(|format| self.shared.dates.get(format).copied().unwrap_or_default());
        let (mut value, mut inline, mut has_formula) = (None, None, false);
        while let Some(child) = xml.child()? {
            match child.name() {
                "v" => value = Some(xml.text()?),
                "is" => inline = Some(rich(xml)?),
                "f" => {
                    has_formula = true;
                    xml.skip()?;
                }
                _ => xml.skip()?,
            }
        }
        let value = value.filter(|value| !value.is_empty() || kind == "str");
        let held = match (kind.as_str(), value, inline) {
            ("inlineStr", _, Some(text)) => Some(Value::Text(text)),
            ("s", Some(index), _) => {
                let text = index.trim().parse::<usize>().ok().and_then(|at| self.shared.texts.get(at));
                let text = text.ok_or_else(|| {
                    refuse(format!("{at} of sheet “{}” refers to a text that isn't there", self.sheet.name))
                })?;
                Some(Value::Text(text.clone()))
            }
            ("str", Some(text), _) => Some(Value::Text(text)),
            ("b", Some(text), _) => Some(Value::Logical(text.trim() == "1" || text.trim() == "true")),
            ("e", Some(text), _) => Some(Value::Error(text)),
            ("d", Some(_), _) => Some(Value::Date),
            (_, Some(_), _) if is_date => Some(Value::Date),
            (_, Some(text), _) => Some(Value::Number(plain(&text))),
            (_, None, _) => has_formula.then_some(Value::Uncomputed),
        };
        let Some(held) = held.filter(|held| !matches!(held, Value::Text(text) if text.trim().is_empty())) else {
            return Ok(());
        };
        if !at.is_there() {
            return Err(refuse(format!("sheet “{}” has a cell where no sheet has one", self.sheet.name)));
        }
        let size = CELL + held.text().len();
        *self.left = self
            .left
            .checked_sub(size)
            .ok_or_else(|| refuse(format!("its cells hold more than {} MB, which no tables need", MOST >> 20)))?;
        if self.hides {
            self.sheet.hidden_rows.insert(at.row);
        }
        self.sheet.rows.entry(at.row).or_default().insert(at.column, held);
        Ok(())
    }
}

fn is_on(tag: &Tag<'_>, name: &str) -> bool {
    tag.attribute(name).is_some_and(|it| it == "1" || it == "true")
}

/// A number in as few figures as tell it from others: files have 0.30000000000000004 for what was typed as 0.3.
fn plain(text: &str) -> String {
    match text.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => {
            let short = format!("{number:.10}");
            let short = short.trim_end_matches('0').trim_end_matches('.');
            if number.abs() < 1e15 { short.to_owned() } else { format!("{number:e}") }
        }
        _ => text.trim().to_owned(),
    }
}
