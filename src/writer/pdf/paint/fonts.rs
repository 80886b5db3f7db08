//! Fonts in the file: of each face only the glyphs in use.

use super::codes::{Codes, FaceCodes};
use crate::writer::typeset::Face;
use lopdf::{Dictionary, Object, Stream};
use printpdf::{FontId, FontMetrics, FontType, ParsedFont, PdfFont, PdfFontMetricsStub, PdfResources};
use sha2::{Digest, Sha256};

/// What a face is called in the resources of the pages.
pub(super) fn font_id(face: Face) -> FontId {
    FontId(
        match face {
            Face::Regular => "R",
            Face::Bold => "B",
            Face::Italic => "I",
            Face::BoldItalic => "X",
        }
        .to_owned(),
    )
}

/// The faces in use as printpdf embeds them.
///
/// Without its layout engine printpdf embeds a font as it is given, so it is given the subset, with the codes in place
/// of glyph numbers and all measures in thousandths of an em.
pub(super) fn resources(codes: &Codes) -> PdfResources {
    let mut resources = PdfResources::default();
    for face in Face::ALL.into_iter().filter(|face| !codes.of(*face).is_empty()) {
        let font = PdfFont::new(parsed(face, codes.of(face)));
        resources.fonts.map.insert(font_id(face), font);
    }
    resources
}

fn parsed(face: Face, codes: &FaceCodes) -> ParsedFont {
    let metrics = face.metrics();
    let [x_min, y_min, x_max, y_max] = metrics.bounds;
    let program = subset(face, codes);
    ParsedFont {
        font_index: 0,
        font_name: Some(format!("{}+{}", tag(&program), face.name())),
        original_bytes: program,
        codepoint_to_glyph: codes.characters.iter().map(|(&character, &code)| (u32::from(character), code)).collect(),
        glyph_widths: codes.widths().collect(),
        units_per_em: 1000,
        font_metrics: FontMetrics { ascent: metrics.ascent, descent: metrics.descent },
        font_type: FontType::TrueType,
        pdf_font_metrics: PdfFontMetricsStub {
            units_per_em: 1000,
            x_min,
            y_min,
            x_max,
            y_max,
            // The slant of the family, twelve degrees.
            caret_slope_rise: 1000,
            caret_slope_run: if face.is_slanted() { 213 } else { 0 },
            us_weight_class: if face.is_strong() { 700 } else { 400 },
        },
    }
}

fn subset(face: Face, codes: &FaceCodes) -> Vec<u8> {
    // The font is part of the binary and subsets; were it not to, the whole of it would still be right but for the
    // numbers of its glyphs, so nothing is better than a wrong font.
    subsetter::subset(face.bytes(), 0, &codes.glyphs).expect("the font in the binary subsets")
}

/// Six letters that tell this subset from others (ISO 32000-1, 9.6.4), the same for the same glyphs.
fn tag(program: &[u8]) -> String {
    Sha256::digest(program).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

/// Completes the fonts as printpdf wrote them: which glyph each code draws, and how high capitals are.
pub(super) fn complete(file: &mut lopdf::Document, codes: &Codes) {
    for face in Face::ALL.into_iter().filter(|face| !codes.of(*face).is_empty()) {
        let map = file.add_object(Stream::new(Dictionary::new(), codes.of(face).glyph_map()));
        let mut fonts = file.objects.values_mut().filter_map(|object| object.as_dict_mut().ok());
        let name = |font: &Dictionary| font.get(b"BaseFont").and_then(Object::as_name).map(<[u8]>::to_vec).ok();
        let suffix = format!("+{}", face.name()).into_bytes();
        let font = fonts.find(|font| name(font).is_some_and(|name| name.ends_with(&suffix)));
        let descendant = font
            .and_then(|font| font.get_mut(b"DescendantFonts").and_then(Object::as_array_mut).ok())
            .and_then(|fonts| fonts.first_mut())
            .and_then(|font| font.as_dict_mut().ok());
        let Some(descendant) = descendant else { continue };
        descendant.set("CIDToGIDMap", map);
        let descriptor = descendant.get(b"FontDescriptor").and_then(Object::as_reference);
        if let Ok(descriptor) = descriptor.and_then(|id| file.get_object_mut(id)).and_then(Object::as_dict_mut) {
            descriptor.set("CapHeight", i64::from(face.metrics().cap_height));
        }
    }
}
