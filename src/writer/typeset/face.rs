//! The four faces of Liberation Sans, whose widths are those of Arial.

use harfrust::{Direction, Font, Script, ShapePlan};
use std::sync::OnceLock;

/// One face of the family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Face {
    /// Upright, of usual weight.
    Regular,
    /// Upright and bold.
    Bold,
    /// Slanted, of usual weight.
    Italic,
    /// Slanted and bold.
    BoldItalic,
}

/// What a font says of its own shape, in thousandths of an em; heights are above the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metrics {
    /// How far letters reach up.
    pub ascent: i16,
    /// How far they reach down; below the baseline it is negative.
    pub descent: i16,
    /// How high capitals are.
    pub cap_height: i16,
    /// Left, bottom, right and top of the box that holds every glyph.
    pub bounds: [i16; 4],
}

/// A face as it is used: read once in the life of the process.
pub(super) struct Loaded {
    pub font: Font,
    /// How Latin text, nearly all there is, is shaped; other scripts make a plan of their own.
    pub latin: ShapePlan,
}

// Statics stand in the program once; what a function includes can stand in it as often as the function does.
static REGULAR: &[u8] = include_bytes!("../../../templates/fonts/LiberationSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../../../templates/fonts/LiberationSans-Bold.ttf");
static ITALIC: &[u8] = include_bytes!("../../../templates/fonts/LiberationSans-Italic.ttf");
static BOLD_ITALIC: &[u8] = include_bytes!("../../../templates/fonts/LiberationSans-BoldItalic.ttf");

impl Face {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Regular, Self::Bold, Self::Italic, Self::BoldItalic];

    /// The face for text of this weight and slant.
    pub const fn of(strong: bool, emphasis: bool) -> Self {
        match (strong, emphasis) {
            (false, false) => Self::Regular,
            (true, false) => Self::Bold,
            (false, true) => Self::Italic,
            (true, true) => Self::BoldItalic,
        }
    }

    /// Whether it is bold.
    pub const fn is_strong(self) -> bool {
        matches!(self, Self::Bold | Self::BoldItalic)
    }

    /// Whether it is slanted.
    pub const fn is_slanted(self) -> bool {
        matches!(self, Self::Italic | Self::BoldItalic)
    }

    /// The whole font file.
    pub const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => REGULAR,
            Self::Bold => BOLD,
            Self::Italic => ITALIC,
            Self::BoldItalic => BOLD_ITALIC,
        }
    }

    /// The name that the font gives itself for PostScript.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Regular => "LiberationSans",
            Self::Bold => "LiberationSans-Bold",
            Self::Italic => "LiberationSans-Italic",
            Self::BoldItalic => "LiberationSans-BoldItalic",
        }
    }

    /// What the font says of its shape.
    pub fn metrics(self) -> Metrics {
        let font = &self.loaded().font;
        let metrics = font.metrics();
        let em = f64::from(metrics.units_per_em);
        let scale = |value: f64| (value * 1000.0 / em).round() as i16;
        let line = metrics.hhea_line.unwrap_or_default();
        let bounds = metrics.bounds;
        Metrics {
            ascent: scale(line.ascender.to_f64()),
            descent: scale(line.descender.to_f64()),
            cap_height: scale(metrics.cap_height.unwrap_or(line.ascender).to_f64()),
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(|value| scale(value.to_f64())),
        }
    }

    pub(super) fn loaded(self) -> &'static Loaded {
        static LOADED: [OnceLock<Loaded>; 4] = [const { OnceLock::new() }; 4];
        LOADED[self as usize].get_or_init(|| {
            // The bytes are part of the binary: this can fail in a build of ours, never on an input.
            let font = Font::new(self.bytes(), 0).expect("the font in the binary is sound");
            let latin = ShapePlan::new(&font, Direction::LeftToRight, Some(Script::LATIN), None, &[]);
            Loaded { font, latin }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_know_their_metrics() {
        for face in Face::ALL {
            let metrics = face.metrics();
            assert_eq!((metrics.ascent, metrics.descent), (905, -212), "{face:?}");
            assert!(metrics.cap_height > 600 && metrics.cap_height < metrics.ascent, "{face:?}");
        }
    }
}
