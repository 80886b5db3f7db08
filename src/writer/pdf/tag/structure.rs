//! The structure tree as objects, and the table by which a viewer finds the element of what is on a page.

use super::links::Annotation;
use super::object::{text, with};
use super::save::Written;
use crate::document::Series;
use crate::writer::pdf::placed::{Laid, Page, Spot};
use crate::writer::pdf::tree::{Kid, Node, NodeId, Scope, SlotId, Tag, Tree};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A stretch of a page that fills a slot: the page and the number of the mark.
type Stretch = (usize, usize);

/// Adds the structure tree, and gives its root and its elements as they are written. `marked` says, for each page and each mark on it, which slot it fills.
pub(super) fn add(
    file: &mut Document,
    laid: &Laid,
    marked: &[Vec<SlotId>],
    pages: &[ObjectId],
    links: &[Annotation],
) -> (ObjectId, Vec<Written>) {
    let tree = &laid.tree;
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = tree.nodes.iter().map(|_| file.new_object_id()).collect();
    let writer = Writer {
        tree,
        ids: &ids,
        pages,
        stretches: stretches(tree, marked),
        annotations: by_node(tree, links),
        figures: figures(laid),
    };
    let element = |(node, id): (NodeId, &ObjectId)| Written::new(*id, &writer.element(node, root).into());
    let elements = ids.par_iter().enumerate().map(element).collect();
    for (index, &page) in pages.iter().enumerate() {
        if let Ok(page) = file.get_dictionary_mut(page) {
            page.set("StructParents", index as i64);
        }
    }
    let numbers = parent_tree(tree, &ids, marked, links);
    let next = (marked.len() + links.len()) as i64;
    let parents = file.add_object(dictionary! { "Nums" => numbers });
    let roles = Tag::ROLES.iter().map(|&(own, standard)| (own, Object::from(standard)));
    let named = names(tree, &ids).map(|names| file.add_object(dictionary! { "Names" => names }));
    let dictionary = dictionary! {
            "Type" => "StructTreeRoot",
            "K" => ids.first().copied().map_or(Object::Null, Object::Reference),
            "ParentTree" => parents,
            "ParentTreeNextKey" => next,
            "RoleMap" => Dictionary::from_iter(roles),
    };
    file.set_object(root, with(dictionary, "IDTree", named.map(Object::Reference)));
    (root, elements)
}

/// The stretches that fill each slot, in the order of the pages.
fn stretches(tree: &Tree, marked: &[Vec<SlotId>]) -> Vec<Vec<Stretch>> {
    let mut stretches = vec![Vec::new(); tree.slots.len()];
    for (page, slots) in marked.iter().enumerate() {
        for (mark, &slot) in slots.iter().enumerate() {
            stretches[slot].push((page, mark));
        }
    }
    stretches
}

/// Where each picture of the text stands, from the bottom of its page.
fn figures(laid: &Laid) -> BTreeMap<NodeId, Spot> {
    let of_page = |page: &'_ Page| {
        let shown = page.figures.iter();
        shown
            .map(|shown| (laid.tree.slots[shown.slot], Spot { y: page.height - shown.spot.y, ..shown.spot }))
            .collect::<Vec<_>>()
    };
    laid.pages.iter().flat_map(of_page).collect()
}

/// The elements that have a name of their own, which PDF/UA wants notes to have; in the order of their names.
fn names(tree: &Tree, ids: &[ObjectId]) -> Option<Vec<Object>> {
    let named = tree.nodes.iter().zip(ids).filter_map(|(node, id)| Some((name_of(node.tag)?, *id)));
    let mut named: Vec<(String, ObjectId)> = named.collect();
    named.sort();
    let pairs = named.into_iter().flat_map(|(name, id)| [Object::string_literal(name), Object::Reference(id)]);
    Some(pairs.collect::<Vec<_>>()).filter(|pairs| !pairs.is_empty())
}

fn name_of(tag: Tag) -> Option<String> {
    match tag {
        Tag::Footnote(number) => Some(format!("note-{number}")),
        _ => None,
    }
}

/// The annotations of each element.
fn by_node<'l>(tree: &Tree, links: &'l [Annotation]) -> Vec<Vec<&'l Annotation>> {
    let mut by_node = vec![Vec::new(); tree.nodes.len()];
    for link in links {
        by_node[link.node].push(link);
    }
    by_node
}

/// For each page the elements of its marks, then for each annotation its element.
fn parent_tree(tree: &Tree, ids: &[ObjectId], marked: &[Vec<SlotId>], links: &[Annotation]) -> Vec<Object> {
    let mut numbers = Vec::with_capacity(2 * (marked.len() + links.len()));
    for (page, slots) in marked.iter().enumerate() {
        let parents: Vec<Object> = slots.iter().map(|&slot| Object::Reference(ids[tree.slots[slot]])).collect();
        numbers.extend([Object::Integer(page as i64), parents.into()]);
    }
    for (index, link) in links.iter().enumerate() {
        numbers.extend([Object::Integer((marked.len() + index) as i64), Object::Reference(ids[link.node])]);
    }
    numbers
}

