//! Which words of a text were there before.

use super::sequence::{Interner, align};

/// For each token of the new text, which of the old one it is, if it is one. Words are paired before what stands between
/// them: a comma is never kept at the price of a word.
pub fn kept(old: &[&str], new: &[&str]) -> Vec<Option<usize>> {
    let mut numbers = Interner::new();
    let old_numbers: Vec<u32> = old.iter().map(|token| numbers.number(*token)).collect();
    let new_numbers: Vec<u32> = new.iter().map(|token| numbers.number(*token)).collect();
    let words = |tokens: &[&str]| -> Vec<usize> {
        let is_word = |token: &&str| token.starts_with(char::is_alphanumeric);
        tokens.iter().enumerate().filter(|(_, token)| is_word(token)).map(|(at, _)| at).collect()
    };
    let (old_words, new_words) = (words(old), words(new));
    let of = |numbers: &[u32], places: &[usize]| -> Vec<u32> { places.iter().map(|&at| numbers[at]).collect() };
    let pairs = align(&of(&old_numbers, &old_words), &of(&new_numbers, &new_words));
    let mut kept = vec![None; new.len()];
    let (mut i, mut j) = (0, 0);
    let pairs = pairs.into_iter().map(|(a, b)| (old_words[a], new_words[b]));
    for (a, b) in pairs.chain([(old.len(), new.len())]) {
        for (x, y) in align(&old_numbers[i..a], &new_numbers[j..b]) {
            kept[j + y] = Some(i + x);
        }
        if let Some(place) = kept.get_mut(b) {
            *place = Some(a);
        }
        (i, j) = (a + 1, b + 1);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::kept;
    use crate::align::tokens_of;

    #[test]
    fn a_word_stays_though_more_commas_would() {
        let (old, new) = (tokens_of("a, , b"), tokens_of("b, , c"));
        let stays: Vec<&str> =
            new.iter().zip(kept(&old, &new)).filter(|(_, at)| at.is_some()).map(|(word, _)| *word).collect();
        assert_eq!(stays, ["b"]);
    }
}
