//! The instructions of a change document: the lines that say what is done to the parts that it shows.

use super::grid::folded;
use crate::document::{Block, Kind, Paragraph, TextRole};
use crate::model::{Beside, Number};

/// What an instruction says is done to parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// What is shown comes in; somewhere, if it is said where.
    Insert { to: Option<Place> },
    /// A part goes, with what stands within it, or alone.
    Delete { part: Named, is_alone: bool },
    /// A part stands elsewhere, with what stands within it, or alone.
    Move { part: Named, is_alone: bool, to: Place },
    /// A part has another number, or keeps its own where what it stands within gets another.
    Renumber { part: Named, to: String },
    /// Sections that follow each other have other numbers.
    RenumberAll { from: String, through: String, to: String },
}

/// A part that an instruction speaks of: by its number in the base, or if it is new by the one that it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub is_table: bool,
    pub number: String,
    pub is_new: bool,
}

/// Where a part shall stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Beside another.
    Beside(Beside, Named),
    /// In front of all that stands in another.
    FirstIn(Named),
    /// In front of all.
    Start,
    /// Behind all.
    End,
    /// Where its number belongs.
    InOrder,
}

/// An instruction and what is shown under it.
pub(super) struct Instruction {
    pub deeds: Vec<Deed>,
    /// How many parts were shown before it.
    pub first: usize,
}

const VERBS: [&str; 9] = ["amend", "insert", "delete", "move", "renumber", "add", "replace", "remove", "substitute"];
/// Longer ones are text that happens to begin so.
const LONGEST: usize = 60;

/// Whether a document shows only the parts that it amends, each under what is done to it.
pub(super) fn are_in(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::Paragraph(paragraph) => {
            let stands_over_a_table = paragraph.kind.now == Kind::Role(TextRole::Caption);
            let leads_in = || stands_over_a_table || folded(&paragraph.text()).ends_with("as follows:");
            is_marked(paragraph) || (is_one(paragraph) && leads_in())
        }
        _ => false,
    })
}

fn is_marked(paragraph: &Paragraph) -> bool {
    paragraph.kind.now == Kind::Role(TextRole::Instruction)
}

