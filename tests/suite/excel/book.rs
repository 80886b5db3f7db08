//! Another reading of workbooks than the desk's, part by part, and another reckoning of the formulas that they hold.

use crate::common::docx::{Node, parse, part, parts};
use std::collections::BTreeMap;

/// A sheet, as its parts say.
#[derive(Debug)]
pub struct Sheet {
    pub name: String,
    /// By row and column, from 0.
    pub cells: BTreeMap<(u32, u32), Cell>,
    pub xml: Node,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    /// Whether it is a number, as Excel sees it.
    pub is_number: bool,
    pub formula: Option<String>,
}

fn words(node: &Node) -> String {
    let own = if node.name == "t" { node.text.clone() } else { String::new() };
    own + &node.children.iter().map(words).collect::<String>()
}

/// Row and column, from 0, of an address such as `C7`.
pub fn place(address: &str) -> (u32, u32) {
    let address = address.replace('$', "");
    let digits = address.find(|c: char| c.is_ascii_digit()).expect("a row");
    let column = address[..digits].bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A' + 1));
    (address[digits..].parse::<u32>().expect("a row") - 1, column - 1)
}

/// The sheets of a workbook, in their order.
pub fn sheets(file: &[u8]) -> Vec<Sheet> {
    let parts = parts(file);
    let shared = parts.get("xl/sharedStrings.xml").map(|xml| parse(xml));
    let texts: Vec<String> = shared.iter().flat_map(|node| &node.children).map(words).collect();
    let book = part(file, "xl/workbook.xml");
    let names = book.named("sheet").into_iter().map(|sheet| sheet.attributes["name"].clone());
    (1..)
        .zip(names)
        .map(|(at, name)| {
            let xml = part(file, &format!("xl/worksheets/sheet{at}.xml"));
            let cells =
                xml.named("c").into_iter().map(|cell| (place(&cell.attributes["r"]), read(cell, &texts))).collect();
            Sheet { name, cells, xml }
        })
        .collect()
}

fn read(cell: &Node, texts: &[String]) -> Cell {
    let kind = cell.attributes.get("t").map(String::as_str);
    let value = cell.child("v").map(|value| value.text.clone()).unwrap_or_default();
    let text = match kind {
        Some("s") => texts[value.parse::<usize>().expect("an index")].clone(),
        _ => value,
    };
    let formula = cell.child("f").map(|formula| formula.text.clone());
    Cell { is_number: kind.is_none() && !text.is_empty(), text, formula }
}

impl Sheet {
    pub fn text(&self, row: u32, column: u32) -> &str {
        self.cells.get(&(row, column)).map_or("", |cell| &cell.text)
    }

    /// The texts of the rows, without what is empty at their ends.
    pub fn rows(&self) -> Vec<Vec<&str>> {
        let last = self.cells.keys().map(|(row, _)| row + 1).max().unwrap_or_default();
        let wide = self.cells.keys().map(|(_, column)| column + 1).max().unwrap_or_default();
        (0..last).map(|row| (0..wide).map(|column| self.text(row, column)).collect()).collect()
    }

    /// What a formula comes to, of those that the count rows have.
    pub fn reckoned(&self, formula: &str) -> String {
        if let Some((words, rest)) = formula.strip_prefix('"').and_then(|rest| rest.split_once("\"&")) {
            return words.to_owned() + &self.reckoned(rest);
        }
        let mut sum = 0;
        let mut rest = formula;
        while !rest.is_empty() {
            rest = rest.trim_start_matches('+');
            if let Some(inside) = rest.strip_prefix("COUNTIF(") {
                let (range, after) = inside.split_once(",\"").expect("a criterion");
                let (criterion, after) = after.split_once("\")").expect("its end");
                sum += self.range(range).filter(|text| text.eq_ignore_ascii_case(criterion)).count() as u64;
                rest = after;
            } else if let Some(inside) = rest.strip_prefix("SUM(") {
                let (range, after) = inside.split_once(')').expect("its end");
                sum += self.range(range).map(|text| text.parse::<u64>().unwrap_or_default()).sum::<u64>();
                rest = after;
            } else {
                let end = rest.find('+').unwrap_or(rest.len());
                sum += rest[..end].parse::<u64>().expect("a figure");
                rest = &rest[end..];
            }
        }
        sum.to_string()
    }

    fn range(&self, range: &str) -> impl Iterator<Item = &str> {
        let (from, to) = range.split_once(':').expect("a range");
        let ((first, left), (last, right)) = (place(from), place(to));
        (first..=last).flat_map(move |row| (left..=right).map(move |column| self.text(row, column)))
    }
}
