//! Pictures of the text: each once in the package, however often it is shown.

use crate::document::{Document, Figure};
use crate::stylesheet::{Picture, PictureContent, Stylesheet};
use crate::writer::limits;
use docx_rs as word;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// English Metric Units, in which Word measures pictures, to the millimetre.
const EMU: f32 = 36_000.0;

#[derive(Debug, Default)]
pub struct Figures {
    known: BTreeMap<String, Known>,
    /// What was drawn and not yet said of what is built.
    drawn: VecDeque<Figure>,
}

#[derive(Debug)]
struct Known {
    /// From 1, in the order in which they are shown first.
    number: usize,
    picture: Arc<Picture>,
    /// In Word's units.
    size: (u32, u32),
}

/// A picture as a part of the package.
#[derive(Debug)]
pub struct Media {
    pub id: String,
    pub path: String,
    pub content_type: &'static str,
    pub bytes: Vec<u8>,
}

impl Figures {
    pub fn new(document: &Document, sheet: &Stylesheet) -> Self {
        let mut known = BTreeMap::new();
        for figure in document.blocks.iter().flat_map(limits::figures) {
            let Some((picture, (width, height))) = sheet.figure(&figure.file) else { continue };
            let number = known.len() + 1;
            let size = ((width * EMU).round() as u32, (height * EMU).round() as u32);
            known.entry(figure.file.clone()).or_insert_with(|| Known { number, picture: Arc::clone(picture), size });
        }
        Self { known, drawn: VecDeque::new() }
    }

    /// A run that shows a picture.
    pub fn run(&mut self, figure: &Figure) -> word::Run {
        let Some(known) = self.known.get(&figure.file) else { return word::Run::new() };
        self.drawn.push_back(figure.clone());
        let picture = word::Pic::new_with_dimensions(Vec::new(), 0, 0);
        word::Run::new().add_image(picture.id(id(known.number)).size(known.size.0, known.size.1))
    }

    /// What was drawn since this was asked last, in order.
    pub fn take_drawn(&mut self) -> VecDeque<Figure> {
        std::mem::take(&mut self.drawn)
    }

    /// The pictures, as parts of the package.
    pub fn media(&self) -> Vec<Media> {
        let mut known: Vec<&Known> = self.known.values().collect();
        known.sort_by_key(|known| known.number);
        let media = |known: &Known| {
            let (ending, content_type) = match known.picture.content {
                PictureContent::Png(_) => ("png", "image/png"),
                PictureContent::Jpeg { .. } => ("jpeg", "image/jpeg"),
            };
            Media {
                id: id(known.number),
                path: format!("media/figure{}.{ending}", known.number),
                content_type,
                bytes: known.picture.file.clone(),
            }
        };
        known.into_iter().map(media).collect()
    }
}

fn id(number: usize) -> String {
    format!("rIdFigure{number}")
}
