//! A full-size appendix and a modification that changes a twentieth of it, at any multiple of its size.
//!
//! A real one has 126 pages: 400 sections and 7 tables of 110 rows. A multiple has that many times the sections and
//! the tables, not larger ones. Everything follows from a count, so that every run measures the same text.
#![allow(dead_code, reason = "each bench uses its own part")]

use ctsd::document::Document;
use ctsd::pipeline::Desk;
use std::fmt::Write;
use std::fs;
use std::io::Result;
use std::path::Path;

pub const BASE: &str = "1.0";
pub const TARGET: &str = "MP1";

const CHAPTERS: usize = 20;
const SECTIONS_IN_CHAPTER: usize = 20;
const TABLES: usize = 7;
const ROWS: usize = 110;

/// One in so many sections is restated; and one in so many rows of a table is amended, inserted or removed.
const ONE_IN: usize = 20;

const WORDS: &[&str] = &[
    "the",
    "Party",
    "shall",
    "of",
    "Service",
    "Requests",
    "and",
    "User",
    "Role",
    "Testing",
    "Participant",
    "in",
    "accordance",
    "with",
    "Section",
    "H14",
    "to",
    "complete",
    "each",
    "test",
    "scenario",
    "evidence",
    "that",
    "DCC",
    "Release",
    "2.0",
    "functionality",
    "Device",
    "Devices",
    "SMETS1",
    "SMETS2+",
    "a",
    "is",
    "for",
    "any",
    "procedural",
    "step",
    "required",
    "approval",
    "results",
    "reporting",
    "Common",
    "Scenarios",
    "Document",
    "by",
    "respect",
    "not",
    "less",
    "than",
    "thirty",
    "(30)",
    "days",
    "‘Mandatory’",
    "as",
    "set",
    "out",
    "clause",
    "8.1.4",
    "executed",
    "environment",
    "production",
    "Eligible",
    "must",
    "relevant",
    "criteria",
    "entry",
    "exit",
    "scripts",
    "data",
    "where",
    "indicated",
    "N/A",
    "CV",
    "column",
    "DUIS",
    "User’s",
    "Communications",
    "Hub",
    "single",
    "band",
    "dual",
    "non-critical",
    "command",
    "variant",
    "successful",
    "execution",
    "following",
    "routes",
    "prior",
    "submitted",
];

const APPLICABILITIES: &[&str] = &["Mandatory", "Mandatory SMETS 2", "Mandatory SMETS1"];

/// What the sections are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bodies {
    /// Paragraphs and bullets, as the appendix has them.
    Plain,
    /// As many words, of which some stand in labels, notes, tables with joined cells, definitions and clauses, and figures
    /// among them.
    Constructs,
}

/// Writes the content of the appendix, so many times full size, below `root`.
pub fn write_content(root: &Path, times: usize, bodies: Bodies) -> Result<()> {
    write_sized(root, CHAPTERS * times, TABLES * times, bodies)
}

/// Writes the content of an appendix of so many chapters and tables below `root`; no chapter gets two tables.
pub fn write_sized(root: &Path, chapters: usize, tables: usize, bodies: Bodies) -> Result<()> {
    let tables = tables.min(chapters);
    let content = root.join("content");
    for folder in ["1.0/sections", "1.0/tables", "mp1/sections", "mp1/tables"] {
        fs::create_dir_all(content.join(folder))?;
    }
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("content/appendix.yaml"), content.join("appendix.yaml"))?;
    let base = "id: \"1.0\"\nname: Version 1.0\nclassification: White\ndate: \"2026-01-01\"\n";
    fs::write(content.join("1.0/version.yaml"), base)?;
    let target = "id: MP1\nname: MP1\nbase: \"1.0\"\ntitle: Changes to one part in twenty\nclassification: White\n";
    fs::write(content.join("mp1/version.yaml"), format!("{target}date: \"2026-02-01\"\n"))?;
    let section = match bodies {
        Bodies::Plain => section,
        Bodies::Constructs => {
            let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/another/content/figures/flow.png");
            fs::create_dir_all(content.join("figures"))?;
            fs::copy(picture, content.join("figures/flow.png"))?;
            made_of_constructs
        }
    };
    for chapter in 1..=chapters {
        for place in 0..SECTIONS_IN_CHAPTER {
            let number = if place == 0 { chapter.to_string() } else { format!("{chapter}.{place}") };
            let seed = chapter * SECTIONS_IN_CHAPTER + place;
            fs::write(content.join(format!("1.0/sections/{number}.yaml")), section(&number, seed, false))?;
            if seed % ONE_IN == chapter % ONE_IN {
                fs::write(content.join(format!("mp1/sections/{number}.yaml")), section(&number, seed, true))?;
            }
        }
    }
    for table in 1..=tables {
        // After the sections of its chapter.
        let number = format!("{}.{}", 1 + (table * chapters - 1) / tables, SECTIONS_IN_CHAPTER);
        fs::write(content.join(format!("1.0/tables/{number}.yaml")), whole_table(&number, table))?;
        fs::write(content.join(format!("mp1/tables/{number}.yaml")), changed_table(&number, table))?;
    }
    Ok(())
}

/// The desk of a content folder in a temporary place, which is deleted.
pub fn desk(times: usize) -> Desk {
    let root = tempfile::tempdir().expect("there is a place for temporary files");
    write_content(root.path(), times, Bodies::Plain).expect("the content can be written");
    Desk::open(root.path()).expect("the generated content is right")
}

