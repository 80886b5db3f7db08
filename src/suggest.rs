//! "Did you mean": the word that was most likely meant.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// The candidate nearest to `word`, if one is near enough that a slip explains it. Case, spaces and “+” don't matter.
pub(crate) fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    // In numbers each figure matters; only a case or a point can have slipped.
    let is_number = word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let allowed = if is_number { 0 } else { (word.chars().count() / 3).min(3) };
    let plain = |text: &str| match is_number {
        true => text.replace('.', ""),
        false => text.to_lowercase().replace([' ', '+'], ""),
    };
    let word = plain(word);
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&word, &plain(candidate)), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The ids that were most likely meant by one that there is not. In an id a figure may have slipped, as a case, a point or
/// the noughts before a number may: who asks for one sees which he gets.
pub(crate) fn nearest_ids<'c>(id: &str, candidates: impl IntoIterator<Item = &'c str> + Clone) -> Vec<&'c str> {
    if !id.contains(|c: char| c.is_ascii_digit()) {
        return nearest(id, candidates).into_iter().collect();
    }
    let id = plain_id(id);
    let distances =
        candidates.into_iter().map(|candidate| (strsim::osa_distance(&id, &plain_id(candidate)), candidate));
    let near: Vec<_> = distances.filter(|(distance, _)| *distance <= 1).collect();
    let nearest = near.iter().map(|(distance, _)| *distance).min();
    near.into_iter()
        .filter(|(distance, _)| Some(*distance) == nearest)
        .map(|(_, candidate)| candidate)
        .take(3)
        .collect()
}

/// An id without its case, its points and the noughts that begin its numbers.
fn plain_id(id: &str) -> String {
    let mut plain = String::with_capacity(id.len());
    for c in id.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase) {
        if c != '0' || plain.ends_with(|last: char| last.is_ascii_digit()) {
            plain.push(c);
        }
    }
    plain
}

/// A text in the form in which what looks the same is the same: “é” in one character, not in two (NFC).
pub(crate) fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Whether two texts are the same, however their characters are composed.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    one == other || (!one.is_ascii() && composed(one) == composed(other))
}

/// What stands in curly quotation marks, if they are around the whole of a value: YAML takes them for its text.
pub(crate) fn in_curly_quotes(text: &str) -> Option<&str> {
    let within = text.trim().strip_prefix(['“', '”'])?.strip_suffix(['“', '”'])?;
    (!within.contains(['“', '”', '\n'])).then_some(within)
}

/// A help line: what was most likely meant, or else what there is to choose from.
pub(super) fn did_you_mean<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str> + Clone,
    otherwise: &str,
) -> String {
    if let Some(candidate) = candidates.clone().into_iter().find(|candidate| is_same(candidate, word)) {
        return format!(
            "“{candidate}” looks the same and is typed in other characters: copy it from where it is defined"
        );
    }
    if let Some(candidate) = nearest(word, candidates.clone()) {
        return format!("did you mean “{candidate}”?");
    }
    let all: Vec<String> = candidates.into_iter().map(|candidate| format!("“{candidate}”")).collect();
    match all.len() {
        0 => otherwise.to_owned(),
        1..=16 => format!("{otherwise}: {}", all.join(", ")),
        _ => format!("{otherwise}: {} and {} more", all[..12].join(", "), all.len() - 12),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_understood_and_a_different_word_is_not() {
        let fields = ["section", "heading", "body", "provenance"];
        assert_eq!(nearest("haeding", fields), Some("heading"));
        assert_eq!(nearest("Provenence", fields), Some("provenance"));
        assert_eq!(nearest("bdy", fields), Some("body"));
        assert_eq!(nearest("colour", fields), None);
        assert_eq!(nearest("", fields), None);
        assert_eq!(nearest("ed", ["ES", "ED"]), Some("ED"));
        assert_eq!(nearest("62.7", ["6.2.1", "6.2.7"]), Some("6.2.7"));
        let words = ["Mandatory", "Mandatory SMETS1", "Mandatory SMETS 2"];
        assert_eq!(nearest("Mandatory SMETS2", words), Some("Mandatory SMETS 2"), "not one letter but no space");
        assert_eq!(nearest("mandatory smets2+", words), Some("Mandatory SMETS 2"));
        assert_eq!(nearest("6.2.8", ["6.2.1", "6.2.7"]), None, "another number is another thing");
    }

    #[test]
    fn a_figure_of_an_id_may_have_slipped() {
        let ids = ["6.18", "6.21", "6.28", "27.0", "MP089", "MP124"];
        assert_eq!(nearest_ids("6.81", ids), ["6.18", "6.21"], "each is one slip away");
        assert_eq!(nearest_ids("mp98", ids), ["MP089"]);
        assert_eq!(nearest_ids("mp89", ids), ["MP089"]);
        assert_eq!(nearest_ids("618", ids), ["6.18"]);
        assert_eq!(nearest_ids("6.20", ids), ["6.21", "6.28"]);
        assert_eq!(nearest_ids("270", ids), ["27.0"]);
        assert_eq!(nearest_ids("mp777", ids), [""; 0]);
    }

    #[test]
    fn where_nothing_is_near_the_choice_is_listed() {
        assert_eq!(did_you_mean("x", ["a1", "b2"], "there are"), "there are: “a1”, “b2”");
        assert_eq!(did_you_mean("x", [], "there are none"), "there are none");
    }
}
