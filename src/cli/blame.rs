//! `ctsd blame`: who said what, and when it came into force.

use super::common::{Common, open_as_of};
use super::date;
use super::report::Report;
use super::trouble::Trouble;
use ctsd::compose::{Blame, BlamedRow, BlamedSection, BlamedTable, Said, Words};
use ctsd::pipeline::tracing::Piece;

/// Say for each word, row and cell of a version which modification it comes from, and when that came into force
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Arguments {
    /// The version, such as 6.21
    #[arg(id = "of", value_name = "VERSION", required_unless_present = "as_of")]
    version: Option<String>,
    /// The version in force on that day, of those that VERSION rests on; of all, without VERSION
    #[arg(long, value_name = "DATE", value_parser = date::day)]
    as_of: Option<String>,
    /// Only this section, such as 5.4
    #[arg(long, value_name = "NUMBER", conflicts_with = "table")]
    section: Option<String>,
    /// Only this table, such as 8.1.8
    #[arg(long, value_name = "NUMBER")]
    table: Option<String>,
    /// Of that table, only the row of this key
    #[arg(long, value_name = "KEY", requires = "table")]
    row: Option<String>,
    /// As JSON, for machines
    #[arg(long)]
    json: bool,
}

/// How many characters of text stand on a line.
const WIDTH: usize = 76;

pub(super) fn run(arguments: &Arguments, common: &Common, report: &mut Report) -> Result<(), Trouble> {
    report.expects(1);
    let (desk, id) = open_as_of(arguments.version.as_deref(), arguments.as_of.as_deref(), common, report)?;
    let Arguments { section, table, row, .. } = arguments.clone();
    let blame = desk.blame(desk.version(&id)?, &Piece { section, table, row })?;
    if arguments.json {
        report.result(&serde_json::to_string_pretty(&blame).expect("plain data turns into JSON"));
    } else {
        Print::new(&blame, arguments.row.is_some()).all(&blame, report);
    }
    Ok(())
}

struct Print {
    /// Who said something, all of one width.
    names: Vec<String>,
    /// Whether each cell is to be seen.
    each_cell: bool,
}

impl Print {
    fn new(blame: &Blame, each_cell: bool) -> Self {
        let name = |said: &Said| match &said.through {
            Some(release) => format!("{} in {release}", said.by),
            None => said.by.clone(),
        };
        let names: Vec<String> = blame.said.iter().map(name).collect();
        let width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
        let day = |said: &Said| said.in_force.clone().unwrap_or_else(|| "-".to_owned());
        let line = |(name, said): (&String, &Said)| format!("{name:<width$}  {:<10}", day(said));
        Self { names: names.iter().zip(&blame.said).map(line).collect(), each_cell }
    }

    fn all(&self, blame: &Blame, report: &mut Report) {
        let mut first = true;
        let mut parted = |report: &mut Report| {
            if !std::mem::take(&mut first) {
                report.result("");
            }
        };
        for section in &blame.sections {
            parted(report);
            self.section(section, report);
        }
        for table in &blame.tables {
            parted(report);
            self.table(table, report);
        }
    }

    fn section(&self, section: &BlamedSection, report: &mut Report) {
        let heading: String = section.heading.iter().map(|words| words.text.as_str()).collect();
        report.result(&format!("Section {} {heading}", section.number.text));
        let heading = section.heading.iter().cloned();
        self.words(&joined(std::iter::once(section.number.clone()).chain(heading)), report);
        self.words(&section.body, report);
    }

    fn table(&self, table: &BlamedTable, report: &mut Report) {
        report.result(&format!("Table {} {}", table.number.text, table.title.text));
        self.words(&joined([table.number.clone(), table.title.clone()].into_iter()), report);
        // Rows that one version put there, of which no other changed a cell, are told together.
        let is_whole = |row: &BlamedRow| !self.each_cell && row.cells.iter().all(|cell| cell.words.said == row.said);
        let together = |a: &BlamedRow, b: &BlamedRow| a.said == b.said && is_whole(a) && is_whole(b);
        for rows in table.rows.chunk_by(together) {
            let [first, .., last] = rows else {
                rows.iter().for_each(|row| self.row(row, report));
                continue;
            };
            self.line(first.said, &format!("rows {} to {} ({})", first.key, last.key, rows.len()), report);
        }
    }

    fn row(&self, row: &BlamedRow, report: &mut Report) {
        self.line(row.said, &format!("row {}", row.key), report);
        for cell in row.cells.iter().filter(|cell| self.each_cell || cell.words.said != row.said) {
            self.line(cell.words.said, &format!("    {}: {}", cell.column, cell.words.text), report);
        }
    }

    /// A line for each stretch of words of one version, as far as it goes on one line of the text.
    fn words(&self, runs: &[Words], report: &mut Report) {
        for run in runs {
            for line in run.text.split('\n').filter(|line| !line.trim().is_empty()) {
                wrapped(line.trim()).iter().for_each(|line| self.line(run.said, line, report));
            }
        }
    }

    fn line(&self, said: usize, text: &str, report: &mut Report) {
        let name = self.names.get(said).map_or("", String::as_str);
        report.result(&format!("  {name}  {text}"));
    }
}

/// A number and what stands after it, as stretches of one version.
fn joined(words: impl Iterator<Item = Words>) -> Vec<Words> {
    let mut joined: Vec<Words> = Vec::new();
    for (at, next) in words.enumerate() {
        match joined.last_mut().filter(|last| last.said == next.said) {
            Some(last) if at == 1 => last.text = format!("{} {}", last.text, next.text),
            Some(last) => last.text.push_str(&next.text),
            None => joined.push(next),
        }
    }
    joined
}

/// The words of a line on lines that a terminal holds.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(last) = lines.last_mut() else { break };
        match last.chars().count() + word.chars().count() < WIDTH || last.is_empty() {
            true if last.is_empty() => last.push_str(word),
            true => {
                last.push(' ');
                last.push_str(word);
            }
            false => lines.push(word.to_owned()),
        }
    }
    lines
}