/// Whether a paragraph of such a document says what is done to a part: “Amend Section 5.4 as follows:”.
pub(super) fn is_one(paragraph: &Paragraph) -> bool {
    if is_marked(paragraph) {
        return true;
    }
    let text = paragraph.text();
    let words = words(&text);
    let is_verb = |word: &&str| VERBS.contains(&word.to_lowercase().as_str());
    let is_whole = || text.trim_end().ends_with([':', '.']) && words.first().is_some_and(is_verb);
    let names = names(&words);
    let Some((named, _)) = names.first().filter(|_| words.len() <= LONGEST) else { return false };
    match paragraph.kind.now {
        Kind::Body | Kind::Heading { .. } => is_whole(),
        // Where the table under it goes with its caption, it has the look of that, whatever somebody typed into it.
        Kind::Role(TextRole::Caption) => words[..*named].iter().any(is_verb),
        _ => false,
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().map(|word| word.trim_matches([',', ';', ':', '(', ')', '‘', '’', '“', '”'])).collect()
}

/// Where words name parts, and which.
fn names(words: &[&str]) -> Vec<(usize, Named)> {
    let mut found: Vec<(usize, Named)> = Vec::new();
    let mut kind = None;
    for (at, word) in words.iter().enumerate() {
        let number = word.trim_end_matches('.');
        let is_new = || at > 0 && words[at - 1].eq_ignore_ascii_case("new");
        match word.to_lowercase().as_str() {
            "section" | "sections" | "clause" | "clauses" | "paragraph" | "paragraphs" => {
                kind = Some((false, is_new()))
            }
            "table" | "tables" => kind = Some((true, is_new())),
            "row" | "rows" => kind = None,
            _ => {
                let is_number = number.starts_with(|c: char| c.is_ascii_digit()) && Number::parse(number).is_some();
                if let Some((is_table, is_new)) = kind.filter(|_| is_number) {
                    found.push((at, Named { is_table, number: number.to_owned(), is_new }));
                }
            }
        }
    }
    found
}

/// What an instruction says is done, beyond what is shown under it.
///
/// # Errors
/// Its words, if they say that something moves, goes or gets a number, and not what or where.
pub(super) fn deeds(text: &str) -> Result<Vec<Deed>, String> {
    let all = words(text);
    // What follows is shown, and so is what happens to the rows of a table.
    let place = |is_it: &dyn Fn(&str) -> bool| all.iter().position(|word| is_it(&word.to_lowercase()));
    let shown = place(&|word| word == "follows").unwrap_or(all.len());
    let rows = place(&|word| matches!(word, "row" | "rows")).map_or(all.len(), |at| at.saturating_sub(1));
    let said = Said::new(text, &all[..shown.min(rows)]);
    let unclear = || text.trim().to_owned();
    let is_alone = said.folded.contains("not what stands within");
    let mut deeds = Vec::new();
    if said.begins(&["insert", "add"]) {
        deeds.push(Deed::Insert { to: said.place() });
    }
    if said.begins(&["delete", "remove"]) {
        let gone: Vec<Named> = said.after(0).cloned().collect();
        if gone.is_empty() {
            return Err(unclear());
        }
        deeds.extend(gone.into_iter().map(|part| Deed::Delete { part, is_alone }));
    }
    let moved = said.at("move").map(|at| said.after(at).next().cloned().ok_or_else(unclear)).transpose()?;
    if let Some(part) = moved.clone() {
        deeds.push(Deed::Move { part, is_alone, to: said.place().ok_or_else(unclear)? });
    }
    if let Some(at) = said.at("renumber") {
        let to = said.words.iter().enumerate().find(|(place, word)| *place > at && word.eq_ignore_ascii_case("as"));
        let (to_at, _) = to.ok_or_else(unclear)?;
        let to = said.after(to_at).next().ok_or_else(unclear)?.number.clone();
        let before = said.after(at).count() - said.after(to_at).count();
        let named: Vec<&Named> = said.after(at).take(before).collect();
        deeds.push(match (named.as_slice(), moved) {
            ([part], _) => Deed::Renumber { part: (*part).clone(), to },
            ([], Some(part)) => Deed::Renumber { part, to },
            ([from, through], _) => {
                Deed::RenumberAll { from: from.number.clone(), through: through.number.clone(), to }
            }
            _ => return Err(unclear()),
        });
    }
    if said.folded.contains("keeps its number") {
        let part = said.named.first().map(|(_, part)| part.clone()).ok_or_else(unclear)?;
        deeds.push(Deed::Renumber { to: part.number.clone(), part });
    }
    Ok(deeds)
}

/// The words of an instruction, and the parts that they name.
struct Said<'t> {
    folded: String,
    words: &'t [&'t str],
    named: Vec<(usize, Named)>,
}