struct Writer<'t> {
    tree: &'t Tree,
    ids: &'t [ObjectId],
    pages: &'t [ObjectId],
    stretches: Vec<Vec<Stretch>>,
    annotations: Vec<Vec<&'t Annotation>>,
    /// Where each picture stands; its `y` is that of its upper edge from the bottom of the page.
    figures: BTreeMap<NodeId, Spot>,
}

impl Writer<'_> {
    fn element(&self, id: NodeId, root: ObjectId) -> Dictionary {
        let node = &self.tree.nodes[id];
        let parent = if id == Tree::ROOT { root } else { self.ids[node.parent] };
        let page = self.page_of(node);
        let mut kids = Vec::new();
        for kid in &node.kids {
            match *kid {
                Kid::Node(kid) => kids.push(Object::Reference(self.ids[kid])),
                Kid::Slot(slot) => kids.extend(self.stretches[slot].iter().map(|&stretch| self.content(stretch, page))),
            }
        }
        kids.extend(self.annotations[id].iter().map(|link| self.annotation(link)));
        let kids = match kids.len() {
            0 => None,
            1 => kids.pop(),
            _ => Some(kids.into()),
        };
        let element = dictionary! { "S" => node.tag.name(), "P" => parent };
        let element = with(element, "ID", name_of(node.tag).map(Object::string_literal));
        let element = with(element, "Pg", page.map(|page| Object::Reference(self.pages[page])));
        let attributes = attributes(node.tag).or_else(|| self.bounds(id));
        let element = with(element, "A", attributes.map(Object::Dictionary));
        with(with(element, "Alt", node.alt.as_deref().map(text)), "K", kids)
    }

    /// The page of the first text in an element itself.
    fn page_of(&self, node: &Node) -> Option<usize> {
        node.kids.iter().find_map(|kid| match *kid {
            Kid::Slot(slot) => self.stretches[slot].first().map(|&(page, _)| page),
            Kid::Node(_) => None,
        })
    }

    /// The box that a picture fills on its page, if the element is one.
    fn bounds(&self, id: NodeId) -> Option<Dictionary> {
        let Spot { x, y, width, height } = self.figures.get(&id)?;
        let edges = [*x, y - height, x + width, *y].map(Object::Real);
        Some(dictionary! { "O" => "Layout", "BBox" => edges.to_vec(), "Placement" => "Block" })
    }

    /// A stretch, as an element on `page` refers to it.
    fn content(&self, (page, mark): Stretch, on: Option<usize>) -> Object {
        if on == Some(page) {
            return Object::Integer(mark as i64);
        }
        dictionary! { "Type" => "MCR", "Pg" => self.pages[page], "MCID" => mark as i64 }.into()
    }

    fn annotation(&self, link: &Annotation) -> Object {
        dictionary! { "Type" => "OBJR", "Pg" => self.pages[link.page], "Obj" => link.id }.into()
    }
}

/// With how many columns and rows a cell covers, where those are several.
fn spans(cell: Dictionary, span: usize, rows: usize) -> Dictionary {
    let several = |count: usize| (count > 1).then_some(Object::Integer(count as i64));
    with(with(cell, "ColSpan", several(span)), "RowSpan", several(rows))
}

/// The attributes of an element (ISO 32000-1, 14.8.5).
fn attributes(tag: Tag) -> Option<Dictionary> {
    let attributes = |owner: &str, key: &str, value: Object| Some(dictionary! { "O" => owner, key => value });
    match tag {
        Tag::Inserted => attributes("Layout", "TextDecorationType", "Underline".into()),
        Tag::Deleted => attributes("Layout", "TextDecorationType", "LineThrough".into()),
        Tag::Script { rise } => attributes("Layout", "BaselineShift", Object::Real(rise as f32 / 1000.0)),
        Tag::List(series) => {
            let numbering = match series {
                None => "Disc",
                Some(Series::Decimal) => "Decimal",
                Some(Series::LowerRoman) => "LowerRoman",
                Some(Series::UpperRoman) => "UpperRoman",
                Some(Series::LowerLetter) => "LowerAlpha",
                Some(Series::UpperLetter) => "UpperAlpha",
            };
            attributes("List", "ListNumbering", numbering.into())
        }
        Tag::Definitions => attributes("List", "ListNumbering", "None".into()),
        Tag::Header { scope, span, rows } => {
            let scope = match scope {
                Scope::Column => "Column",
                Scope::Row => "Row",
            };
            let header = dictionary! { "O" => "Table", "Scope" => scope };
            Some(spans(header, span, rows))
        }
        Tag::Cell { span, rows } if span > 1 || rows > 1 => Some(spans(dictionary! { "O" => "Table" }, span, rows)),
        _ => None,
    }
}
