//! The custom XML part: the versions that the file was made from, and what each of its bookmarks stands for.

use super::finish::properties::{element, empty, part};
use super::links::Bookmark;
use crate::ooxml::names::OFFICE;
use crate::ooxml::trace::{
    BASE, CLASSIFICATION, COLUMN_MARKS, Fingerprint, Landmark, NAMESPACE, STORE_ITEM, TARGET, TOOL, Trace,
};
use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use std::io::Result;

/// The custom properties: name and value.
pub fn properties<'a>(classification: &'a str, trace: &'a Trace) -> Vec<(&'static str, &'a str)> {
    let mut properties = vec![(CLASSIFICATION, classification), (TOOL, &trace.tool)];
    for (names, version) in [(BASE, &trace.base), (TARGET, &trace.target)] {
        let values = version.iter().flat_map(|version| [version.id.as_str(), &version.sha256]);
        properties.extend(names.into_iter().zip(values));
    }
    properties
}

/// The part itself. Texts stand in elements: the white space of an attribute doesn't outlive a reader.
pub fn item(trace: &Trace, bookmarks: &[Bookmark]) -> Result<Vec<u8>> {
    part(|xml| {
        xml.write_event(Event::Start(BytesStart::new("trace").with_attributes([("xmlns", NAMESPACE)])))?;
        element(xml, BytesStart::new("tool"), &trace.tool)?;
        for (name, version) in [("base", &trace.base), ("target", &trace.target)] {
            if let Some(Fingerprint { id, sha256 }) = version {
                element(xml, BytesStart::new(name).with_attributes([("sha256", sha256.as_str())]), id)?;
            }
        }
        for author in &trace.authors {
            element(xml, BytesStart::new("author"), author)?;
        }
        if let Some(sent) = &trace.sent {
            element(xml, BytesStart::new("sent"), sent)?;
        }
        for bookmark in bookmarks {
            xml.write_event(Event::Start(BytesStart::new("bookmark").with_attributes([("name", &*bookmark.name)])))?;
            landmark(xml, &bookmark.landmark)?;
            xml.write_event(Event::End(BytesEnd::new("bookmark")))?;
        }
        xml.write_event(Event::End(BytesEnd::new("trace")))
    })
}

fn landmark(xml: &mut Writer<&mut Vec<u8>>, landmark: &Landmark) -> Result<()> {
    let (kind, fields) = match landmark {
        Landmark::Section { id, was } => ("section", vec![("id", Some(id)), ("was", was.as_ref())]),
        Landmark::Table { id, was, .. } => ("table", vec![("id", Some(id)), ("was", was.as_ref())]),
        Landmark::Row { table, key, was } => {
            ("row", vec![("table", Some(table)), ("key", Some(key)), ("was", was.as_ref())])
        }
        Landmark::Heading { section } => ("heading", vec![("section", section.as_ref())]),
    };
    xml.write_event(Event::Start(BytesStart::new(kind)))?;
    for (name, text) in fields.into_iter().filter_map(|(name, text)| Some((name, text?))) {
        element(xml, BytesStart::new(name), text)?;
    }
    if let Landmark::Table { columns, .. } = landmark {
        for (key, mark) in columns {
            let mark = COLUMN_MARKS.iter().find(|(it, _)| it == mark).map(|(_, name)| ("mark", *name));
            let was = key.was.as_ref().map(|was| ("was", was.as_str()));
            element(xml, BytesStart::new("column").with_attributes(mark.into_iter().chain(was)), &key.now)?;
        }
    }
    xml.write_event(Event::End(BytesEnd::new(kind)))
}

/// What Office knows the custom XML part by.
pub fn item_properties() -> Result<Vec<u8>> {
    part(|xml| {
        let namespace = format!("{OFFICE}/customXml");
        let start = BytesStart::new("ds:datastoreItem")
            .with_attributes([("ds:itemID", STORE_ITEM), ("xmlns:ds", namespace.as_str())]);
        xml.write_event(Event::Start(start))?;
        xml.write_event(Event::Start(BytesStart::new("ds:schemaRefs")))?;
        empty(xml, "ds:schemaRef", &[("ds:uri", NAMESPACE)])?;
        xml.write_event(Event::End(BytesEnd::new("ds:schemaRefs")))?;
        xml.write_event(Event::End(BytesEnd::new("ds:datastoreItem")))
    })
}