impl<'t> Said<'t> {
    fn new(text: &str, words: &'t [&'t str]) -> Self {
        Self { folded: folded(text), words, named: names(words) }
    }

    fn begins(&self, verbs: &[&str]) -> bool {
        self.words.first().is_some_and(|first| verbs.iter().any(|verb| first.eq_ignore_ascii_case(verb)))
    }

    fn at(&self, word: &str) -> Option<usize> {
        self.words.iter().position(|it| it.eq_ignore_ascii_case(word))
    }

    /// The parts that are named behind a word.
    fn after(&self, at: usize) -> impl Iterator<Item = &Named> {
        self.named.iter().filter(move |(place, _)| *place > at).map(|(_, part)| part)
    }

    /// Where something shall stand, if that is said.
    fn place(&self) -> Option<Place> {
        let named = |word: &str| self.at(word).and_then(|at| self.after(at).next()).cloned();
        for (word, beside) in [("after", Beside::After), ("before", Beside::Before)] {
            if let Some(other) = named(word) {
                return Some(Place::Beside(beside, other));
            }
        }
        let says = |words: &str| self.folded.contains(words);
        if says("its place in numerical order") {
            return Some(Place::InOrder);
        }
        if says("the beginning of ") {
            return named("beginning").map(Place::FirstIn);
        }
        let ends = [("the beginning", Place::Start), ("the end", Place::End)];
        ends.into_iter().find_map(|(words, place)| says(words).then_some(place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_to_be_done_is_understood() {
        let section = |number: &str| Named { is_table: false, number: number.to_owned(), is_new: false };
        let table = |number: &str| Named { is_table: true, ..section(number) };
        let new = |number: &str| Named { is_new: true, ..section(number) };
        let says = |text: &str, done: &[Deed]| assert_eq!(deeds(text).as_deref(), Ok(done), "{text}");
        says("Amend Section 5.4 as follows:", &[]);
        says("Amend Table 8.1.8 as follows: move row 7.7 after row 7.4, and amend the count rows.", &[]);
        says("Delete Section 5.4.", &[Deed::Delete { part: section("5.4"), is_alone: false }]);
        says("Delete Table 8.1.9.", &[Deed::Delete { part: table("8.1.9"), is_alone: false }]);
        says(
            "Delete Section 5.4, but not what stands within it.",
            &[Deed::Delete { part: section("5.4"), is_alone: true }],
        );
        let moved = |to: Place| Deed::Move { part: section("5.4"), is_alone: false, to };
        let behind = |other: Named| Place::Beside(Beside::After, other);
        let renumbered = |to: &str| Deed::Renumber { part: section("5.4"), to: to.to_owned() };
        says("Move Section 5.4 after Section 1.1 and amend it as follows:", &[moved(behind(section("1.1")))]);
        says(
            "Move Section 5.4 after new Section 1.1, renumber it as Section 1.2 and amend it as follows:",
            &[moved(behind(new("1.1"))), renumbered("1.2")],
        );
        says("Renumber Section 5.4 as Section 1.2.", &[renumbered("1.2")]);
        says("Section 5.4 keeps its number.", &[renumbered("5.4")]);
        let [from, through, to] = ["5.4", "5.9", "5.5"].map(str::to_owned);
        says("Renumber Sections 5.4 to 5.9 as Sections 5.5 to 5.10.", &[Deed::RenumberAll { from, through, to }]);
        says("Move Section 5.4 to its place in numerical order.", &[moved(Place::InOrder)]);
        says("Move Section 5.4 to the end.", &[moved(Place::End)]);
        says(
            "Move Section 5.4 to the beginning and renumber it as Section 1.2.",
            &[moved(Place::Start), renumbered("1.2")],
        );
        says("Move Section 5.4 to the beginning of Section 2.", &[moved(Place::FirstIn(section("2")))]);
        says(
            "Insert new Section 5.4 before Table 8.1.8 as follows:",
            &[Deed::Insert { to: Some(Place::Beside(Beside::Before, table("8.1.8"))) }],
        );
        says("Insert new Section 5.4 at the beginning as follows:", &[Deed::Insert { to: Some(Place::Start) }]);
        says("Insert the following new Clause:", &[Deed::Insert { to: None }]);
        assert!(deeds("Move Section 5.4.").is_err());
        assert!(deeds("Renumber Section 5.4.").is_err());
    }

    #[test]
    fn text_that_begins_so_is_no_instruction() {
        let is = |text: &str| is_one(&Paragraph::new(Kind::Body, vec![crate::document::Run::plain(text)]));
        assert!(is("Amend Section 5.4 as follows:") && is("Delete Clause 3."));
        assert!(!is("The Party shall amend Section 5.4 as follows:") && !is("Delete what isn't needed."));
    }
}
