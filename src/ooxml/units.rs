//! The units of Word: twips (twentieths of a point), half points and 240ths of a line.
//!
//! Whatever a style sheet says, what comes out is a number that Word takes.

/// Word takes no page wider than 22 inches, and no length beyond that is of use.
const LIMIT: f32 = 31_680.0;
/// How much taller than its type a line of Arial is; Word counts lines in multiples of that.
const NATURAL_LINE: f32 = 1.15;

/// Millimetres as twips.
#[expect(clippy::cast_possible_truncation, reason = "clamped")]
pub fn twips(millimetres: f32) -> i32 {
    (millimetres * 1440.0 / 25.4).round().clamp(-LIMIT, LIMIT) as i32
}

/// Points as twips.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
pub fn twips_of_points(points: f32) -> u32 {
    (points * 20.0).round().clamp(0.0, LIMIT) as u32
}

/// A type size, in half points.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
pub fn half_points(points: f32) -> usize {
    (points * 2.0).round().clamp(2.0, 3_276.0) as usize
}

/// The largest size of type that Word has and that isn't larger than this, in half points.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
pub fn half_points_below(points: f32) -> usize {
    (points * 2.0).floor().clamp(2.0, 3_276.0) as usize
}

/// The distance from line to line as a multiple of the type size, in 240ths of a line.
#[expect(clippy::cast_possible_truncation, reason = "clamped")]
pub fn line(multiple: f32) -> i32 {
    (multiple / NATURAL_LINE * 240.0).round().clamp(24.0, 3_168.0) as i32
}
