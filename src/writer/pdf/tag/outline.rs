//! The outline: the list of sections and tables that a viewer shows beside the pages.

use super::object::{destination, text};
use crate::writer::pdf::placed::{Entry, Laid};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

/// An entry with what is below it.
struct Branch<'l> {
    entry: &'l Entry,
    id: ObjectId,
    /// Index of the entry that it is under; none at the top.
    parent: Option<usize>,
    kids: Vec<usize>,
}

/// Adds the outline, if there is anything to list.
pub(super) fn add(file: &mut Document, laid: &Laid, pages: &[ObjectId]) -> Option<ObjectId> {
    if laid.outline.is_empty() {
        return None;
    }
    let root = file.new_object_id();
    let (branches, top) = branches(file, &laid.outline);
    for branch in &branches {
        let siblings = branch.parent.and_then(|parent| branches.get(parent)).map_or(&top, |parent| &parent.kids);
        let parent = branch.parent.and_then(|parent| branches.get(parent)).map_or(root, |parent| parent.id);
        let place = branch.entry.place;
        let mut dictionary = dictionary! { "Title" => text(&branch.entry.title), "Parent" => parent };
        if let (Some(&page), Some(on)) = (pages.get(place.page), laid.pages.get(place.page)) {
            dictionary.set("Dest", destination(page, on.height, place.top));
        }
        let here = siblings.partition_point(|&sibling| branches[sibling].id < branch.id);
        let neighbour = |index: Option<usize>| index.and_then(|index| siblings.get(index)).map(|&at| branches[at].id);
        for (key, id) in [("Prev", neighbour(here.checked_sub(1))), ("Next", neighbour(here.checked_add(1)))] {
            if let Some(id) = id {
                dictionary.set(key, id);
            }
        }
        link_kids(&mut dictionary, &branches, &branch.kids, branch.kids.len());
        file.set_object(branch.id, dictionary);
    }
    let mut dictionary = dictionary! { "Type" => "Outlines" };
    link_kids(&mut dictionary, &branches, &top, branches.len());
    file.set_object(root, dictionary);
    Some(root)
}

/// The entries as a tree: each under the last one of a lower level. Identifiers rise in order.
fn branches<'l>(file: &mut Document, outline: &'l [Entry]) -> (Vec<Branch<'l>>, Vec<usize>) {
    let mut branches: Vec<Branch<'l>> = Vec::with_capacity(outline.len());
    let (mut open, mut top): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    for entry in outline {
        while open.last().is_some_and(|&last| branches[last].entry.level >= entry.level) {
            open.pop();
        }
        let (parent, index) = (open.last().copied(), branches.len());
        branches.push(Branch { entry, id: file.new_object_id(), parent, kids: Vec::new() });
        match parent {
            Some(parent) => branches[parent].kids.push(index),
            None => top.push(index),
        }
        open.push(index);
    }
    (branches, top)
}

fn link_kids(dictionary: &mut Dictionary, branches: &[Branch<'_>], kids: &[usize], count: usize) {
    if let (Some(&first), Some(&last)) = (kids.first(), kids.last()) {
        dictionary.set("First", branches[first].id);
        dictionary.set("Last", branches[last].id);
        dictionary.set("Count", Object::Integer(count as i64));
    }
}
