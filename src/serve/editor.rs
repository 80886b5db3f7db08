//! Links that open a file in an editor, at its line.

use crate::diagnostic::Failure;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::path::{Path, PathBuf};

/// What stands in a path of an address as it is.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~');

/// How an editor is asked to open a file: an address with `{path}`, and `{line}` and `{column}` where it has a place for
/// them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor(String);

impl Default for Editor {
    fn default() -> Self {
        Self("vscode://file{path}:{line}:{column}".to_owned())
    }
}

impl Editor {
    /// One that is asked by this address.
    ///
    /// # Errors
    /// If it is none, or doesn't say which file.
    pub fn new(address: &str) -> Result<Self, Failure> {
        let scheme = address.split_once("://").map_or("", |(scheme, _)| scheme);
        let is_scheme = |c: char| c.is_ascii_alphanumeric() || "+.-".contains(c);
        if scheme.is_empty() || !scheme.chars().all(is_scheme) || !address.contains("{path}") {
            let help = "write an address with {path}, {line} and {column}, such as vscode://file{path}:{line}:{column}";
            return Err(Failure::refused(format!("“{address}” doesn't say how an editor opens a file: {help}")));
        }
        Ok(Self(address.to_owned()))
    }

    /// The address that opens a file of this disk at a place.
    fn link(&self, file: &Path, (line, column): (usize, usize)) -> String {
        // On Windows a path begins with the letter of a drive.
        let path = file.display().to_string().replace('\\', "/");
        let path = if path.starts_with('/') { path } else { format!("/{path}") };
        let path = utf8_percent_encode(&path, IN_PATH).to_string();
        let address = self.0.replace("{line}", &line.to_string()).replace("{column}", &column.to_string());
        address.replace("{path}", &path)
    }
}

/// Where the files of a project are, and what opens them.
#[derive(Debug)]
pub(super) struct Opener {
    /// From the root of the disk.
    pub folder: PathBuf,
    pub editor: Editor,
}

impl Opener {
    /// The address that opens a file of the project at a place.
    pub fn link(&self, file: &str, place: (usize, usize)) -> String {
        self.editor.link(&self.folder.join(file), place)
    }
}

#[cfg(test)]
mod tests {
    use super::Editor;
    use std::path::Path;

    #[test]
    fn a_link_leads_to_the_line_whatever_the_file_is_called() {
        let file = Path::new("/home/a b/{line}/5.4?.yaml");
        assert_eq!(Editor::default().link(file, (3, 7)), "vscode://file/home/a%20b/%7Bline%7D/5.4%3F.yaml:3:7");
        let other = Editor::new("idea://open?file={path}&line={line}").unwrap();
        assert_eq!(other.link(Path::new("C:\\a\\b.yaml"), (3, 7)), "idea://open?file=/C%3A/a/b.yaml&line=3");
    }

    #[test]
    fn what_names_no_file_is_refused() {
        for wrong in ["", "code", "vscode://file", "javascript:{path}", "a b://{path}", "://{path}"] {
            assert!(Editor::new(wrong).is_err(), "{wrong}");
        }
    }
}
