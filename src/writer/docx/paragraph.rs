//! Paragraphs: their style, their place in a list, and their mark.

use super::flow::{Form, Para};
use super::lists::{Lists, Place};
use super::runs::Reviser;
use super::{page, styles};
use crate::document::{Kind, Mark, Revised};
use crate::stylesheet::Stylesheet;
use docx_rs as word;
use word::{BookmarkEnd, BookmarkStart, ParagraphChild};

/// A paragraph with its properties, former ones included, and nothing in it.
pub fn empty(para: &Para<'_>, lists: &mut Lists, sheet: &Stylesheet, reviser: &Reviser) -> word::Paragraph {
    let places = lists.place(&para.form);
    let mut paragraph = marked(word::Paragraph::new(), para.mark, reviser);
    paragraph.property = formed(paragraph.property, para.form.now, places.now, para.starts_page);
    if let Some(change) = change(para, &places, reviser) {
        paragraph = paragraph.paragraph_property_change(change);
    }
    if let Some(orientation) = para.ends_section {
        paragraph = paragraph.section_property(page::section(sheet, orientation));
    }
    paragraph
}

/// A paragraph whose mark is inserted or deleted.
pub fn marked(mut paragraph: word::Paragraph, mark: Mark, reviser: &Reviser) -> word::Paragraph {
    let property = &mut paragraph.property.run_property;
    match mark {
        Mark::Kept => {}
        Mark::Inserted => property.ins = Some(reviser.insert()),
        Mark::Deleted => property.del = Some(reviser.delete()),
    }
    paragraph
}

fn formed(
    property: word::ParagraphProperty,
    form: Form<'_>,
    place: Option<Place>,
    starts_page: bool,
) -> word::ParagraphProperty {
    let mut property = property.style(&styles::of(form));
    if let Some(place) = place {
        property = property.numbering_property(place.property());
    }
    if starts_page {
        property = property.page_break_before(true);
    }
    property
}

/// The former properties, where the paragraph looked otherwise.
fn change(
    para: &Para<'_>,
    places: &Revised<Option<Place>>,
    reviser: &Reviser,
) -> Option<word::ParagraphPropertyChange> {
    let was = para.form.was?;
    // A heading whose identity alone changed, or an item whose number did, looks as it did.
    let same_style = styles::of(was) == styles::of(para.form.now);
    let same_place = match (places.before(), &places.now) {
        (Some(before), Some(now)) => before.level == now.level && restart(was) == restart(para.form.now),
        (before, now) => before == now,
    };
    if same_style && same_place {
        return None;
    }
    let property = formed(word::ParagraphProperty::new(), was, *places.before(), para.starts_page);
    Some(word::ParagraphPropertyChange::new().property(property).author(&reviser.author).date(&reviser.date))
}

fn restart(form: Form<'_>) -> Option<crate::document::Marker> {
    match form {
        Form::Kind(Kind::Item { marker, .. }) => Some(*marker),
        _ => None,
    }
}

/// Puts bookmarks around what stands in a paragraph.
pub fn bookmark(paragraph: &mut word::Paragraph, bookmarks: &[super::links::Bookmark]) {
    let starts =
        bookmarks.iter().map(|mark| ParagraphChild::BookmarkStart(BookmarkStart::new(mark.id, mark.name.clone())));
    paragraph.children.splice(0..0, starts);
    let ends = bookmarks.iter().map(|mark| ParagraphChild::BookmarkEnd(BookmarkEnd { id: mark.id }));
    paragraph.children.extend(ends);
}
