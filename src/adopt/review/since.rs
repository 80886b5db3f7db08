//! What has become since of what a copy did.

use super::outcome::{Change, Review};
use super::pairs::pairs;
use super::stream::{Stream, Token};
use crate::document::Document;

/// What has become of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// It reads today as the copy has it.
    Done,
    /// It reads as it was sent.
    Open,
    /// It reads otherwise.
    Otherwise,
}

/// What has become of each change of each part of a review; `today` is the redline as it would be sent now.
pub fn since(sent: &Document, today: &Document, review: &Review) -> Vec<Vec<Since>> {
    let (old, mut new) = (Stream::sent(sent), Stream::sent(today));
    new.tokens.retain(|token| token.standing.after);
    let pairs: Vec<(usize, usize)> =
        pairs(&old, &new).into_iter().filter(|(at, _)| old.tokens[*at].standing.is_kept()).collect();
    let around = |change: &Change| {
        let before = pairs.partition_point(|(at, _)| *at < change.at.start);
        let behind = pairs.partition_point(|(at, _)| *at < change.at.end);
        let from = before.checked_sub(1).map_or(0, |at| pairs[at].1 + 1);
        (from, pairs.get(behind).map_or(new.tokens.len(), |(_, to)| *to))
    };
    let read = |text: &str| text.chars().filter(|letter| !letter.is_whitespace() && *letter != '|').collect::<String>();
    let reads = |tokens: &[Token]| read(&tokens.iter().map(|token| &*token.text).collect::<String>());
    let of_part = |changes: &[Change]| {
        let places: Vec<(usize, usize)> = changes.iter().map(around).collect();
        let mut since = Vec::with_capacity(changes.len());
        while let Some(&(from, mut to)) = places.get(since.len()) {
            // Changes between which no word stays are told as one.
            let mut end = since.len() + 1;
            while let Some(next) = places.get(end).filter(|next| next.0 < to || next.0 == from) {
                to = to.max(next.1);
                end += 1;
            }
            let there = &changes[since.len()..end];
            let all = |says: fn(&Change) -> &str| there.iter().map(|it| read(says(it))).collect::<String>();
            let one = match reads(new.tokens.get(from..to).unwrap_or_default()) {
                today if today == all(|it| &it.now) => Since::Done,
                today if today == all(|it| &it.sent) => Since::Open,
                _ => Since::Otherwise,
            };
            since.resize(end, one);
        }
        since
    };
    review.parts.iter().map(|part| of_part(&part.changes)).collect()
}
