//! Addresses that are written bare, which readers expect to lead somewhere.

use crate::document::{Block, Run, join_runs};

/// Makes links of them.
pub(super) fn link(blocks: &mut [Block]) {
    blocks.iter_mut().flat_map(Block::texts_mut).for_each(link_runs);
}

fn link_runs(runs: &mut Vec<Run>) {
    runs.iter_mut().filter_map(|run| run.style.now.note.as_mut()).for_each(|note| link_runs(&mut note.runs));
    if runs.iter().any(|run| run.style.now.link.is_none() && address(&run.text).is_some()) {
        *runs = join_runs(runs.drain(..).flat_map(linked).collect());
    }
}

fn linked(run: Run) -> Vec<Run> {
    let mut pieces = Vec::new();
    let mut rest = run.text.as_str();
    while let (None, Some((from, to))) = (&run.style.now.link, address(rest)) {
        let (before, address) = (&rest[..from], &rest[from..to]);
        let mut link = Run { text: address.to_owned(), ..run.clone() };
        link.style.now.link = Some(address.to_owned());
        pieces.extend([Run { text: before.to_owned(), ..run.clone() }, link]);
        rest = &rest[to..];
    }
    pieces.push(Run { text: rest.to_owned(), ..run.clone() });
    pieces
}

/// Where the first address of a text begins and ends. What ends the sentence or closes its brackets is no part of it.
fn address(text: &str) -> Option<(usize, usize)> {
    let starts = ["https://", "http://"]
        .into_iter()
        .flat_map(|scheme| text.match_indices(scheme).map(|(at, _)| (at, at + scheme.len())));
    let begins_word = |at: usize| !text[..at].ends_with(char::is_alphanumeric);
    let (from, host) = starts.filter(|(at, _)| begins_word(*at)).min()?;
    let whole = text[host..].split(|c: char| c.is_whitespace() || "<>\"“”‘’".contains(c)).next()?;
    let ends_sentence = |c: char| ".,;:!?".contains(c);
    let mut address = whole.trim_end_matches(ends_sentence);
    while let Some(inner) = address.strip_suffix(')').filter(|inner| !inner.contains('(')) {
        address = inner.trim_end_matches(ends_sentence);
    }
    address.starts_with(char::is_alphanumeric).then_some((from, host + address.len()))
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_address_ends_before_what_ends_the_sentence() {
        for (text, found) in [
            ("see https://example.com/a_b.", Some("https://example.com/a_b")),
            ("(http://example.com/a(b), and", Some("http://example.com/a(b)")),
            ("(see https://example.com).", Some("https://example.com")),
            ("‘https://example.com’", Some("https://example.com")),
            ("https:// is none, nor xhttp://a.b", None),
        ] {
            assert_eq!(address(text).map(|(from, to)| &text[from..to]), found, "{text}");
        }
    }
}
