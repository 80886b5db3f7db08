//! Three-way: what two texts made of a third, put together, or where they collide.

use super::sequence::{Interner, align};
use std::ops::Range;

/// Where both changed the same words, differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collision {
    /// What the words were.
    pub base: String,
    /// What the one made of them.
    pub ours: String,
    /// What the other did.
    pub theirs: String,
}

/// Two changes of a text that can't be put together: where, and the whole text with each side of every such place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collided {
    /// Where both changed the same words.
    pub collisions: Vec<Collision>,
    /// The text with the words that they were.
    pub base: String,
    /// The text with what the one made of them.
    pub ours: String,
    /// The text with what the other did.
    pub theirs: String,
}

impl Collided {
    fn push(&mut self, tokens: &[&str]) {
        for side in [&mut self.base, &mut self.ours, &mut self.theirs] {
            side.extend(tokens.iter().copied());
        }
    }

    fn collide(&mut self, collision: Collision) {
        self.base.push_str(&collision.base);
        self.ours.push_str(&collision.ours);
        self.theirs.push_str(&collision.theirs);
        self.collisions.push(collision);
    }

    fn append(&mut self, other: Self) {
        self.base.push_str(&other.base);
        self.ours.push_str(&other.ours);
        self.theirs.push_str(&other.theirs);
        self.collisions.extend(other.collisions);
    }
}

/// The text with what both did to it. What is inserted at one place, whole lines of it, stands with theirs first.
///
/// # Errors
/// Where both changed the same words, and not alike.
pub fn merge(base: &str, ours: &str, theirs: &str) -> Result<String, Collided> {
    let lines = |text| -> Vec<_> { str::split_inclusive(text, '\n').collect() };
    // A last line without an end is the same line when another follows.
    let ended = |text: &str| if text.is_empty() { String::new() } else { format!("{text}\n") };
    let (base, ours, theirs) = (ended(base), ended(ours), ended(theirs));
    let unended = |text: String| text.strip_suffix('\n').map(str::to_owned).unwrap_or(text);
    let merged = merge_tokens(&lines(&base), &lines(&ours), &lines(&theirs), Grain::Lines);
    let Collided { collisions, base, ours, theirs } = merged;
    if collisions.is_empty() {
        return Ok(unended(ours));
    }
    Err(Collided { collisions, base: unended(base), ours: unended(ours), theirs: unended(theirs) })
}

/// What two made of a text alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// What the words were.
    pub base: String,
    /// What both made of them.
    pub made: String,
    /// Where that begins in the first of the two, in bytes.
    pub at: usize,
}

/// Where two changed the same words of a text in the same way, in order: whole lines first, then words.
pub fn agreements(base: &str, ours: &str, theirs: &str) -> Vec<Agreement> {
    let lines = |text| -> Vec<_> { str::split_inclusive(text, '\n').collect() };
    let ended = |text: &str| if text.is_empty() { String::new() } else { format!("{text}\n") };
    let (base, ours, theirs) = (ended(base), ended(ours), ended(theirs));
    alike(&lines(&base), &lines(&ours), &lines(&theirs), 0, Grain::Lines)
}

fn alike(base: &[&str], ours: &[&str], theirs: &[&str], start: usize, grain: Grain) -> Vec<Agreement> {
    let (own, others) = (edits(base, ours), edits(base, theirs));
    let mut found = Vec::new();
    let mut done = 0;
    for edit in &own {
        let meets = |stretch: &Range<usize>, other: &Range<usize>| collide(stretch, other);
        let before: usize = ours.iter().take(edit.new.start).map(|token| token.len()).sum();
        let made = ours.get(edit.new.clone()).unwrap_or_default();
        let is_same = |other: &&Edit| other.base == edit.base && theirs.get(other.new.clone()) == Some(made);
        if others.iter().any(|other| is_same(&other)) {
            let (was, made) = (base.get(edit.base.clone()).unwrap_or_default().concat(), made.concat());
            if grain == Grain::Lines && !was.is_empty() && !made.is_empty() {
                let (was, made) = (words(&was), words(&made));
                found.extend(alike(&was, &made, &made, start + before, Grain::Words));
            } else {
                found.push(Agreement { base: was, made, at: start + before });
            }
        } else if grain == Grain::Lines && edit.base.start >= done {
            // All that either changed here, word by word.
            let mut stretch = edit.base.clone();
            while let Some(wider) = own.iter().chain(&others).map(|edit| &edit.base).find_map(|other| {
                let wider = stretch.start.min(other.start)..stretch.end.max(other.end);
                (meets(&stretch, other) && wider != stretch).then_some(wider)
            }) {
                stretch = wider;
            }
            done = stretch.end;
            let within = |edits: &'_ [Edit]| -> Vec<Edit> {
                edits.iter().filter(|edit| meets(&stretch, &edit.base)).cloned().collect()
            };
            let (mine, yours) = (within(&own), within(&others));
            if yours.is_empty() {
                continue;
            }
            let here =
                |new: &[&str], edits: &[Edit]| applied(base, new, &edits.iter().collect::<Vec<_>>(), &stretch).concat();
            let (was, ours, theirs) =
                (base.get(stretch.clone()).unwrap_or_default().concat(), here(ours, &mine), here(theirs, &yours));
            let skipped: usize = base.get(stretch.start..edit.base.start).into_iter().flatten().map(|t| t.len()).sum();
            let start = start + before.saturating_sub(skipped);
            found.extend(alike(&words(&was), &words(&ours), &words(&theirs), start, Grain::Words));
        }
    }
    found
}

