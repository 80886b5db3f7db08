//! The instructions of a change document, carried out by hand: whoever has the base and the document before them, reads
//! each instruction and what is shown under it, and does what they say in their order, has the target.
//!
//! This is a second opinion: it knows nothing of how instructions are made, and reads their words alone.

use crate::common::config;
use ctsd::document::{
    Block, Document, Kind, PartKind, RowKind, Table, TableRow, TextRole, accept, markdown, parts, reject,
};
use ctsd::files::Root;
use ctsd::model::{Version, natural};
use ctsd::pipeline::{Desk, Format, Options};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A section or table on the desk.
#[derive(Clone, Debug)]
struct Item {
    kind: PartKind,
    /// What it is called by: its number in the base, or the one that it was inserted under.
    label: String,
    is_new: bool,
    blocks: Vec<Block>,
}

fn number(blocks: &[Block]) -> String {
    let Some(Block::Paragraph(first)) = blocks.first() else { return String::new() };
    let text = first.text();
    let words = text.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    words.unwrap_or_default().to_owned()
}

fn items(document: &Document, is_new: bool) -> Vec<Item> {
    let item = |part: ctsd::document::Part| {
        let blocks = document.blocks[part.blocks.clone()].to_vec();
        Item { kind: part.kind, label: number(&blocks), is_new, blocks }
    };
    parts(document).into_iter().map(item).collect()
}

/// What is to be done, without whose it is.
fn without_names(instruction: &str) -> String {
    match instruction.rsplit_once(" (") {
        Some((words, names)) if words.ends_with([':', '.']) && names.ends_with(')') => words.to_owned(),
        _ => instruction.to_owned(),
    }
}

/// What stands on the desk while the instructions are carried out.
struct Hand {
    items: Vec<Item>,
    /// New numbers of sections and tables, by those in the base.
    numbers: BTreeMap<(PartKind, String), String>,
}

/// An instruction, and what is shown under it.
struct Told {
    instruction: String,
    shown: Document,
}

fn told(document: &Document) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(p) if p.kind.now == Kind::Role(TextRole::Instruction) => {
                told.push(Told { instruction: without_names(&p.text()), shown: Document::default() });
            }
            _ => {
                if let Some(last) = told.last_mut() {
                    last.shown.blocks.push(block.clone());
                }
            }
        }
    }
    told
}

fn is_below(number: &str, other: &str) -> bool {
    number.strip_prefix(other).is_some_and(|rest| rest.starts_with('.'))
}

/// “new Section 5.2” or “Table 8.1.8” at the head of some words, and what follows it.
fn name(words: &str) -> Option<((PartKind, String, bool), &str)> {
    let (words, is_new) = words.strip_prefix("new ").map_or((words, false), |rest| (rest, true));
    let (kind, rest) = match words.strip_prefix("Section ") {
        Some(rest) => (PartKind::Section, rest),
        None => (PartKind::Table, words.strip_prefix("Table ")?),
    };
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(rest.len());
    let number = rest[..end].trim_end_matches('.');
    Some(((kind, number.to_owned(), is_new), &rest[number.len()..]))
}

impl Hand {
    fn find(&self, (kind, label, is_new): &(PartKind, String, bool)) -> Result<usize, String> {
        let is_it = |item: &Item| item.kind == *kind && item.label == *label && item.is_new == *is_new;
        self.items.iter().position(is_it).ok_or(format!("there is no {kind:?} {label} (new: {is_new})"))
    }

    /// How many items stand within the one at `at`.
    fn within(&self, at: usize) -> usize {
        if self.items[at].kind == PartKind::Table {
            return 0;
        }
        self.items[at + 1..].iter().take_while(|item| is_below(&item.label, &self.items[at].label)).count()
    }

