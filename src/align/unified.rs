//! What differs between two texts, as programmers write it: lines taken away and put in, with some around them.

use super::sequence::{Interner, align};
use std::fmt::Write;

/// So many lines that stay are shown around those that don't.
const AROUND: usize = 3;

/// Of two texts, the lines that differ; nothing if none does. `name` stands for both.
pub fn unified(name: &str, old: Option<&str>, new: &str) -> String {
    let mut interner = Interner::new();
    let old_lines = lines(old.unwrap_or_default());
    let new_lines = lines(new);
    let numbers = |lines: &[&str], interner: &mut Interner<String>| -> Vec<u32> {
        lines.iter().map(|line| interner.number((*line).to_owned())).collect()
    };
    let (a, b) = (numbers(&old_lines, &mut interner), numbers(&new_lines, &mut interner));
    let mut pairs = align(&a, &b);
    pairs.push((old_lines.len(), new_lines.len()));
    // Each stretch that differs: what of the old lines and what of the new ones.
    let (mut from, mut changes) = ((0, 0), Vec::new());
    for (at, to) in pairs {
        if (at, to) != from {
            changes.push((from.0..at, from.1..to));
        }
        from = (at + 1, to + 1);
    }
    let mut text = String::new();
    let near = |a: &(std::ops::Range<usize>, _), b: &(std::ops::Range<usize>, _)| b.0.start - a.0.end <= 2 * AROUND;
    for hunk in changes.chunk_by(near) {
        let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else { continue };
        let lead = first.0.start.min(AROUND);
        let end = (last.0.end + AROUND).min(old_lines.len());
        let (start, new_start) = (first.0.start - lead, first.1.start - lead);
        let new_end = last.1.end + (end - last.0.end);
        let place =
            |start: usize, end: usize| format!("{},{}", if start == end { start } else { start + 1 }, end - start);
        let _ = writeln!(text, "@@ -{} +{} @@", place(start, end), place(new_start, new_end));
        let mut at = start;
        for (gone, come) in hunk {
            put(&mut text, ' ', &old_lines[at..gone.start]);
            put(&mut text, '-', &old_lines[gone.clone()]);
            put(&mut text, '+', &new_lines[come.clone()]);
            at = gone.end;
        }
        put(&mut text, ' ', &old_lines[at..end]);
    }
    if text.is_empty() {
        return text;
    }
    let before = old.map_or_else(|| "/dev/null".to_owned(), |_| format!("a/{name}"));
    format!("--- {before}\n+++ b/{name}\n{text}")
}

/// The lines of a text, each with its end.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn put(text: &mut String, sign: char, lines: &[&str]) {
    for line in lines {
        let _ = write!(text, "{sign}{line}");
        if !line.ends_with('\n') {
            text.push_str("\n\\ No newline at end of file\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::unified;
    use proptest::prelude::*;

    #[test]
    fn lines_that_differ_stand_among_their_neighbours() {
        let old = "a\nb\nc\nd\ne\nf\n";
        assert_eq!(unified("x", Some(old), old), "");
        let new = "a\nb\nc\nd\nE\nf\n";
        assert_eq!(unified("x", Some(old), new), "--- a/x\n+++ b/x\n@@ -2,5 +2,5 @@\n b\n c\n d\n-e\n+E\n f\n");
        assert_eq!(
            unified("x", None, "a"),
            "--- /dev/null\n+++ b/x\n@@ -0,0 +1,1 @@\n+a\n\\ No newline at end of file\n"
        );
    }

    proptest! {
        /// A reader of the difference alone, with the old text beside it, comes to the new one.
        #[test]
        fn what_is_shown_turns_the_old_text_into_the_new(
            old in prop::collection::vec("[ab]{0,2}\n", 0..30), new in prop::collection::vec("[ab]{0,2}\n", 0..30),
        ) {
            let shown = unified("x", Some(&old.concat()), &new.concat());
            let (mut at, mut made) = (0, String::new());
            for line in shown.lines().skip(2) {
                if let Some(place) = line.strip_prefix("@@ -") {
                    let (start, count) = place.split_once(' ').unwrap().0.split_once(',').unwrap();
                    let start: usize = start.parse().unwrap();
                    let start = if count == "0" { start } else { start - 1 };
                    made.extend(old[at..start].iter().map(String::as_str));
                    at = start;
                    continue;
                }
                let text = format!("{}\n", &line[1..]);
                if !line.starts_with('+') {
                    prop_assert_eq!(&old[at], &text);
                    at += 1;
                }
                if !line.starts_with('-') {
                    made.push_str(&text);
                }
            }
            made.extend(old[at..].iter().map(String::as_str));
            prop_assert_eq!(made, new.concat());
        }
    }
}
