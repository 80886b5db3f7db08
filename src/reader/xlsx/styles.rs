//! Which of a workbook's formats show a number as a date.

use crate::diagnostic::Failure;
use crate::reader::xml::{Token, Xml};
use std::collections::BTreeMap;

/// Of each format of cells, whether it shows a date or a time.
pub(super) fn dates(text: &str, part: &str) -> Result<Vec<bool>, Failure> {
    let mut xml = Xml::new(text, part);
    let mut own: BTreeMap<u32, bool> = BTreeMap::new();
    let mut formats = Vec::new();
    let mut of_cells = false;
    loop {
        match xml.next()? {
            Token::Start(tag) => {
                let number = tag.attribute("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                match tag.name() {
                    "numFmt" => drop(own.insert(number, shows_date(&tag.attribute("formatCode").unwrap_or_default()))),
                    "cellXfs" => of_cells = true,
                    "cellStyleXfs" | "cellStyles" | "dxfs" => of_cells = false,
                    "xf" if of_cells => formats.push(own.get(&number).copied().unwrap_or_else(|| is_built_in(number))),
                    _ => {}
                }
            }
            Token::Over => return Ok(formats),
            _ => {}
        }
    }
}

/// The formats that every program knows by their numbers.
fn is_built_in(number: u32) -> bool {
    matches!(number, 14..=22 | 27..=36 | 45..=47 | 50..=58)
}

/// Whether a format has letters of dates outside its quoted words and its brackets.
fn shows_date(code: &str) -> bool {
    let mut letters = code.chars();
    let mut depth = 0;
    while let Some(letter) = letters.next() {
        match letter {
            '"' => drop(letters.by_ref().find(|c| *c == '"')),
            '\\' | '_' | '*' => drop(letters.next()),
            '[' => depth += 1,
            ']' => depth -= 1,
            'd' | 'm' | 'y' | 'h' | 's' | 'D' | 'M' | 'Y' | 'H' | 'S' if depth == 0 => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::shows_date;

    #[test]
    fn dates_are_known_by_their_letters() {
        for code in ["dd/mm/yyyy", "[$-809]d mmmm yyyy", "h:mm"] {
            assert!(shows_date(code), "{code}");
        }
        for code in ["General", "0.00", "@", "\"days\" 0", "[Red]0", "#,##0_d"] {
            assert!(!shows_date(code), "{code}");
        }
    }
}