    /// Where something goes, and the words that follow.
    fn place<'w>(&self, words: &'w str, number: &str) -> Result<(usize, &'w str), String> {
        let strip = |phrases: [&str; 2]| phrases.iter().find_map(|phrase| words.strip_prefix(phrase));
        if let Some(rest) = strip([" at the beginning of ", " to the beginning of "]) {
            let (other, rest) = name(rest).ok_or("no name")?;
            return Ok((self.find(&other)? + 1, rest));
        }
        if let Some(rest) = strip([" at the beginning", " to the beginning"]) {
            return Ok((0, rest));
        }
        if let Some(rest) = strip([" at the end", " to the end"]) {
            return Ok((self.items.len(), rest));
        }
        if let Some(rest) = strip([" in its place in numerical order", " to its place in numerical order"]) {
            let below = self.items.iter().enumerate().filter(|(_, item)| natural(&item.label, number).is_lt());
            let greatest = below.max_by(|(_, a), (_, b)| natural(&a.label, &b.label));
            return Ok((greatest.map_or(0, |(at, _)| at + 1), rest));
        }
        if let Some(rest) = words.strip_prefix(" after ") {
            let (other, rest) = name(rest).ok_or("no name")?;
            let at = self.find(&other)?;
            return Ok((at + 1 + self.within(at), rest));
        }
        if let Some(rest) = words.strip_prefix(" before ") {
            let (other, rest) = name(rest).ok_or("no name")?;
            return Ok((self.find(&other)?, rest));
        }
        Err(format!("no place in “{words}”"))
    }

    /// Does what one instruction says.
    fn carry_out(&mut self, Told { instruction, shown }: &Told) -> Result<(), String> {
        const REST: &str = ", but not what stands within it";
        if let Some(words) = instruction.strip_prefix("Insert ") {
            let ((_, number, _), rest) = name(words).ok_or("no name")?;
            let (at, rest) = self.place(rest, &number)?;
            self.items.splice(at..at, items(&accept(shown), true));
            return if rest == " as follows:" { Ok(()) } else { Err(format!("“{rest}” is left")) };
        }
        if let Some(words) = instruction.strip_prefix("Delete ") {
            let (named, rest) = name(words).ok_or("no name")?;
            let at = self.find(&named)?;
            let count = if rest.starts_with(REST) { 1 } else { self.within(at) + 1 };
            let gone: Vec<Vec<Block>> = self.items.drain(at..at + count).map(|item| item.blocks).collect();
            let struck: Vec<Vec<Block>> = items(&reject(shown), false).into_iter().map(|item| item.blocks).collect();
            let all = gone.iter().all(|blocks| struck.contains(blocks)) && struck.len() == gone.len();
            return if all { Ok(()) } else { Err("what is struck isn't what is deleted".to_owned()) };
        }
        if let Some(words) = instruction.strip_prefix("Move ") {
            let (named, rest) = name(words).ok_or("no name")?;
            let at = self.find(&named)?;
            let (count, rest) = match rest.strip_prefix(REST) {
                Some(rest) => (1, rest.strip_prefix(',').ok_or("no comma")?),
                None => (self.within(at) + 1, rest),
            };
            let block: Vec<Item> = self.items.drain(at..at + count).collect();
            let (to, rest) = self.place(rest, &named.1)?;
            self.items.splice(to..to, block);
            if let Some(rest) = rest.strip_prefix(" and renumber it as ").or(rest.strip_prefix(", renumber it as ")) {
                let ((_, to, _), _) = name(rest).ok_or("no name")?;
                self.numbers.insert((named.0, named.1), to);
            }
            return self.amend(instruction, shown);
        }
        if let Some(words) = instruction.strip_prefix("Renumber Sections ") {
            let words: Vec<&str> = words.trim_end_matches('.').split(' ').collect();
            let [first, "and" | "to", last, "as", "Sections", to, "and" | "to", end] = words[..] else {
                return Err("no row of sections".to_owned());
            };
            return self.renumber_row((first, last), (to, end));
        }
        if let Some(words) = instruction.strip_prefix("Renumber ") {
            let ((kind, from, _), rest) = name(words).ok_or("no name")?;
            let ((_, to, _), _) = name(rest.strip_prefix(" as ").ok_or("no “as”")?).ok_or("no name")?;
            self.numbers.insert((kind, from), to);
            return self.amend(instruction, shown);
        }
        if instruction.contains(" keeps its number") {
            let ((kind, number, _), _) = name(instruction).ok_or("no name")?;
            self.numbers.insert((kind, number.clone()), number);
            return self.amend(instruction, shown);
        }
        if instruction.starts_with("Amend Table ") {
            let ((_, number, _), rest) = name(&instruction["Amend ".len()..]).ok_or("no name")?;
            let at = self.find(&(PartKind::Table, number, false))?;
            if let Some(deeds) = rest.strip_prefix(" as follows: ") {
                rows_by_hand(&self.items[at].blocks, deeds, shown)?;
            }
            return self.amend(instruction, shown);
        }
        if instruction.starts_with("Amend ") { self.amend(instruction, shown) } else { Err("unknown".to_owned()) }
    }

    /// Every section between two, of those that stood side by side in the base, goes on by as much as the first.
    fn renumber_row(&mut self, (first, last): (&str, &str), (to, end): (&str, &str)) -> Result<(), String> {
        let split = |number: &str| -> (String, String) {
            let (above, last) = number.rsplit_once('.').unwrap_or(("", number));
            (above.to_owned(), last.to_owned())
        };
        let figure = |last: &str| last.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<i64>().unwrap();
        let ((above, from), (new_above, to)) = (split(first), split(to));
        let step = figure(&to) - figure(&from);
        for item in self.items.iter().filter(|item| !item.is_new && item.kind == PartKind::Section) {
            let (parent, own) = split(&item.label);
            let between = !natural(&item.label, first).is_lt() && !natural(&item.label, last).is_gt();
            if parent == above && between {
                let letters = own.trim_start_matches(|c: char| c.is_ascii_digit());
                let number = format!("{}{letters}", figure(&own) + step);
                let number = if new_above.is_empty() { number } else { format!("{new_above}.{number}") };
                self.numbers.insert((PartKind::Section, item.label.clone()), number);
            }
        }
        if self.numbers.get(&(PartKind::Section, last.to_owned())).is_some_and(|number| number == end) {
            Ok(())
        } else {
            Err("another end".to_owned())
        }
    }

    /// Takes over what is shown, part by part; the words must say that something is.
    fn amend(&mut self, instruction: &str, shown: &Document) -> Result<(), String> {
        if instruction.contains("the title page") {
            return Ok(());
        }
        let is_amended = instruction.contains("as follows:");
        let (old, new) = (items(&reject(shown), false), items(&accept(shown), false));
        if old.len() != new.len() || (is_amended && old.is_empty()) {
            return Err("what is shown isn't of the same parts".to_owned());
        }
        for (old, new) in old.into_iter().zip(new).filter(|_| is_amended) {
            let at = self.find(&(old.kind, old.label.clone(), false))?;
            if self.items[at].blocks != old.blocks {
                return Err(format!("what is shown of {} isn't what stands there", old.label));
            }
            self.items[at].blocks = new.blocks;
        }
        Ok(())
    }

    /// What is on the desk once the new numbers are written in.
    fn done(self) -> Vec<Vec<Block>> {
        let Self { items, numbers } = self;
        let new_number = |kind: PartKind, label: &str| {
            let mut above = label;
            loop {
                if let Some(to) = numbers.get(&(kind, above.to_owned())) {
                    return format!("{to}{}", &label[above.len()..]);
                }
                match above.rsplit_once('.') {
                    Some((shorter, _)) if kind == PartKind::Section => above = shorter,
                    _ => return label.to_owned(),
                }
            }
        };
        let finished = |item: Item| {
            let mut blocks = item.blocks;
            if !item.is_new
                && let Some(Block::Paragraph(heading)) = blocks.first_mut()
            {
                let to = new_number(item.kind, &item.label);
                let was = number(&[Block::Paragraph(heading.clone())]);
                if let Some(run) = heading.runs.first_mut() {
                    run.text = run.text.replacen(&was, &to, 1);
                }
                if let Kind::Heading { level, .. } = &mut heading.kind.now {
                    *level = u8::try_from(to.split('.').count()).unwrap();
                }
            }
            blocks
        };
        items.into_iter().map(finished).collect()
    }
}

