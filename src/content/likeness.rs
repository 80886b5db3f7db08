//! Which items of a list are which, before an edit and after it.

use super::yaml::Yaml;

/// Whether what both have stands in one order; where names are the drafter's, it can be another.
pub(super) fn in_one_order(old: &[(String, Yaml)], new: &[(String, Yaml)]) -> bool {
    let both = |all: &'_ [(String, Yaml)], others: &[(String, Yaml)]| -> Vec<String> {
        let names = all.iter().map(|(name, _)| name);
        names.filter(|name| others.iter().any(|(other, _)| other == *name)).cloned().collect()
    };
    both(old, new) == both(new, old)
}

/// Which items are which, in order: those that are the same, and between them those that are most alike.
pub(super) fn pair(old: &[Yaml], new: &[Yaml]) -> Vec<(usize, usize)> {
    let same = |at: usize, to: usize| old.get(at) == new.get(to);
    let shorter = old.len().min(new.len());
    let head = (0..shorter).take_while(|at| same(*at, *at)).count();
    let tail = (1..=shorter - head).take_while(|back| same(old.len() - back, new.len() - back)).count();
    let (mut at, mut to) = (head, head);
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
    while at < old_end && to < new_end {
        let is_last = old_end - at == new_end - to;
        if alike(old.get(at), new.get(to)) || (is_last && !has_alike(old.get(at), new.get(to..new_end))) {
            pairs.push((at, to));
            (at, to) = (at + 1, to + 1);
        } else if has_alike(old.get(at), new.get(to..new_end)) {
            to += 1;
        } else {
            at += 1;
        }
    }
    pairs.extend((1..=tail).rev().map(|back| (old.len() - back, new.len() - back)));
    pairs
}

fn has_alike(item: Option<&Yaml>, others: Option<&[Yaml]>) -> bool {
    others.into_iter().flatten().any(|other| alike(item, Some(other)))
}

/// Whether two items are one, before and after: the same text, or fields of which most are the same.
fn alike(a: Option<&Yaml>, b: Option<&Yaml>) -> bool {
    match (a, b) {
        (Some(Yaml::Map(a, _)), Some(Yaml::Map(b, _))) => {
            let same = a.iter().filter(|entry| b.contains(entry)).count();
            same * 2 >= a.len().max(b.len())
        }
        (a, b) => a == b,
    }
}
