//! Links as annotations.

use super::object::{destination, text};
use crate::writer::pdf::placed::{Laid, Link, Page};
use crate::writer::pdf::tree::NodeId;
use lopdf::{Document, Object, ObjectId, dictionary};

/// A link annotation, for the structure to refer to.
pub(super) struct Annotation {
    pub id: ObjectId,
    /// Index into the pages.
    pub page: usize,
    pub node: NodeId,
}

/// Adds the links of all pages. One that leads to no place of the document leads nowhere, and is only text.
pub(super) fn add(file: &mut Document, laid: &Laid, pages: &[ObjectId]) -> Vec<Annotation> {
    let mut annotations = Vec::new();
    for (index, (page, &page_id)) in laid.pages.iter().zip(pages).enumerate() {
        let mut on_page = Vec::new();
        for link in &page.links {
            let Some(goal) = goal(laid, pages, &link.target) else { continue };
            let key = laid.pages.len() + annotations.len();
            let id = file.add_object(annotation(page, page_id, link, goal, key));
            on_page.push(Object::Reference(id));
            annotations.push(Annotation { id, page: index, node: link.node });
        }
        if let (false, Ok(dictionary)) = (on_page.is_empty(), file.get_dictionary_mut(page_id)) {
            dictionary.set("Annots", on_page);
        }
    }
    annotations
}

/// Where a link leads, as an entry of its annotation.
fn goal(laid: &Laid, pages: &[ObjectId], target: &str) -> Option<(&'static str, Object)> {
    match target.strip_prefix('#') {
        Some(anchor) => {
            let place = laid.places.get(anchor)?;
            let (page, on) = (pages.get(place.page)?, laid.pages.get(place.page)?);
            Some(("Dest", destination(*page, on.height, place.top)))
        }
        None => {
            let address = Object::string_literal(target.escape_default().to_string());
            Some(("A", dictionary! { "S" => "URI", "URI" => address }.into()))
        }
    }
}

fn annotation(page: &Page, page_id: ObjectId, link: &Link, goal: (&str, Object), key: usize) -> lopdf::Dictionary {
    let (bottom, top) = (page.height - link.y - link.height, page.height - link.y);
    let corners = [link.x, bottom, link.x + link.width, top].map(|value| Object::Real((value * 100.0).round() / 100.0));
    let mut annotation = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => corners.to_vec(),
        "Border" => vec![0.into(), 0.into(), 0.into()],
        // Printed with the page, as PDF/A demands of all that is on it.
        "F" => 4,
        "P" => page_id,
        "Contents" => text(&link.text),
        "StructParent" => key as i64,
    };
    annotation.set(goal.0, goal.1);
    annotation
}