/// Does to the rows of a table what an instruction says, and holds that against what is shown.
fn rows_by_hand(blocks: &[Block], deeds: &str, shown: &Document) -> Result<(), String> {
    let table = |blocks: &[Block]| -> Option<Table> {
        blocks.iter().find_map(|block| if let Block::Table(table) = block { Some(table.clone()) } else { None })
    };
    let (Some(old), Some(new)) = (table(blocks), table(&accept(shown).blocks)) else { return Ok(()) };
    let variant = |row: &TableRow| -> String { row.cells[1].runs.iter().map(|run| run.text.as_str()).collect() };
    let data = |table: &Table| -> Vec<TableRow> {
        table.rows.iter().filter(|row| row.kind == RowKind::Data).cloned().collect()
    };
    let target = data(&new);
    let mut rows = data(&old);
    let find = |rows: &[TableRow], name: &str| -> Result<usize, String> {
        let (name, nth) = match name.split_once(" (no. ") {
            Some((name, nth)) => (name, nth.trim_end_matches(')').parse().unwrap()),
            None => (name, 1),
        };
        let alike: Vec<usize> = (0..rows.len()).filter(|&at| variant(&rows[at]) == name).collect();
        match alike.as_slice() {
            [one] if nth == 1 => Ok(*one),
            several => several.get(nth - 1).copied().ok_or(format!("no row {name}, no. {nth}")),
        }
    };
    let names = |list: &str| -> Vec<String> {
        let list = list.trim_start_matches("rows ").trim_start_matches("row ");
        list.replace(" and ", ", ").split(", ").map(str::to_owned).collect()
    };
    let deeds = deeds.trim_end_matches('.').replace(", and ", ", ").replace("insert two rows", "insert 2 rows");
    // A list of rows has commas in it too.
    let mut sentences: Vec<String> = Vec::new();
    for piece in deeds.split(", ") {
        match ["insert ", "delete ", "move ", "amend "].iter().any(|verb| piece.starts_with(verb)) {
            true => sentences.push(piece.to_owned()),
            false => {
                let last = sentences.last_mut().ok_or("no verb")?;
                let _ = write!(last, ", {piece}");
            }
        }
    }
    let place = |rows: &[TableRow], words: &str| -> Result<usize, String> {
        match words.strip_prefix("after row ") {
            Some(name) => Ok(find(rows, name)? + 1),
            None if words == "the beginning" => Ok(0),
            None => Err(format!("no place in “{words}”")),
        }
    };
    for sentence in &sentences {
        let (verb, words) = sentence.split_once(' ').ok_or("no verb")?;
        let (list, to) = words
            .split_once(" after ")
            .map(|(list, to)| (list, format!("after {to}")))
            .or(words.split_once(" at ").or(words.split_once(" to ")).map(|(list, to)| (list, to.to_owned())))
            .unwrap_or((words, String::new()));
        match verb {
            "insert" => {
                let at = place(&rows, &to)?;
                let count = match list.split_once(" rows ") {
                    Some((count, _)) if count.parse::<usize>().is_ok() => count.parse().unwrap(),
                    _ => names(list).len(),
                };
                let wanted: Vec<String> = match list.split_once(" rows ") {
                    Some((count, name)) if count.parse::<usize>().is_ok() => {
                        vec![name.to_owned(); count.parse().unwrap()]
                    }
                    _ => names(list),
                };
                let marked = shown.blocks.iter().find_map(|b| if let Block::Table(t) = b { Some(t) } else { None });
                let inserted: Vec<TableRow> = marked
                    .ok_or("no table")?
                    .rows
                    .windows(count)
                    .find(|rows| {
                        rows.iter().all(|row| row.mark == ctsd::document::Mark::Inserted)
                            && rows.iter().map(variant).eq(wanted.iter().cloned())
                    })
                    .ok_or("what is inserted isn't shown")?
                    .to_vec();
                let clean = |row: TableRow| target.iter().find(|own| own.key.now == row.key.now).cloned();
                rows.splice(at..at, inserted.into_iter().filter_map(clean));
            }
            "delete" => {
                let mut gone = names(list).iter().map(|name| find(&rows, name)).collect::<Result<Vec<_>, _>>()?;
                gone.sort_unstable();
                gone.into_iter().rev().for_each(|at| drop(rows.remove(at)));
            }
            "move" => {
                let from = names(list).iter().map(|name| find(&rows, name)).collect::<Result<Vec<_>, _>>()?;
                let block: Vec<TableRow> = from.iter().map(|&at| rows[at].clone()).collect();
                let anchor = to.strip_prefix("after row ").map(|name| find(&rows, name)).transpose()?;
                let anchor = anchor.map(|at| rows[at].clone());
                let mut sorted = from.clone();
                sorted.sort_unstable();
                sorted.into_iter().rev().for_each(|at| drop(rows.remove(at)));
                let at = anchor.map_or(0, |anchor| rows.iter().position(|row| *row == anchor).map_or(0, |at| at + 1));
                rows.splice(at..at, block);
            }
            "amend" if list.starts_with("row") => {
                let named = names(list).iter().map(|name| find(&rows, name)).collect::<Result<Vec<_>, _>>()?;
                for at in named {
                    rows[at] = target.get(at).cloned().ok_or("no such row")?;
                }
            }
            // What else is amended is shown, and no row moves by it.
            _ => {}
        }
    }
    let keys = |rows: &[TableRow]| -> Vec<(String, Vec<ctsd::document::Cell>)> {
        rows.iter().map(|row| (row.key.now.clone(), row.cells.clone())).collect()
    };
    let many =
        deeds.split(", ").any(|deed| deed.starts_with("amend ") && deed.ends_with(" rows") && !deed.contains("count"));
    if many || keys(&rows) == keys(&target) { Ok(()) } else { Err("the rows are others".to_owned()) }
}

