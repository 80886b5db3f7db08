//! Paragraphs: their style, their place in a list, and their mark.

use super::flow::{Form, Para};
use super::lists::{Lists, NumberingLevel};
use super::page;
use super::runs;
use crate::document::{Kind, Mark, Marker, Revised, TextRole};
use crate::ooxml::units::{twips, twips_of_points};
use crate::stylesheet::Stylesheet;
use crate::writer::{below_table, style_of};
use docx_rs as word;
use word::{BookmarkEnd, BookmarkStart, ParagraphChild};

/// What stands over a paragraph.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Above {
    Text,
    Table,
    /// The last item of a list.
    List,
    /// Nothing: it is the first on its page.
    PageEdge,
}

/// What a paragraph's place asks of it, beside what it is.
#[derive(Clone, Copy)]
struct Surroundings<'s> {
    sheet: &'s Stylesheet,
    starts_page: bool,
    keeps_next: bool,
    in_meaning: bool,
    above: Above,
}

/// A paragraph with its properties, former ones included, and nothing in it. `by` is the hand that its mark is of, where
/// that isn't the one of the rest.
pub fn empty(
    para: &Para<'_>,
    above: Above,
    lists: &mut Lists,
    sheet: &Stylesheet,
    by: Option<usize>,
) -> word::Paragraph {
    let Para { starts_page, keeps_next, in_meaning, .. } = *para;
    let surroundings = Surroundings { sheet, starts_page, keeps_next, in_meaning, above };
    let places = lists.place(&para.form, para.mark);
    let mut paragraph = marked(word::Paragraph::new(), para.mark);
    if let Some(by) = by {
        let property = &mut paragraph.property.run_property;
        property.ins = property.ins.take().map(|insertion| insertion.author(by.to_string()));
        property.del = property.del.take().map(|deletion| deletion.author(by.to_string()));
    }
    if para.nowhere {
        paragraph = marked(paragraph, Mark::Inserted);
    }
    paragraph.property = formed(paragraph.property, para.form.now, places.now, surroundings);
    if let Some(change) = change(para, &places, surroundings) {
        paragraph = paragraph.paragraph_property_change(change);
    }
    if let Some(orientation) = para.ends_section {
        paragraph = paragraph.section_property(page::section(sheet, orientation));
    }
    paragraph
}

/// A paragraph whose mark is inserted or deleted.
pub fn marked(mut paragraph: word::Paragraph, mark: Mark) -> word::Paragraph {
    let property = &mut paragraph.property.run_property;
    match mark {
        Mark::Kept => {}
        Mark::Inserted => property.ins = Some(runs::insertion()),
        Mark::Deleted => property.del = Some(runs::deletion()),
    }
    paragraph
}

fn formed(
    property: word::ParagraphProperty,
    form: Form<'_>,
    place: Option<NumberingLevel>,
    surroundings: Surroundings<'_>,
) -> word::ParagraphProperty {
    let mut property = property.style(&form.style());
    if let Some(place) = place {
        property = property.numbering_property(place.property());
    }
    if let (true, Form::Kind(Kind::Item { level, marker })) = (surroundings.in_meaning, form) {
        let sheet = surroundings.sheet;
        let hanging =
            (*marker != Marker::Continued).then(|| word::SpecialIndentType::Hanging(super::lists::indent(sheet, 1)));
        let inner = super::lists::indent(sheet, usize::from(*level).saturating_sub(1));
        property = property.indent(Some(twips(sheet.term_column()) + inner), hanging, None, None);
    }
    if surroundings.keeps_next {
        property = property.keep_next(true);
    }
    if surroundings.starts_page {
        property = property.page_break_before(true);
    }
    if let Some(space) = space_above(form, surroundings) {
        property = property.line_spacing(word::LineSpacing::new().before(twips_of_points(space)));
    }
    property
}

/// The space above a paragraph, in points, where its place asks for another than its style has.
fn space_above(form: Form<'_>, surroundings: Surroundings<'_>) -> Option<f32> {
    let Form::Kind(kind) = form else { return None };
    let own = style_of(kind, surroundings.sheet).before;
    match surroundings.above {
        Above::Text => None,
        // As much below a list as above it.
        Above::List => {
            let more = surroundings.sheet.body.after - surroundings.sheet.list.after;
            Some(more).filter(|more| own < *more && !matches!(kind, Kind::Item { .. }))
        }
        // Word's tables have no space below them, so what follows brings it.
        Above::Table => Some(below_table(surroundings.sheet)).filter(|below| own < *below),
        // Word keeps it at the head of a page that a break or a section starts; only a title wants that.
        Above::PageEdge => Some(0.0).filter(|_| own > 0.0 && *kind != Kind::Role(TextRole::Title)),
    }
}

/// The former properties, where the paragraph looked otherwise.
fn change(
    para: &Para<'_>,
    places: &Revised<Option<NumberingLevel>>,
    surroundings: Surroundings<'_>,
) -> Option<word::ParagraphPropertyChange> {
    let was = *para.form.before();
    // A heading whose identity alone changed, or an item whose number did while its list counts it, looks as it did.
    if was.style() == para.form.now.style() && places.was.is_none() {
        return None;
    }
    let property = formed(word::ParagraphProperty::new(), was, *places.before(), surroundings);
    Some(word::ParagraphPropertyChange::new().property(property))
}

/// Puts bookmarks around what stands in a paragraph.
pub fn bookmark(paragraph: &mut word::Paragraph, bookmarks: &[super::links::Bookmark]) {
    let starts =
        bookmarks.iter().map(|mark| ParagraphChild::BookmarkStart(BookmarkStart::new(mark.id, mark.name.clone())));
    paragraph.children.splice(0..0, starts);
    let ends = bookmarks.iter().map(|mark| ParagraphChild::BookmarkEnd(BookmarkEnd { id: mark.id }));
    paragraph.children.extend(ends);
}
