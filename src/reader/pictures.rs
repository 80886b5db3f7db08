//! The pictures of a document, by the files that hold them as content.

use super::marked::{Block, Marked};

impl Marked {
    /// Gives a picture another file.
    pub fn rename_picture(&mut self, from: &str, to: &str) {
        if let Some(bytes) = self.pictures.remove(from) {
            self.pictures.insert(to.to_owned(), bytes);
        }
        let notes = self.notes.iter_mut().flat_map(|note| &mut note.blocks);
        self.blocks.iter_mut().chain(notes).for_each(|block| block.rename_picture(from, to));
    }
}

impl Block {
    fn rename_picture(&mut self, from: &str, to: &str) {
        match self {
            Self::Paragraph(paragraph) => {
                let figures = paragraph.runs.iter_mut().filter_map(|run| run.figure.as_mut());
                figures.filter(|figure| figure.file == from).for_each(|figure| to.clone_into(&mut figure.file));
            }
            Self::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.flat_map(|cell| &mut cell.blocks).for_each(|block| block.rename_picture(from, to));
            }
        }
    }
}