/// The clean documents of both versions.
pub fn documents(desk: &Desk) -> (Document, Document) {
    let document = |id: &str| {
        let version = desk.project.version(id).expect("the version is there");
        desk.document(version).expect("the generated content is right")
    };
    (document(BASE), document(TARGET))
}

fn section(number: &str, seed: usize, changed: bool) -> String {
    let mut words = Words::new(seed);
    let mut text = format!("section: \"{number}\"\nheading: {}\nbody: |\n", words.some(4));
    let _ = writeln!(text, "  {}.\n", words.some(15));
    for item in 0..2 {
        let change = if changed && item == 1 { " (other than a Testing Participant)" } else { "" };
        let _ = writeln!(text, "  - {}{change};", words.some(12));
    }
    let _ = writeln!(text, "\n  {}.", words.some(13));
    if changed {
        let _ = writeln!(text, "\n  {}.", words.some(14));
    }
    text
}

fn made_of_constructs(number: &str, seed: usize, changed: bool) -> String {
    let mut words = Words::new(seed);
    let change = if changed { " (other than a Testing Participant)" } else { "" };
    let mut text = format!("section: \"{number}\"\n");
    let is_clause = seed % 4 == 1;
    if !is_clause {
        let _ = writeln!(text, "heading: {}", words.some(4));
    }
    text.push_str("body: |\n");
    let note = if seed % 5 == 2 { "[^1]" } else { "" };
    let _ = writeln!(text, "  {} m^3^{note}:\n", words.some(15));
    let (first, inner, second) = (words.some(6), words.some(6), words.some(12));
    match seed % 4 {
        0 => {
            let _ = writeln!(text, "  (a) {first}:\n\n      (i) {inner}; and\n      (ii) {second}{change}.\n");
        }
        1 => {
            let _ = writeln!(text, "  (a) {first}{change}; and\n  (b) {inner}.\n\n  {second}.\n");
        }
        2 => {
            let _ = writeln!(text, "  {first}\n  : {inner}, and {second}{change}.\n");
        }
        _ => {
            text.push_str("  <!-- ctsd:table header-column widths=2,1,1 -->\n  | What | When | < |\n  |---|:-:|:-:|\n");
            let _ = writeln!(text, "  | {first} | {inner} | thirty |\n  | {second}{change} | ten | ^ |\n");
        }
    }
    if seed % 40 == 5 {
        let _ = writeln!(text, "  ![the way of a test](figures/flow.png)\n  Figure: {}\n", words.some(4));
    }
    let _ = writeln!(text, "  {}.", words.some(13));
    if !note.is_empty() {
        let _ = writeln!(text, "\n  [^1]: {}.", words.some(8));
    }
    text
}

fn whole_table(number: &str, table: usize) -> String {
    let mut text = format!("table: \"{number}\"\nrole: ED\nrows:\n");
    for row in 0..ROWS {
        let _ = writeln!(text, "  - {}", self::row(row, table, ""));
    }
    text
}

fn changed_table(number: &str, table: usize) -> String {
    let places = || (0..ROWS).step_by(3 * ONE_IN);
    let mut text = format!("table: \"{number}\"\ninsert:\n");
    for row in places() {
        let new = self::row(row, table + 1, "9");
        let _ = writeln!(text, "  - after: \"{}\"\n    rows:\n      - {new}", variant(row + 10));
    }
    text.push_str("amend:\n");
    for row in places() {
        let amended = "cv: { 2: Mandatory SMETS1, 7: Mandatory }";
        let _ = writeln!(text, "  - {{ row: \"{}\", name: Another name, {amended} }}", variant(row + 20));
    }
    text.push_str("remove:\n");
    for row in places() {
        let _ = writeln!(text, "  - \"{}\"", variant(row + 30));
    }
    text
}

fn row(row: usize, table: usize, suffix: &str) -> String {
    let mut words = Words::new(table * ROWS + row);
    let variant = variant(row);
    let reference = variant.rsplit_once('.').map_or("", |(reference, _)| reference);
    let mut cells = Vec::new();
    for column in 1..=10 {
        if words.below(4) == 0 {
            cells.push(format!("{column}: {}", APPLICABILITIES[words.below(APPLICABILITIES.len())]));
        }
    }
    let (name, cells) = (words.some(5), cells.join(", "));
    format!(
        "{{ reference: \"{reference}\", variant: \"{variant}{suffix}\", name: {name}, critical: false, cv: {{ {cells} }} }}"
    )
}

fn variant(row: usize) -> String {
    format!("{}.{}.{}", 1 + row / 30, 1 + row / 5 % 6, 1 + row % 5)
}

/// Words in an order that only follows from the seed.
pub struct Words(u64);

impl Words {
    pub fn new(seed: usize) -> Self {
        Self(seed as u64 ^ 0x9E37_79B9_7F4A_7C15)
    }

    /// A number below `end`: a linear congruential generator's upper bits, by Knuth's constants.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }

    /// So many words, the first with a letter that YAML and Markdown take for text.
    pub fn some(&mut self, count: usize) -> String {
        let mut text = "Each".to_owned();
        for _ in 1..count {
            text.push(' ');
            text.push_str(WORDS[self.below(WORDS.len())]);
        }
        text
    }
}
