//! The instructions of a change document: the lines that say what is done to the parts that it shows.

use super::grid::folded;
use crate::document::{Block, Kind, Paragraph, TextRole};
use crate::model::{Beside, Number};

/// What is said to be done, where nothing that is shown need show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// A section, or a table, goes.
    Delete { is_table: bool, number: String },
    /// A section stands elsewhere.
    Move { number: String, to: Place },
    /// A section has another number.
    Renumber { from: String, to: String },
    /// Sections that follow each other have other numbers.
    RenumberAll { from: String, through: String, to: String },
}

/// Where a section shall stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Beside another.
    Beside(Beside, String),
    /// Beside a table.
    BesideTable(Beside, String),
    /// In front of all that stands in another.
    FirstIn(String),
    /// In front of all.
    Start,
    /// Behind all.
    End,
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
    // Where the table under it goes with its caption, it has the look of that.
    matches!(paragraph.kind.now, Kind::Body | Kind::Heading { .. } | Kind::Role(TextRole::Caption))
        && text.trim_end().ends_with([':', '.'])
        && words.len() <= LONGEST
        && words.first().is_some_and(|first| VERBS.contains(&first.to_lowercase().as_str()))
        && !names(&words).is_empty()
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().map(|word| word.trim_matches([',', ';', ':', '(', ')', '‘', '’', '“', '”'])).collect()
}

/// Where words name parts: at which word, whether a table, and the number.
fn names(words: &[&str]) -> Vec<(usize, bool, String)> {
    let mut found: Vec<(usize, bool, String)> = Vec::new();
    let mut kind = None;
    for (at, word) in words.iter().enumerate() {
        let number = word.trim_end_matches('.');
        match word.to_lowercase().as_str() {
            "section" | "sections" | "clause" | "clauses" | "paragraph" | "paragraphs" => kind = Some(false),
            "table" | "tables" => kind = Some(true),
            "row" | "rows" => kind = None,
            _ => {
                let is_number = number.starts_with(|c: char| c.is_ascii_digit()) && Number::parse(number).is_some();
                if let Some(is_table) = kind.filter(|_| is_number) {
                    found.push((at, is_table, number.to_owned()));
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
    let end = shown.min(rows);
    let all = &all[..end];
    let names = names(all);
    let says = |verb: &str| all.iter().position(|word| word.eq_ignore_ascii_case(verb));
    let first_after = |at: usize| names.iter().filter(move |(place, ..)| *place > at).map(|(_, t, n)| (*t, n.clone()));
    let unclear = || text.trim().to_owned();
    let mut deeds = Vec::new();
    if let Some(at) = says("delete").or(says("remove")).filter(|at| *at == 0) {
        let gone: Vec<_> = first_after(at).collect();
        if gone.is_empty() {
            return Err(unclear());
        }
        deeds.extend(gone.into_iter().map(|(is_table, number)| Deed::Delete { is_table, number }));
    }
    let moved = says("move").map(|at| first_after(at).next().ok_or_else(unclear)).transpose()?;
    if let Some((_, number)) = &moved {
        let beside = [("after", Beside::After), ("before", Beside::Before)];
        let beside = beside.into_iter().find_map(|(word, beside)| Some((says(word)?, beside)));
        let (place, other) = (folded(text), |at: usize| first_after(at).next().map(|(_, other)| other));
        let to = match beside {
            Some((at, beside)) => Some(match first_after(at).next().ok_or_else(unclear)? {
                (true, other) => Place::BesideTable(beside, other),
                (false, other) => Place::Beside(beside, other),
            }),
            None if place.contains("its place in numerical order") => None,
            None if place.contains("to the beginning of ") => {
                Some(Place::FirstIn(says("beginning").and_then(other).ok_or_else(unclear)?))
            }
            None if place.contains("to the beginning") => Some(Place::Start),
            None if place.contains("to the end") => Some(Place::End),
            None => return Err(unclear()),
        };
        deeds.extend(to.map(|to| Deed::Move { number: number.clone(), to }));
    }
    if let Some(at) = says("renumber") {
        let to = all.iter().enumerate().find(|(place, word)| *place > at && word.eq_ignore_ascii_case("as"));
        let (to_at, _) = to.ok_or_else(unclear)?;
        let before: Vec<String> = first_after(at).map(|(_, number)| number).collect();
        let (_, to) = first_after(to_at).next().ok_or_else(unclear)?;
        let behind = first_after(to_at).count();
        let mut from = before[..before.len() - behind].to_vec();
        from.extend(moved.filter(|_| behind == before.len()).map(|(_, number)| number));
        deeds.push(match from.as_slice() {
            [from] => Deed::Renumber { from: from.clone(), to },
            [from, through] => Deed::RenumberAll { from: from.clone(), through: through.clone(), to },
            _ => return Err(unclear()),
        });
    }
    Ok(deeds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_to_be_done_is_understood() {
        let said = |text: &str| deeds(text);
        let number = str::to_owned;
        assert_eq!(said("Amend Section 5.4 as follows:"), Ok(vec![]));
        assert_eq!(
            said("Amend Table 8.1.8 as follows: move row 7.7 after row 7.4, and amend the count rows."),
            Ok(vec![])
        );
        let gone = |is_table, text: &str| Deed::Delete { is_table, number: number(text) };
        assert_eq!(said("Delete Section 5.4."), Ok(vec![gone(false, "5.4")]));
        assert_eq!(said("Delete Table 8.1.9."), Ok(vec![gone(true, "8.1.9")]));
        let moved = Deed::Move { number: number("5.4"), to: Place::Beside(Beside::After, number("1.1")) };
        assert_eq!(said("Move Section 5.4 after Section 1.1 and amend it as follows:"), Ok(vec![moved.clone()]));
        let renumbered = Deed::Renumber { from: number("5.4"), to: number("1.2") };
        assert_eq!(
            said("Move Section 5.4 after Section 1.1, renumber it as Section 1.2 and amend it as follows:"),
            Ok(vec![moved, renumbered.clone()])
        );
        assert_eq!(said("Renumber Section 5.4 as Section 1.2."), Ok(vec![renumbered]));
        let all = Deed::RenumberAll { from: number("5.4"), through: number("5.9"), to: number("5.5") };
        assert_eq!(said("Renumber Sections 5.4 to 5.9 as Sections 5.5 to 5.10."), Ok(vec![all]));
        assert_eq!(said("Move Section 5.4 to its place in numerical order."), Ok(vec![]));
        let to = |to: Place| Ok(vec![Deed::Move { number: number("5.4"), to }]);
        assert_eq!(said("Move Section 5.4 to the end."), to(Place::End));
        assert_eq!(said("Move Section 5.4 to the beginning of Section 2."), to(Place::FirstIn(number("2"))));
        assert!(said("Move Section 5.4.").is_err());
        assert!(said("Renumber Section 5.4.").is_err());
    }

    #[test]
    fn text_that_begins_so_is_no_instruction() {
        let is = |text: &str| is_one(&Paragraph::new(Kind::Body, vec![crate::document::Run::plain(text)]));
        assert!(is("Amend Section 5.4 as follows:") && is("Delete Clause 3."));
        assert!(!is("The Party shall amend Section 5.4 as follows:") && !is("Delete what isn't needed."));
    }
}
