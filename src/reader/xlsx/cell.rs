//! A cell: where it stands, and what it holds.

use crate::diagnostic::Failure;
use crate::reader::xml::{Token, Xml};
use std::fmt;

/// Excel has no more rows.
const MOST_ROWS: u32 = 1 << 20;
/// Nor more columns.
const MOST_COLUMNS: u32 = 1 << 14;

/// Where a cell stands, from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// From the top.
    pub row: u32,
    /// From the left.
    pub column: u32,
}

impl Address {
    /// The address that is written so, such as `D14`; none, if no sheet has such a cell.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.replace('$', "");
        let digits = text.find(|c: char| c.is_ascii_digit())?;
        let (letters, row) = text.split_at(digits);
        if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|letter| letter.is_ascii_alphabetic()) {
            return None;
        }
        let column =
            letters.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A' + 1));
        let row: u32 = row.parse().ok()?;
        let is_there = (1..=MOST_ROWS).contains(&row) && column <= MOST_COLUMNS;
        is_there.then(|| Self { row: row - 1, column: column - 1 })
    }

    /// Whether any sheet has such a cell.
    pub(super) fn is_there(self) -> bool {
        self.row < MOST_ROWS && self.column < MOST_COLUMNS
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = Vec::new();
        let mut left = self.column + 1;
        while left > 0 {
            letters.push(char::from(b'A' + u8::try_from((left - 1) % 26).unwrap_or_default()));
            left = (left - 1) / 26;
        }
        let letters: String = letters.iter().rev().collect();
        write!(f, "{letters}{}", self.row + 1)
    }
}

/// What a cell holds; of a formula, what it came to when the workbook was saved.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A number, as it is shown without a format.
    Number(String),
    /// A number that the cell shows as a date or a time.
    Date,
    /// Whether something is so.
    Logical(bool),
    /// What is wrong, such as `#REF!`.
    Error(String),
    /// A formula that was saved without what it comes to.
    Uncomputed,
}

impl Value {
    /// Its words, as far as it has any.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Error(text) => text,
            Self::Logical(true) => "TRUE",
            Self::Logical(false) => "FALSE",
            Self::Date | Self::Uncomputed => "",
        }
    }
}

/// The words of the text that has just begun, without how they are to be pronounced.
pub(super) fn rich(xml: &mut Xml<'_>) -> Result<String, Failure> {
    let mut text = String::new();
    let mut open = 1;
    let mut in_words = false;
    while open > 0 {
        match xml.next()? {
            Token::Start(tag) if tag.name() == "rPh" => xml.skip()?,
            Token::Start(tag) => {
                in_words = tag.name() == "t";
                open += 1;
            }
            Token::End => {
                in_words = false;
                open -= 1;
            }
            Token::Text(piece) if in_words => text.push_str(&piece),
            Token::Text(_) => {}
            Token::Over => break,
        }
    }
    Ok(unescaped(&text))
}

/// Excel writes what XML can't say as `_x000D_`.
fn unescaped(text: &str) -> String {
    if !text.contains("_x") {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| rest[at + 6..].starts_with('_'));
        let letter = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        match letter {
            Some('\r') => rest = &rest[at + 7..],
            Some(letter) if letter == '\n' || letter == '\t' || !letter.is_control() => {
                plain.push(letter);
                rest = &rest[at + 7..];
            }
            _ => {
                plain.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::{Address, unescaped};

    #[test]
    fn addresses_are_read_as_they_are_written() {
        for text in ["A1", "D14", "Z2", "AA3", "AZ9", "XFD1048576"] {
            assert_eq!(Address::parse(text).unwrap().to_string(), text);
        }
        for none in ["", "A", "1", "A0", "XFE1", "A1048577", "AAAA1", "Ä1", "A1B", "A99999999999"] {
            assert_eq!(Address::parse(none), None, "{none}");
        }
    }

    #[test]
    fn what_xml_cannot_say_is_understood() {
        assert_eq!(unescaped("a_x000D_\nb_x005F_x0041_"), "a\nb_x0041_");
        assert_eq!(unescaped("_x"), "_x");
        assert_eq!(unescaped("_x00ä0_ _xD800_"), "_x00ä0_ _xD800_");
    }
}