/// What is compared whole.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Grain {
    Lines,
    Words,
}

/// A stretch of the base, and what stands for it.
#[derive(Clone, Debug)]
struct Edit {
    base: Range<usize>,
    new: Range<usize>,
}

fn merge_tokens(base: &[&str], ours: &[&str], theirs: &[&str], grain: Grain) -> Collided {
    let (own, other) = (edits(base, ours), edits(base, theirs));
    let (mut own, mut other) = (own.iter().peekable(), other.iter().peekable());
    let (mut merged, mut at) = (Collided::default(), 0);
    loop {
        let start = [own.peek(), other.peek()].into_iter().flatten().map(|edit| edit.base.start).min();
        let Some(start) = start else { break };
        merged.push(base.get(at..start).unwrap_or_default());
        let mut stretch = start..start;
        let (mut mine, mut yours): (Vec<&Edit>, Vec<&Edit>) = (Vec::new(), Vec::new());
        // All that touches what is gathered so far, on either side.
        loop {
            let is_first = mine.is_empty() && yours.is_empty();
            let touches = |edit: &&Edit, others: &[&Edit]| {
                (is_first && edit.base.start == start) || others.iter().any(|other| collide(&edit.base, &other.base))
            };
            let next = match (own.peek().copied(), other.peek().copied()) {
                (Some(edit), _) if touches(&edit, &yours) => own.next().map(|edit| (&mut mine, edit)),
                (_, Some(edit)) if touches(&edit, &mine) => other.next().map(|edit| (&mut yours, edit)),
                _ => None,
            };
            let Some((side, edit)) = next else { break };
            stretch.end = stretch.end.max(edit.base.end);
            side.push(edit);
        }
        let was = base.get(stretch.clone()).unwrap_or_default();
        let ours_here = applied(base, ours, &mine, &stretch);
        let theirs_here = applied(base, theirs, &yours, &stretch);
        match (mine.is_empty(), yours.is_empty()) {
            (_, true) => merged.push(&ours_here),
            (true, _) => merged.push(&theirs_here),
            _ if ours_here == theirs_here => merged.push(&ours_here),
            _ if grain == Grain::Lines && was.is_empty() => {
                merged.push(&theirs_here);
                merged.push(&ours_here);
            }
            _ if grain == Grain::Lines => {
                let (was, ours, theirs) = (was.concat(), ours_here.concat(), theirs_here.concat());
                merged.append(merge_tokens(&words(&was), &words(&ours), &words(&theirs), Grain::Words));
            }
            _ => {
                merged.collide(Collision { base: was.concat(), ours: ours_here.concat(), theirs: theirs_here.concat() })
            }
        }
        at = stretch.end;
    }
    merged.push(base.get(at..).unwrap_or_default());
    merged
}

/// Whether two stretches of the base share a token, or a place for new ones.
fn collide(a: &Range<usize>, b: &Range<usize>) -> bool {
    if a == b {
        return true;
    }
    match (a.is_empty(), b.is_empty()) {
        (false, false) => a.start < b.end && b.start < a.end,
        (true, _) => b.start < a.start && a.start < b.end,
        (false, true) => a.start < b.start && b.start < a.end,
    }
}

