//! The list of rooms in `src/lib.rs` is true: each room is in it, and uses only rooms that stand below it.

use super::paths::uses;
use std::collections::{BTreeMap, BTreeSet};

/// The rooms as the crate's page lists them, highest first: a line each, which begins with the room's name.
fn rooms() -> Vec<String> {
    let page = include_str!("../../../src/lib.rs");
    let lines = page.lines().filter_map(|line| line.strip_prefix("//! | `"));
    lines.filter_map(|line| Some(line.split_once('`')?.0.to_owned())).collect()
}

#[test]
fn the_list_of_rooms_is_that_of_the_folder() {
    let (modules, _) = uses();
    let there: BTreeSet<&str> = modules.iter().filter_map(|module| Some(module.first()?.as_str())).collect();
    let rooms = rooms();
    let listed: BTreeSet<&str> = rooms.iter().map(String::as_str).collect();
    assert_eq!(listed.len(), rooms.len(), "a room stands once: {rooms:?}");
    assert_eq!(listed, there);
}

#[test]
fn a_room_uses_only_rooms_below_it() {
    let (_, uses) = uses();
    let rooms = rooms();
    let heights: BTreeMap<&str, usize> = rooms.iter().enumerate().map(|(at, room)| (room.as_str(), at)).collect();
    let height = |module: &[String]| module.first().and_then(|room| heights.get(room.as_str()));
    let mut upward = Vec::new();
    for step in &uses {
        if let (Some(from), Some(to)) = (height(&step.from), height(&step.to))
            && to < from
        {
            upward.push(format!("{}: {} uses {}, which stands above it", step.at, rooms[*from], step.to.join("::")));
        }
    }
    assert!(upward.is_empty(), "{}", upward.join("\n"));
}