fn carried_out(desk: &Desk, base: &Version, target: &Version) -> Result<(), String> {
    let options = Options { formats: vec![Format::Markdown], ..Options::default() };
    let files = desk.redline(base, target, &options).map_err(|failure| failure.to_string())?;
    let document = markdown::read(std::str::from_utf8(&files[0].bytes).unwrap()).unwrap();
    let clean = |version| desk.document(version).map_err(|failure| failure.to_string());
    let mut hand = Hand { items: items(&clean(base)?, false), numbers: BTreeMap::new() };
    let told = told(&document);
    let all: Vec<&str> = told.iter().map(|told| told.instruction.as_str()).collect();
    for told in &told {
        hand.carry_out(told).map_err(|wrong| format!("{wrong}: “{}”, of {all:#?}", told.instruction))?;
    }
    let (made, wanted) = (hand.done(), items(&clean(target)?, false));
    let wanted: Vec<Vec<Block>> = wanted.into_iter().map(|item| item.blocks).collect();
    let numbers = |parts: &[Vec<Block>]| parts.iter().map(|blocks| number(blocks)).collect::<Vec<_>>();
    match made == wanted {
        true => Ok(()),
        false if numbers(&made) != numbers(&wanted) => {
            Err(format!("{:?} for {:?}: {all:#?}", numbers(&made), numbers(&wanted)))
        }
        false => Err(format!("another text: {all:#?}")),
    }
}

