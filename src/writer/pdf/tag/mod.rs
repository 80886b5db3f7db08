//! Tagging: what printpdf doesn't write. The logical structure, the outline, links, metadata, and the promises to
//! PDF/UA-1 and PDF/A-2a that they make good.

mod colour;
mod deflate;
mod links;
mod metadata;
mod object;
mod outline;
mod save;
mod structure;

use super::paint::Painted;
use super::placed::Laid;
use crate::document::Meta;
use lopdf::{Document, Object, ObjectId, StringFormat, dictionary};
use object::text;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

/// Tags a painted document and gives its bytes.
pub fn tag(painted: Painted, laid: &Laid, meta: &Meta, date: Option<&str>) -> Vec<u8> {
    let Painted { mut file, marked } = painted;
    file.version = "1.7".to_owned();
    let pages: Vec<ObjectId> = file.get_pages().into_values().collect();
    share_resources(&mut file, &pages, laid.picture.is_some() || !laid.figures.is_empty());
    compress(&mut file);
    let links = links::add(&mut file, laid, &pages);
    let (structure, elements) = structure::add(&mut file, laid, &marked, &pages, &links);
    let outline = outline::add(&mut file, laid, &pages);
    let intent = colour::add_output_intent(&mut file);
    let xmp = metadata::add_xmp(&mut file, meta, date);
    if let Ok(catalog) = file.catalog_mut() {
        catalog.remove(b"PageLayout");
        catalog.set("Lang", text(&meta.language));
        catalog.set("MarkInfo", dictionary! { "Marked" => true });
        catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
        catalog.set("StructTreeRoot", structure);
        catalog.set("OutputIntents", vec![Object::Reference(intent)]);
        catalog.set("Metadata", xmp);
        let numbers = vec![Object::Integer(0), dictionary! { "S" => "D" }.into()];
        catalog.set("PageLabels", dictionary! { "Nums" => numbers });
        match outline {
            Some(outline) => {
                catalog.set("Outlines", outline);
                catalog.set("PageMode", "UseOutlines");
            }
            None => catalog.set("PageMode", "UseNone"),
        }
    }
    let info = file.add_object(metadata::info(meta, date));
    if let Ok(Object::Reference(old)) = file.trailer.get(b"Info").cloned() {
        file.objects.remove(&old);
    }
    file.trailer.set("Info", info);
    identify(&mut file);
    save::save(file, elements)
}

/// printpdf gives each page resources of its own, which are all alike: one will do.
fn share_resources(file: &mut Document, pages: &[ObjectId], has_pictures: bool) {
    let mut shared = None;
    for page in pages {
        let Ok(dictionary) = file.get_dictionary_mut(*page) else { continue };
        dictionary.set("Tabs", "S");
        dictionary.remove(b"Annots");
        let Ok(own) = dictionary.get(b"Resources").and_then(Object::as_reference) else { continue };
        match shared {
            None => shared = Some(own),
            Some(first) => {
                dictionary.set("Resources", first);
                file.objects.remove(&own);
            }
        }
    }
    let Some(resources) = shared.and_then(|id| file.get_dictionary_mut(id).ok()) else { return };
    let mut kinds = vec![b"ExtGState".as_slice(), b"Shading"];
    if !has_pictures {
        kinds.push(b"XObject");
    }
    let unused: Vec<_> = kinds.into_iter().map(|kind| resources.remove(kind)).collect();
    for reference in unused.into_iter().flatten() {
        if let Ok(id) = reference.as_reference() {
            file.objects.remove(&id);
        }
    }
}

/// Compresses pages, fonts and all else that stands in streams.
fn compress(file: &mut Document) {
    let streams = file.objects.values_mut().filter_map(|object| object.as_stream_mut().ok());
    let streams: Vec<_> = streams.filter(|stream| stream.allows_compression).collect();
    streams.into_par_iter().for_each(deflate::compress);
}

/// The identity of the file is a digest of its pages, fonts and metadata, so the same document is the same file.
fn identify(file: &mut Document) {
    let mut digest = Sha256::new();
    for object in file.objects.values() {
        if let Object::Stream(stream) = object {
            digest.update(&stream.content);
        }
    }
    let identity = Object::String(digest.finalize().iter().copied().take(16).collect(), StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![identity.clone(), identity]);
}
