//! How cells look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// In points.
const SIZE: f64 = 10.0;
const LINES: Color = Color::RGB(0xBF_BFBF);
const HEAD: Color = Color::RGB(0xE7_E6E6);
const QUIET: Color = Color::RGB(0x9A_9A9A);
const NEW: Color = Color::RGB(0xD9_EAD3);
const OTHER: Color = Color::RGB(0xFF_F2CC);
const GONE: Color = Color::RGB(0xB0_2418);

/// How high a row is with so many lines, in points.
pub(super) fn height(lines: usize) -> f64 {
    (lines.clamp(1, MOST_LINES) as f64) * SIZE * 1.35
}

/// How many lines a text takes in a column so many characters wide, at a guess: programs don't set wrapped text anew.
pub(super) fn lines(text: &str, width: f64) -> usize {
    text.split('\n').map(|line| (line.chars().count() as f64 / width).ceil().max(1.0) as usize).sum()
}

/// Excel takes no higher row.
const MOST_LINES: usize = 30;

/// What is said of a cell against the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shade {
    /// Nothing.
    Plain,
    /// It is new.
    New,
    /// It held something else.
    Other,
}

/// Words between margins.
pub(super) fn words() -> Format {
    Format::new().set_font_name("Arial").set_font_size(SIZE).set_align(FormatAlign::Top).set_text_wrap()
}

/// A caption or a heading.
pub(super) fn heading() -> Format {
    words().set_bold().set_font_size(SIZE + 2.0).unset_text_wrap()
}

/// Small print.
pub(super) fn note() -> Format {
    words().set_italic().unset_text_wrap()
}

/// A column's head.
pub(super) fn head() -> Format {
    cell(Shade::Plain).set_bold().set_background_color(HEAD).set_align(FormatAlign::Center)
}

/// A cell of a row.
pub(super) fn cell(shade: Shade) -> Format {
    shaded(words().set_border(FormatBorder::Thin).set_border_color(LINES), shade)
}

/// What is text, whatever it looks like.
pub(super) fn text(format: Format) -> Format {
    format.set_num_format("@")
}

/// A cell of a count row.
pub(super) fn count(shade: Shade) -> Format {
    cell(shade).set_bold().set_align(FormatAlign::Center)
}

/// The label of a count row, which runs on over empty cells.
pub(super) fn label(shade: Shade) -> Format {
    shaded(words().set_bold().unset_text_wrap(), shade)
}

/// What recedes.
pub(super) fn quiet() -> Format {
    Format::new().set_font_color(QUIET)
}

/// What is gone.
pub(super) fn gone() -> Format {
    words().set_font_color(GONE).set_font_strikethrough()
}

/// Words in the colour of what is said of them.
pub(super) fn shaded(format: Format, shade: Shade) -> Format {
    match shade {
        Shade::Plain => format,
        Shade::New => format.set_background_color(NEW),
        Shade::Other => format.set_background_color(OTHER),
    }
}