const BASE: [&str; 13] = ["1", "1.1", "1.2", "1.2.1", "1.2.2", "2", "2.1", "2.2", "2.3", "3", "3.1", "3.1.1", "4"];
const TABLES: [&str; 3] = ["2.2.1", "3.2", "5.1"];

/// What one drafter does to one section or row.
#[derive(Clone, Debug)]
enum Deed {
    Heading,
    Body,
    Delete { close_up: bool },
    Renumber(usize),
    Move { beside: usize, after: bool, heading: bool },
    MoveAndRenumber { beside: usize, to: usize },
    Insert(usize),
    InsertTable(usize),
    DeleteTable,
    Row(RowDeed),
}

#[derive(Clone, Debug)]
enum RowDeed {
    Amend,
    Name,
    Insert(usize),
    Remove,
    Move { beside: usize, after: bool },
}

/// Numbers that sections are given: some that there are, and some that there aren't.
const NUMBERS: [&str; 20] = [
    "1", "1.1", "1.2", "1.3", "1.2.1", "1.2.3", "2", "2.1", "2.2", "2.4", "2.1.1", "3", "3.1", "3.2", "3.1.1", "4",
    "5", "4.1", "9", "5.1.1",
];

fn deeds() -> impl Strategy<Value = BTreeMap<usize, Deed>> {
    let row = prop_oneof![
        Just(RowDeed::Amend),
        Just(RowDeed::Name),
        (0..5usize).prop_map(RowDeed::Insert),
        Just(RowDeed::Remove),
        (0..5usize, any::<bool>()).prop_map(|(beside, after)| RowDeed::Move { beside, after }),
    ];
    let deed = prop_oneof![
        1 => Just(Deed::Heading),
        2 => Just(Deed::Body),
        3 => any::<bool>().prop_map(|close_up| Deed::Delete { close_up }),
        3 => (0..NUMBERS.len()).prop_map(Deed::Renumber),
        4 => (0..BASE.len() + TABLES.len(), any::<bool>(), any::<bool>()).prop_map(|(beside, after, heading)| Deed::Move { beside, after, heading }),
        1 => (0..BASE.len(), 0..NUMBERS.len()).prop_map(|(beside, to)| Deed::MoveAndRenumber { beside, to }),
        4 => (0..NUMBERS.len()).prop_map(Deed::Insert),
        1 => (0..NUMBERS.len()).prop_map(Deed::InsertTable),
        1 => Just(Deed::DeleteTable),
        4 => row.prop_map(Deed::Row),
    ];
    proptest::collection::btree_map(0..BASE.len(), deed, 1..6)
}

