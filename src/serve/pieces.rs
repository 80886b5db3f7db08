//! The pieces of a page, so that a browser need only put those in place that are others than before.

use crate::digest::hexadecimal;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// What of a page is another than on one that a browser has, each as markup.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct News<'p> {
    /// What the page is known by when it is asked for what is another since.
    name: String,
    title: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    figures: Option<&'p str>,
    document: Vec<Piece<'p>>,
}

/// Some of a document.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum Piece<'p> {
    /// Pieces that the browser has, from which one on and up to which.
    Known(usize, usize),
    /// One that it hasn't.
    New(&'p str),
}

/// What of a page can be another after a save, each as markup.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pieces<'p> {
    title: &'p str,
    /// The outline beside the document.
    side: Option<&'p str>,
    /// Why figures differ.
    figures: Option<&'p str>,
    /// The elements of the document that stand in no other.
    document: Vec<&'p str>,
}

/// Elements that have no end.
const VOID: [&str; 8] = ["br", "img", "hr", "wbr", "col", "input", "meta", "link"];

impl<'p> Pieces<'p> {
    /// Those of a page whose elements all end; what its template doesn't have is left out.
    pub fn of(page: &'p str) -> Self {
        let within = |start: &str, end: &str| {
            let from = page.find(start)? + start.len();
            let from = from + page[from..].find('>')? + 1;
            Some(&page[from..from + page[from..].find(end)?])
        };
        let document = page.find("<article id=\"document\"").and_then(|at| Some(at + page[at..].find('>')? + 1));
        Self {
            title: within("<title", "</title>").unwrap_or_default(),
            side: within("<nav class=\"side\"", "</nav>"),
            figures: within("<script type=\"application/json\" id=\"figures\"", "</script>"),
            document: document.map(|from| elements(&page[from..])).unwrap_or_default(),
        }
    }

    /// What tells it from others.
    pub fn name(&self) -> String {
        let mut digest = Sha256::new();
        let beside = [Some(self.title), self.side, self.figures];
        for piece in beside.into_iter().flatten().chain(self.document.iter().copied()) {
            digest.update(piece);
        }
        hexadecimal(&digest.finalize())
    }

    /// What is another than in those that a browser has.
    pub fn since(&self, known: &Pieces<'_>) -> News<'p> {
        let other = |now: Option<&'p str>, was: Option<&str>| now.filter(|_| now != was);
        News {
            name: self.name(),
            title: self.title,
            side: other(self.side, known.side),
            figures: other(self.figures, known.figures),
            document: since(&known.document, &self.document),
        }
    }
}

/// Pieces by those that are known; of several that are the same, the one that follows the last.
fn since<'p>(known: &[&str], now: &[&'p str]) -> Vec<Piece<'p>> {
    let places: HashMap<&str, usize> = known.iter().enumerate().rev().map(|(place, piece)| (*piece, place)).collect();
    let mut pieces: Vec<Piece<'p>> = Vec::new();
    for piece in now {
        match (pieces.last_mut(), places.get(piece)) {
            (Some(Piece::Known(_, end)), Some(_)) if known.get(*end) == Some(piece) => *end += 1,
            (_, Some(&place)) => pieces.push(Piece::Known(place, place + 1)),
            (_, None) => pieces.push(Piece::New(piece)),
        }
    }
    pieces
}

/// The elements at the beginning of some markup that stand in no other.
fn elements(markup: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut depth, mut start, mut at) = (0_usize, 0, 0);
    while let Some(open) = markup[at..].find('<').map(|found| at + found) {
        let Some(end) = markup[open..].find('>').map(|found| open + found + 1) else { break };
        let tag = &markup[open + 1..end - 1];
        at = end;
        if tag.starts_with('/') {
            // The end of what all of them stand in.
            let Some(less) = depth.checked_sub(1) else { break };
            depth = less;
        } else {
            if depth == 0 {
                start = open;
            }
            let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            depth += usize::from(!VOID.contains(&name));
            if ["script", "style"].contains(&name) {
                // What stands in these is no markup.
                at += markup[at..].find("</").unwrap_or_default();
            }
        }
        if depth == 0 {
            found.push(&markup[start..end]);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Piece, Pieces, elements, since};
    use proptest::prelude::*;

    proptest! {
        /// What a browser has and is told is the document as it is now, and nothing that it has is told again.
        #[test]
        fn what_is_told_makes_the_document(known in proptest::collection::vec("[a-d]", 0..12), now in proptest::collection::vec("[a-f]", 0..12)) {
            let [known, now]: [Vec<&str>; 2] = [&known, &now].map(|pieces| pieces.iter().map(String::as_str).collect());
            let mut made = Vec::new();
            for piece in since(&known, &now) {
                match piece {
                    Piece::Known(from, to) => made.extend(&known[from..to]),
                    Piece::New(piece) => {
                        prop_assert!(!known.contains(&piece));
                        made.push(piece);
                    }
                }
            }
            prop_assert_eq!(made, now);
        }
    }

    #[test]
    fn what_stays_is_told_by_its_place() {
        let told = since(&["a", "b", "c", "d"], &["a", "b", "x", "d"]);
        assert_eq!(serde_json::to_string(&told).unwrap(), r#"[[0,2],"x",[3,4]]"#);
    }

    #[test]
    fn pieces_are_the_outermost_elements() {
        let page = "<title>A &amp; B</title><nav class=\"side\" id=\"x\"><p>Side</p></nav><article id=\"document\" class=\"a\">\n\
                    <h1 id=\"a&gt;\">A<br>b</h1>\n<ul><li><p>1</p></li></ul><img alt=\"\">\n<div><div></div></div></article><p>Not</p>\
                    <script type=\"application/json\" id=\"figures\">[1]</script>";
        let document = vec![
            "<h1 id=\"a&gt;\">A<br>b</h1>",
            "<ul><li><p>1</p></li></ul>",
            "<img alt=\"\">",
            "<div><div></div></div>",
        ];
        let pieces = Pieces { title: "A &amp; B", side: Some("<p>Side</p>"), figures: Some("[1]"), document };
        assert_eq!(Pieces::of(page), pieces);
        assert_eq!(Pieces::of("nothing"), Pieces::default());
    }

    #[test]
    fn what_is_cut_short_is_no_piece() {
        assert_eq!(elements("<p>One</p><p>Two"), ["<p>One</p>"]);
        assert_eq!(elements("<p>One</p><p"), ["<p>One</p>"]);
        assert_eq!(
            elements("<style>a > b { x: \"<\" }</style><p></p>"),
            ["<style>a > b { x: \"<\" }</style>", "<p></p>"]
        );
    }
}
