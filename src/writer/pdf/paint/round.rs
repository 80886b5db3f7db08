//! Lengths as they are written.

use printpdf::{PaintMode, Pt, Rect};

/// A length to the hundredth of a point: finer than any printer, and short to write.
pub(super) fn neat(length: f32) -> f32 {
    (length * 100.0).round() / 100.0
}

/// A filled rectangle of such lengths.
pub(super) fn rect(x: f32, y: f32, width: f32, height: f32) -> Rect {
    Rect {
        x: Pt(neat(x)),
        y: Pt(neat(y)),
        width: Pt(neat(width)),
        height: Pt(neat(height)),
        mode: Some(PaintMode::Fill),
        winding_order: None,
    }
}