/// A stretch of the base with edits made.
fn applied<'t>(base: &[&'t str], new: &[&'t str], edits: &[&Edit], stretch: &Range<usize>) -> Vec<&'t str> {
    let (mut tokens, mut at) = (Vec::new(), stretch.start);
    for edit in edits {
        tokens.extend(base.get(at..edit.base.start).into_iter().flatten());
        tokens.extend(new.get(edit.new.clone()).into_iter().flatten());
        at = edit.base.end;
    }
    tokens.extend(base.get(at..stretch.end).into_iter().flatten());
    tokens
}

/// What was done to the base.
fn edits(base: &[&str], new: &[&str]) -> Vec<Edit> {
    let mut numbers = Interner::new();
    let old: Vec<u32> = base.iter().map(|token| numbers.number(*token)).collect();
    let own: Vec<u32> = new.iter().map(|token| numbers.number(*token)).collect();
    let ends = [(base.len(), new.len())];
    let (mut edits, mut at, mut to): (Vec<Edit>, usize, usize) = (Vec::new(), 0, 0);
    for (next, other) in align(&old, &own).into_iter().chain(ends) {
        if next > at || other > to {
            edits.push(Edit { base: at..next, new: to..other });
        }
        (at, to) = (next + 1, other + 1);
    }
    edits
}

/// Words, and what stands between them.
pub fn words(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_like = |c: char| {
            if first.is_alphanumeric() { c.is_alphanumeric() } else { first == ' ' && c == ' ' }
        };
        let behind: usize = rest.chars().skip(1).take_while(|c| is_like(*c)).map(char::len_utf8).sum();
        let (token, other) = rest.split_at(first.len_utf8() + behind);
        tokens.push(token);
        rest = other;
    }
    tokens
}

/// The words of a text for which another has others, with all the capitalised words that they stand among.
pub fn replaced(base: &str, new: &str) -> Vec<(String, String)> {
    let only_words = |text| words(text).into_iter().filter(|word| !word.trim().is_empty()).collect::<Vec<_>>();
    let (old, own): (Vec<&str>, Vec<&str>) = (only_words(base), only_words(new));
    let is_name = |at: usize| old.get(at).is_some_and(|word| word.starts_with(char::is_uppercase));
    // The first word of a sentence is capitalised whatever it is.
    let is_first = |at: usize| at == 0 || old.get(at - 1).is_some_and(|word| !word.starts_with(char::is_alphanumeric));
    let replaced = edits(&old, &own).into_iter().filter(|edit| !edit.base.is_empty() && !edit.new.is_empty());
    let phrase = |Edit { base: mut was, new: mut is }: Edit| {
        while was.start > 0 && is.start > 0 && is_name(was.start - 1) && !is_first(was.start - 1) {
            (was.start, is.start) = (was.start - 1, is.start - 1);
        }
        while is_name(was.end) {
            (was.end, is.end) = (was.end + 1, is.end + 1);
        }
        (old.get(was).unwrap_or_default().join(" "), own.get(is).unwrap_or_default().join(" "))
    };
    replaced.map(phrase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_words_of_a_line_merge_and_the_same_words_collide() {
        assert_eq!(merge("a b c", "x b c", "a b y").as_deref(), Ok("x b y"));
        assert_eq!(merge("a b c", "x b c", "a y c").as_deref(), Ok("x y c"));
        assert_eq!(merge("a b c", "x b c", "x b c").as_deref(), Ok("x b c"));
        assert_eq!(merge("a b c", "x b c", "y b c").unwrap_err().collisions.len(), 1);
        assert_eq!(
            merge("a b c", "a c", "a x c").unwrap_err().collisions.len(),
            1,
            "struck by one, changed by the other"
        );
        assert_eq!(merge("a b", "a x b", "a y b").unwrap_err().collisions.len(), 1);
        let collided = merge("a b c", "x b z", "y b c").unwrap_err();
        let sides = [&*collided.base, &*collided.ours, &*collided.theirs];
        assert_eq!(sides, ["a b z", "x b z", "y b z"], "what doesn't collide is in all of them");
    }

    #[test]
    fn what_both_made_alike_is_found_where_the_first_says_it() {
        let found = |base, ours, theirs| -> Vec<(String, String, usize)> {
            agreements(base, ours, theirs).into_iter().map(|it| (it.base, it.made, it.at)).collect()
        };
        assert_eq!(found("a b c d", "a c x", "a c y"), [("b ".to_owned(), String::new(), 2)]);
        assert_eq!(found("é b c", "é new c", "é new c d"), [("b".to_owned(), "new".to_owned(), 3)]);
        assert_eq!(found("a b", "a x", "a y"), []);
        assert_eq!(found("a b", "a b", "a"), []);
        let lines = found("a\n\nb c\n\nd", "x a\n\nb", "a\n\nb");
        assert_eq!(lines, [(" c\n\nd".to_owned(), String::new(), 6)]);
    }

    #[test]
    fn lines_inserted_at_one_place_stand_with_theirs_first() {
        assert_eq!(merge("a\n\nz", "a\n\nb\n\nz", "a\n\nc\n\nz").as_deref(), Ok("a\n\nc\n\nb\n\nz"));
        assert_eq!(merge("a", "a\n\nb", "a\n\nc").as_deref(), Ok("a\n\nc\n\nb"));
        assert_eq!(merge("", "b", "c").as_deref(), Ok("c\nb"));
        assert_eq!(merge("a\n\nb\n\nc", "a\n\nc", "a\n\nb\n\nc\n\nd").as_deref(), Ok("a\n\nc\n\nd"));
    }
}
