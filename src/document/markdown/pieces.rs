//! A document in pieces, each of which reads by itself as it does among the others.

/// The pieces of a document: what stands before its first part, and what begins with a section or with the caption of a table.
/// It is one piece where something may reach from one into another, as the addresses of links can and a comment that isn't
/// closed. A piece in which something is wrong may be right among the others: then all have to be read together.
pub fn pieces(text: &str) -> Vec<&str> {
    let mut starts = vec![0];
    let (mut at, mut is_apart) = (0, false);
    for line in text.split_inclusive('\n') {
        if is_apart && begins_part(line.trim_end()) {
            starts.push(at);
        }
        is_apart = line.trim_end().is_empty();
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let pieces: Vec<&str> = starts.iter().zip(ends).filter_map(|(&start, end)| text.get(start..end)).collect();
    let is_open = |piece: &&str| piece.matches("<!--").count() != piece.matches("-->").count();
    if names_addresses(text) || pieces.iter().any(is_open) { vec![text] } else { pieces }
}

/// Whether a line that follows an empty one ends whatever stands above, and begins a part.
fn begins_part(line: &str) -> bool {
    line == "<!-- ctsd:caption -->"
        || line.starts_with("<!-- ctsd:clause ")
        || (line.starts_with('#') && line.ends_with('}') && line.contains("{#section-"))
}

/// Whether there may be the address of a link, `[name]: address`, which links anywhere can name.
fn names_addresses(text: &str) -> bool {
    text.match_indices("]:").any(|(at, _)| {
        let before = &text[..at];
        let is_note = before.rfind('[').is_some_and(|open| before[open..].starts_with("[^"));
        !before.ends_with('\\') && !is_note
    })
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn parts_begin_pieces_and_nothing_within_one_does() {
        let text = "Front\n\n# 1 One {#section-1}\n\n- item\n\n  ## not a part\n\n<!-- ctsd:caption -->\nTable 1\n\n\
                    <!-- ctsd:clause {\"id\":\"2\"} -->\n2 Two[^1]\n\n[^1]: A note.\n";
        assert_eq!(
            pieces(text).iter().map(|piece| piece.lines().next().unwrap()).collect::<Vec<_>>(),
            ["Front", "# 1 One {#section-1}", "<!-- ctsd:caption -->", "<!-- ctsd:clause {\"id\":\"2\"} -->"]
        );
        assert_eq!(pieces(text).concat(), text);
    }

    #[test]
    fn what_may_reach_from_one_into_another_keeps_them_together() {
        for text in ["See [x].\n\n# 1 {#section-1}\n\n[x]: y\n", "<!--\n\n# 1 {#section-1}\n\n-->\n"] {
            assert_eq!(pieces(text), [text]);
        }
    }
}