fn files(id: &str, base: &str, numbers: &[String], deeds: &BTreeMap<usize, Deed>) -> Vec<(String, String)> {
    let folder = id.to_lowercase();
    let mut files = vec![(format!("{folder}/version.yaml"), format!("id: {id}\nname: {id}\nbase: \"{base}\"\n"))];
    let mut rows: BTreeMap<&str, String> = BTreeMap::new();
    for (&at, deed) in deeds {
        let Some(number) = numbers.get(at % numbers.len().max(1)) else { continue };
        let beside = |beside: usize| &numbers[beside % numbers.len()];
        let own = format!("section: \"{number}\"\n");
        let heading = format!("heading: Heading of {number} by {id}\n");
        let row = at % 5 + 1;
        let text = match deed {
            Deed::Heading => format!("{own}{heading}"),
            Deed::Body => format!("{own}body: |\n  The text of {number} is that of {id}.\n\n  It says more.\n"),
            Deed::Delete { close_up } => format!("{own}delete: true\nclose_up: {close_up}\n"),
            Deed::Renumber(to) => format!("{own}renumber: \"{}\"\n", NUMBERS[*to]),
            Deed::Move { beside: other, after, heading: and } => {
                let side = if *after { "after" } else { "before" };
                let heading = if *and { heading.as_str() } else { "" };
                let place = match TABLES.get(other.wrapping_sub(BASE.len())) {
                    Some(table) => format!("{side}_table: \"{table}\""),
                    None => format!("{side}: \"{}\"", beside(*other)),
                };
                format!("{own}{heading}move: {{ {place} }}\n")
            }
            Deed::MoveAndRenumber { beside: other, to } => {
                format!("{own}renumber: \"{}\"\nmove: {{ after: \"{}\" }}\n", NUMBERS[*to], beside(*other))
            }
            Deed::Insert(to) => format!(
                "insert: \"{}\"\nid: new-{id}-{at}\nheading: New of {id} {at}\nbody: |\n  What {id} says anew in {at}.\n",
                NUMBERS[*to]
            ),
            Deed::InsertTable(to) => {
                let rows = "rows:\n  - { reference: \"1\", variant: \"1\", name: Some, critical: false }\n";
                let text = format!("insert_table: \"{}\"\nid: table-{id}-{at}\nrole: ED\n{rows}", NUMBERS[*to]);
                files.push((format!("{folder}/tables/new{at}.yaml"), text));
                continue;
            }
            Deed::DeleteTable => {
                let table = TABLES[at % TABLES.len()];
                if !rows.contains_key(table) {
                    files
                        .push((format!("{folder}/tables/{table}.yaml"), format!("table: \"{table}\"\ndelete: true\n")));
                }
                continue;
            }
            Deed::Row(deed) => {
                let table = TABLES[at % 2];
                let file = format!("{folder}/tables/{table}.yaml");
                if files.iter().any(|(path, _)| *path == file) {
                    continue;
                }
                let text = match deed {
                    RowDeed::Amend => format!("amend:\n  - {{ row: \"{row}\", cv: {{ 1: Mandatory }} }}\n"),
                    RowDeed::Name => format!("amend:\n  - {{ row: \"{row}\", name: Name by {id} }}\n"),
                    RowDeed::Remove => format!("remove: [\"{row}\"]\n"),
                    RowDeed::Insert(after) => format!(
                        "insert:\n  - after: \"{}\"\n    rows:\n      - {{ id: new-{id}-{at}, reference: \"7\", variant: new-{id}, name: New, critical: false }}\n      - {{ id: new-{id}-{at}-b, reference: \"7\", variant: new-{id}, name: Newer, critical: true }}\n",
                        after + 1
                    ),
                    RowDeed::Move { beside, after } => {
                        let side = if *after { "after" } else { "before" };
                        format!(
                            "move:\n  - {{ row: \"{row}\", {side}: \"{}\" }}\namend:\n  - {{ row: \"{row}\", critical: true }}\n",
                            beside + 1
                        )
                    }
                };
                rows.entry(table).or_insert(text);
                continue;
            }
        };
        files.push((format!("{folder}/sections/{at}.yaml"), text));
    }
    for (table, text) in rows {
        files.push((format!("{folder}/tables/{table}.yaml"), format!("table: \"{table}\"\n{text}")));
    }
    files
}

