//! No two modules of a folder reach each other: what one needs of the other, and the other of it, is a third.

use super::paths::{Module, Use, uses};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What stands in a folder: the modules in it, and `.`, its own file.
fn member(folder: &[String], module: &Module) -> Option<String> {
    let below = module.strip_prefix(folder)?;
    Some(below.first().cloned().unwrap_or_else(|| ".".to_owned()))
}

/// The shortest way round that leads from `start` back to it.
fn circle<'u>(uses: &BTreeMap<String, BTreeMap<String, &'u Use>>, start: &String) -> Option<Vec<&'u Use>> {
    let mut waiting = VecDeque::from([(start, Vec::new())]);
    let mut seen = BTreeSet::new();
    while let Some((at, way)) = waiting.pop_front() {
        for (next, step) in uses.get(at).into_iter().flatten() {
            let way: Vec<&Use> = way.iter().copied().chain([*step]).collect();
            if next == start {
                return Some(way);
            }
            if seen.insert(next) {
                waiting.push_back((next, way));
            }
        }
    }
    None
}

#[test]
fn no_two_modules_of_a_folder_reach_each_other() {
    let (modules, uses) = uses();
    assert!(modules.len() > 100 && uses.len() > 400, "{} modules, {} uses", modules.len(), uses.len());
    let folders: BTreeSet<&[String]> = modules.iter().filter_map(|module| Some(module.split_last()?.1)).collect();
    let mut found = Vec::new();
    for folder in folders {
        let mut inside: BTreeMap<String, BTreeMap<String, &Use>> = BTreeMap::new();
        for step in &uses {
            let (Some(from), Some(to)) = (member(folder, &step.from), member(folder, &step.to)) else { continue };
            // Every path of the crate goes through its root.
            if from != to && !(folder.is_empty() && (from == "." || to == ".")) {
                inside.entry(from).or_default().entry(to).or_insert(step);
            }
        }
        let shortest = inside.keys().filter_map(|start| circle(&inside, start)).min_by_key(Vec::len);
        let name = if folder.is_empty() { "the crate".to_owned() } else { folder.join("::") };
        if let Some(way) = shortest {
            let steps = way.iter().map(|step| format!("\n    {} uses {}", step.at, step.to.join("::")));
            found.push(format!("in {name}, modules go round:{}", steps.collect::<String>()));
        }
    }
    assert!(found.is_empty(), "move what both need to a module of its own:\n{}", found.join("\n"));
}
