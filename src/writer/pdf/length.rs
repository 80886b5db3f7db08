//! Lengths, in the points that PDF counts in.

/// Millimetres as points.
pub fn points(mm: f32) -> f32 {
    mm * 72.0 / 25.4
}