pub fn base() -> Vec<(String, String)> {
    let mut files = vec![("1.0/version.yaml".to_owned(), "id: \"1.0\"\nname: One\nclassification: White\n".to_owned())];
    for number in BASE {
        let text = format!(
            "section: \"{number}\"\nheading: Heading of {number}\nbody: |\n  The text of {number} stands here.\n\n  It says more.\n"
        );
        files.push((format!("1.0/sections/{number}.yaml"), text));
    }
    for table in TABLES {
        let row = |at: usize| {
            format!("  - {{ reference: \"{at}\", variant: \"{at}\", name: Name {at} of {table}, critical: false }}\n")
        };
        let rows: String = (1..6).map(row).collect();
        files.push((format!("1.0/tables/{table}.yaml"), format!("table: \"{table}\"\nrole: ED\nrows:\n{rows}")));
    }
    files
}

/// The desk with these files below `content`.
pub fn desk(files: Vec<(String, String)>) -> Desk {
    let words = include_bytes!("../../../content/appendix.yaml").to_vec();
    let mut all = BTreeMap::from([("content/appendix.yaml".to_owned(), words)]);
    all.extend(files.into_iter().map(|(path, text)| (format!("content/{path}"), text.into_bytes())));
    Desk::open_from(&Root::memory(all)).unwrap_or_else(|failure| panic!("{failure}"))
}

fn holds(desk: &Desk) -> Result<(), TestCaseError> {
    for base in &desk.project.versions {
        for target in &desk.project.versions {
            if let Err(wrong) = carried_out(desk, base, target) {
                return Err(TestCaseError::fail(format!("{} to {}: {wrong}", *base.id, *target.id)));
            }
        }
    }
    Ok(())
}

/// The files of a version and of modifications of it, one of them drafted against another.
pub fn drafted() -> impl Strategy<Value = Vec<(String, String)>> {
    (deeds(), deeds(), deeds(), any::<bool>()).prop_map(|(one, two, beside, is_extract)| {
        let numbers: Vec<String> = BASE.iter().map(|number| (*number).to_owned()).collect();
        let mut all = base();
        if is_extract {
            all[0].1.push_str("extract: Parts of it.\n");
            let left_out = ["1.0/sections/1.yaml", "1.0/sections/2.yaml", "1.0/sections/2.1.yaml"];
            all.retain(|(path, _)| !left_out.contains(&path.as_str()));
        }
        all.extend(files("M1", "1.0", &numbers, &one));
        all.extend(files("M3", "1.0", &numbers, &beside));
        let first = desk(all.clone());
        // A modification of the modification names sections by their numbers in that.
        if let Some(version) = first.project.version("m1") {
            let numbers: Vec<String> = version.sections().map(|section| section.number.value.clone()).collect();
            if !numbers.is_empty() {
                all.extend(files("M2", "M1", &numbers, &two));
            }
        }
        all
    })
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 400, ..config(60) })]

    #[test]
    fn instructions_carried_out_by_hand_give_the_target(all in drafted()) {
        holds(&desk(all))?;
    }
}
