//! The page: its size and margins, and what stands at its head and foot.

use super::flow::Orientation;
use super::runs::{self, text_run};
use crate::document::{Mark, Meta, Revised};
use crate::ooxml::styles;
use crate::ooxml::units::{twips, twips_of_points};
use crate::stylesheet::Stylesheet;
use crate::writer::columns;
use docx_rs as word;
use word::{BuildXML, ParagraphChild};

pub const HEADER_ID: &str = "rIdHeader1";
pub const FOOTER_ID: &str = "rIdFooter1";
pub const LOGO_ID: &str = "rIdLogo";

/// English Metric Units, in which Word measures pictures, to the millimetre.
const EMU: f32 = 36_000.0;

/// The width between the margins, in twips.
pub fn text_width(sheet: &Stylesheet, orientation: Orientation) -> u32 {
    columns::text_width(sheet, orientation == Orientation::Landscape)
}

/// The properties of a section.
pub fn section(sheet: &Stylesheet, orientation: Orientation) -> word::SectionProperty {
    let page = &sheet.page;
    let size = |length| u32::try_from(twips(length)).unwrap_or_default();
    let (width, height) = (size(page.width), size(page.height));
    // Head and foot stand halfway into their margins.
    let margin = word::PageMargin {
        top: twips(sheet.text_top(1)),
        bottom: twips(page.bottom),
        left: twips(page.left),
        right: twips(page.right),
        header: twips(sheet.head_top()),
        footer: twips(page.bottom / 2.0).min(i32::try_from(twips_of_points(sheet.footer.size * 3.0)).unwrap_or(0)),
        gutter: 0,
    };
    let property = word::SectionProperty {
        page_margin: margin,
        space: 720,
        header_reference: Some(word::HeaderReference::new("default", HEADER_ID)),
        footer_reference: Some(word::FooterReference::new("default", FOOTER_ID)),
        ..word::SectionProperty::new()
    };
    match orientation {
        Orientation::Portrait => property.page_size(word::PageSize::new().size(width, height)),
        Orientation::Landscape => property
            .page_size(word::PageSize::new().size(height, width))
            .page_orient(word::PageOrientationType::Landscape),
    }
}

/// The header part, as docx-rs builds it: the logo, and the line under it.
pub fn header(meta: &Revised<Meta>, sheet: &Stylesheet) -> Vec<u8> {
    let logo = sheet.picture().map(|(logo, picture)| {
        let emu = |length: f32| (length * EMU).round() as u32;
        let picture = word::Pic::new_with_dimensions(Vec::new(), 0, 0)
            .id(LOGO_ID)
            .size(emu(logo.width), emu(logo.height(picture)));
        word::Paragraph::new().style(styles::LOGO).add_run(word::Run::new().add_image(picture))
    });
    let line = |meta: &Meta| [meta.header.clone()].into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>();
    let lines = lines(&line(meta.before()), &line(&meta.now), styles::HEADER);
    logo.into_iter().chain(lines).fold(word::Header::new(), word::Header::add_paragraph).build()
}

/// The footer part, as docx-rs builds it.
pub fn footer(meta: &Revised<Meta>) -> Vec<u8> {
    lines(&meta.before().footer, &meta.now.footer, styles::FOOTER)
        .into_iter()
        .fold(word::Footer::new(), word::Footer::add_paragraph)
        .build()
}

/// The lines of the two texts side by side. Of a line that differs, what is between its equal ends is revised.
fn lines(before: &[String], now: &[String], style: &str) -> Vec<word::Paragraph> {
    let count = before.len().max(now.len());
    let lines = (0..count).map(|at| {
        let (was, is) = (before.get(at), now.get(at));
        let mut paragraph = word::Paragraph::new().style(style);
        let words = |line: Option<&String>| -> Vec<String> {
            line.into_iter().flat_map(|line| line.split_inclusive(' ')).map(str::to_owned).collect()
        };
        let (was, is) = (words(was), words(is));
        let head = was.iter().zip(&is).take_while(|(a, b)| a == b).count();
        let (was, is_rest) = (&was[head..], &is[head..]);
        let tail = was.iter().rev().zip(is_rest.iter().rev()).take_while(|(a, b)| a == b).count();
        let pieces = [
            (&is[..head], Mark::Kept),
            (&was[..was.len() - tail], Mark::Deleted),
            (&is_rest[..is_rest.len() - tail], Mark::Inserted),
            (&is_rest[is_rest.len() - tail..], Mark::Kept),
        ];
        paragraph.children.extend(pieces.into_iter().flat_map(|(words, mark)| with_numbers(&words.concat(), mark)));
        paragraph
    });
    // Word wants a paragraph in each.
    let empty = (count == 0).then(|| word::Paragraph::new().style(styles::GAP));
    lines.chain(empty).collect()
}

/// A line with fields for `{page}` and `{pages}`.
fn with_numbers(line: &str, mark: Mark) -> Vec<ParagraphChild> {
    let mut children = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let next = [("{page}", "PAGE"), ("{pages}", "NUMPAGES")]
            .into_iter()
            .filter_map(|(placeholder, field)| rest.find(placeholder).map(|at| (at, placeholder, field)))
            .min();
        let Some((at, placeholder, field)) = next else {
            children.push(runs::tracked(text_run(rest, mark), mark));
            break;
        };
        let (text, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        if !text.is_empty() {
            children.push(runs::tracked(text_run(text, mark), mark));
        }
        children.extend(runs::field(field, &"1".to_owned().into(), mark));
        rest = tail.strip_prefix(placeholder).unwrap_or_default();
    }
    children
}
