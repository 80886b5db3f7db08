//! What a file says of itself: to archives and to validators in XMP, to everyone else in the information dictionary.

use super::object::text;
use crate::document::Meta;
use jiff::civil::DateTime;
use jiff::{Timestamp, tz::TimeZone};
use lopdf::{Dictionary, Document, ObjectId, Stream, dictionary};
use quick_xml::escape::partial_escape;

/// What made the file.
const PRODUCER: &str = concat!("ctsd ", env!("CARGO_PKG_VERSION"));

/// The information dictionary. It says nothing that XMP doesn't.
pub(super) fn info(meta: &Meta, date: Option<&str>) -> Dictionary {
    let mut info = dictionary! { "Title" => text(&meta.title), "Producer" => text(PRODUCER) };
    if !meta.subject.is_empty() {
        info.set("Subject", text(&meta.subject));
    }
    if let Some(date) = date.and_then(Date::read) {
        info.set("CreationDate", text(&date.for_info()));
        info.set("ModDate", text(&date.for_info()));
    }
    info
}

/// Adds the XMP metadata. They are not compressed, so that an archive finds them without knowing PDF.
pub(super) fn add_xmp(file: &mut Document, meta: &Meta, date: Option<&str>) -> ObjectId {
    let stream = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, xmp(meta, date).into_bytes());
    file.add_object(stream.with_compression(false))
}

fn xmp(meta: &Meta, date: Option<&str>) -> String {
    let mut about = format!(
        "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title>\n\
         <dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language>\n\
         <pdf:Producer>{}</pdf:Producer>\n",
        escape(&meta.title),
        escape(&meta.language),
        escape(PRODUCER)
    );
    if !meta.subject.is_empty() {
        about += &format!(
            "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:description>\n",
            escape(&meta.subject)
        );
    }
    if let Some(date) = date.and_then(Date::read) {
        let date = date.for_xmp();
        about += &format!("<xmp:CreateDate>{date}</xmp:CreateDate>\n<xmp:ModifyDate>{date}</xmp:ModifyDate>\n");
    }
    include_str!("metadata.xmp").replace("{about}", about.trim_end())
}

fn escape(text: &str) -> String {
    // XML 1.0 has no way to write most control characters.
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    partial_escape(text).into_owned()
}

/// A moment in universal time.
struct Date(DateTime);

impl Date {
    /// Reads `2026-11-23` or `2026-11-23T16:00:49Z`.
    fn read(date: &str) -> Option<Self> {
        let moment = date.parse::<Timestamp>().map(|moment| TimeZone::UTC.to_datetime(moment));
        moment.or_else(|_| date.parse()).ok().map(Self)
    }

    fn for_info(&self) -> String {
        self.0.strftime("D:%Y%m%d%H%M%SZ").to_string()
    }

    fn for_xmp(&self) -> String {
        self.0.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_in_both_forms() {
        let date = |text| Date::read(text).map(|date| (date.for_info(), date.for_xmp()));
        assert_eq!(date("2019-11-29"), Some(("D:20191129000000Z".into(), "2019-11-29T00:00:00Z".into())));
        assert_eq!(date("2019-11-29T16:05:09Z"), Some(("D:20191129160509Z".into(), "2019-11-29T16:05:09Z".into())));
        assert_eq!(date("2019-11-29T17:05:09.5+01:00"), date("2019-11-29T16:05:09Z"));
        assert_eq!((date("soon"), date("2019-02-30")), (None, None));
    }

    #[test]
    fn xmp_escapes_what_it_quotes() {
        let meta = Meta { title: "A & B <C>\u{1}".into(), ..Meta::default() };
        let xmp = xmp(&meta, None);
        assert!(xmp.contains("A &amp; B &lt;C&gt;<"), "{xmp}");
    }
}
