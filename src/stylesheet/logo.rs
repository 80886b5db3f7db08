//! The logo at the head of each page.

use super::picture::Picture;
use super::{Page, Stylesheet};
use serde::Serialize;
use std::sync::Arc;

/// Over and under what stands at the head of a page, in points.
pub const HEAD_GAP: f32 = 5.0;

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

impl Page {
    /// The text's width and height where each is least: upright the page is narrow, turned it is low. In millimetres.
    pub fn least_text(&self) -> (f32, f32) {
        let side = self.width.min(self.height);
        (side - self.left - self.right, side - self.top - self.bottom)
    }
}

impl Stylesheet {
    /// The logo and its picture, if there is one to be shown.
    pub fn picture(&self) -> Option<(&Logo, &Picture)> {
        self.logo.as_ref().and_then(|logo| Some((logo, logo.picture.as_deref()?)))
    }

    /// How far from the top of the paper the head begins, in millimetres: halfway into the margin.
    pub fn head_top(&self) -> f32 {
        self.page.top / 2.0
    }

    /// How far from the top of the paper the text begins, in millimetres, under so many lines of header. It is the
    /// margin, but for a logo that needs more room.
    pub fn text_top(&self, lines: usize) -> f32 {
        let Some((logo, picture)) = self.picture() else { return self.page.top };
        let lines = lines as f32 * self.header.size * self.header.line;
        // Under the logo, over the rule, and twice between the rule and the text.
        let head = self.head_top() + logo.height(picture) + (lines + 4.0 * HEAD_GAP) * 25.4 / 72.0;
        self.page.top.max(head)
    }
}
