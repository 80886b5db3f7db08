//! The archive that an Office file is: the same parts give the same bytes, on every system.

use std::io::{Cursor, Result, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

/// Markup is so repetitive that more effort gains little.
const EFFORT: i64 = 3;

/// An archive that is being written; at first, without parts.
#[derive(Debug)]
pub struct Archive(ZipWriter<Cursor<Vec<u8>>>);

impl Default for Archive {
    fn default() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }
}

impl Archive {
    /// Adds a part.
    ///
    /// # Errors
    /// If its path stands in the archive already, or there is no room.
    pub fn add(&mut self, path: &str, bytes: &[u8]) -> Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(EFFORT))
            .last_modified_time(DateTime::default())
            // Else the bytes tell on which system they were made.
            .system(System::Unix);
        self.0.start_file(path, options)?;
        self.0.write_all(bytes)
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// If there is no room.
    pub fn finish(self) -> Result<Vec<u8>> {
        Ok(self.0.finish()?.into_inner())
    }
}

/// The parts of an archive that somebody else wrote in memory, in an archive of ours.
///
/// # Errors
/// If it is no archive.
pub fn repacked(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut theirs = ZipArchive::new(Cursor::new(bytes))?;
    let mut ours = Archive::default();
    for at in 0..theirs.len() {
        let mut part = theirs.by_index(at)?;
        let mut bytes = Vec::new();
        std::io::copy(&mut part, &mut bytes)?;
        ours.add(part.name(), &bytes)?;
    }
    ours.finish()
}
