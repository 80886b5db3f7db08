//! The logo at the head of each page.

use super::picture::Picture;
use serde::Serialize;
use std::sync::Arc;

/// A picture at the head of each page, over the line there.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Logo {
    /// The name of a PNG file that stands beside the style sheet.
    pub file: String,
    /// How wide it is shown, in millimetres. Its height follows.
    pub width: f32,
    /// The side of the page that it stands on.
    pub side: LogoSide,
    /// What it shows, in words, for readers who can't see it.
    pub alt: String,
    /// The picture itself, once its file has been read; without it there is no logo.
    #[serde(skip)]
    pub picture: Option<Arc<Picture>>,
}

/// The margin that a logo stands at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LogoSide {
    /// The left one.
    #[default]
    Left,
    /// The right one.
    Right,
}

impl Logo {
    /// How high a picture is shown at the logo's width, in millimetres.
    pub fn height(&self, picture: &Picture) -> f32 {
        self.width * picture.height as f32 / picture.width as f32
    }
}
