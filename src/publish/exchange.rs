//! Many files put in their places, or none.

use super::hold::PART;
use std::io::Error;
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempPath};

/// Why not all are in their places.
#[derive(Debug)]
pub(super) struct Failed {
    /// Which couldn't be put in its place, and why.
    pub path: PathBuf,
    pub error: Error,
    /// Which then couldn't be put back as they were: none, unless the disk itself fails.
    pub changed: Vec<PathBuf>,
}

/// A file in its place, and what stood there before.
#[derive(Debug)]
struct Exchanged {
    path: PathBuf,
    before: Option<TempPath>,
}

/// Moves each file into its place, and then deletes those that go. If one can't be, those before it are put back as they
/// were.
pub(super) fn exchange(files: Vec<(NamedTempFile, PathBuf)>, gone: Vec<PathBuf>) -> Result<Vec<PathBuf>, Failed> {
    let count = files.len();
    let mut done: Vec<Exchanged> = Vec::with_capacity(count + gone.len());
    let made = files.into_iter().map(|(made, path)| (Some(made), path));
    for (made, path) in made.chain(gone.into_iter().map(|path| (None, path))) {
        let before = match made {
            Some(made) => put(made, &path),
            None => take(&path).map(Some),
        };
        match before {
            Ok(before) => done.push(Exchanged { path, before }),
            Err(error) => {
                let changed = done.into_iter().rev().filter_map(put_back).collect();
                return Err(Failed { path, error, changed });
            }
        }
    }
    Ok(done.into_iter().take(count).map(|exchanged| exchanged.path).collect())
}

/// Takes a file out of its place: it has a second name until all is done.
fn take(path: &Path) -> Result<TempPath, Error> {
    let before = second_name(path)?;
    std::fs::remove_file(path)?;
    Ok(before)
}

/// At every moment, a whole file stands in the place: what stood there has a second name until all is done.
fn put(made: NamedTempFile, path: &Path) -> Result<Option<TempPath>, Error> {
    let before = match path.symlink_metadata() {
        Ok(_) => Some(second_name(path)?),
        Err(_) => None,
    };
    made.persist(path).map_err(|error| error.error)?;
    Ok(before)
}

/// A second name of a file, beside it; where files have but one, as on some USB sticks, a copy.
fn second_name(path: &Path) -> Result<TempPath, Error> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(PART.0).suffix(PART.1);
    let linked = builder.make_in(folder, |name| std::fs::hard_link(path, name));
    let named = linked.or_else(|_| builder.make_in(folder, |name| std::fs::copy(path, name).map(drop)))?;
    Ok(named.into_temp_path())
}

/// The place, if it couldn't be given back.
fn put_back(exchanged: Exchanged) -> Option<PathBuf> {
    let Exchanged { path, before } = exchanged;
    let back = match before {
        Some(before) => before.persist(&path).map_err(drop),
        None => std::fs::remove_file(&path).map_err(drop),
    };
    back.err().map(|()| path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// New files for these places, all in one folder.
    fn new(folder: &Path, names: &[&str]) -> Vec<(NamedTempFile, PathBuf)> {
        let new = |name: &&str| {
            let made = NamedTempFile::new_in(folder).unwrap();
            fs::write(made.path(), format!("new {name}")).unwrap();
            (made, folder.join(name))
        };
        names.iter().map(new).collect()
    }

    fn names(folder: &Path) -> Vec<String> {
        let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
        let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|entry| name(entry.unwrap())).collect();
        names.sort();
        names
    }

    #[test]
    fn all_are_exchanged_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a"), "old a").unwrap();
        assert_eq!(exchange(new(folder.path(), &["a", "b"]), Vec::new()).unwrap().len(), 2);
        assert_eq!(names(folder.path()), ["a", "b"]);
        assert_eq!(fs::read_to_string(folder.path().join("a")).unwrap(), "new a");
    }

    #[test]
    fn if_the_last_cannot_be_exchanged_the_others_are_put_back() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a"), "old a").unwrap();
        fs::write(folder.path().join("b"), "old b").unwrap();
        // A file takes the place of no folder that holds something.
        fs::create_dir(folder.path().join("z")).unwrap();
        fs::write(folder.path().join("z/kept"), "kept").unwrap();
        let failed = exchange(new(folder.path(), &["a", "fresh", "b", "z"]), vec![]).unwrap_err();
        assert_eq!(failed.path, folder.path().join("z"));
        assert!(failed.changed.is_empty(), "{failed:?}");
        assert_eq!(names(folder.path()), ["a", "b", "z"], "what wasn't there isn't, and no second names are left");
        assert_eq!(fs::read_to_string(folder.path().join("a")).unwrap(), "old a");
        assert_eq!(fs::read_to_string(folder.path().join("b")).unwrap(), "old b");
        assert_eq!(names(&folder.path().join("z")), ["kept"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_put_back_as_the_link_it_was() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("real"), "old").unwrap();
        std::os::unix::fs::symlink("real", folder.path().join("a")).unwrap();
        fs::create_dir_all(folder.path().join("z/kept")).unwrap();
        exchange(new(folder.path(), &["a", "z"]), vec![]).unwrap_err();
        assert_eq!(fs::read_link(folder.path().join("a")).unwrap(), Path::new("real"));
        assert_eq!(fs::read_to_string(folder.path().join("real")).unwrap(), "old");
    }

    #[test]
    fn what_goes_goes_with_the_rest_or_stays() {
        let folder = tempfile::tempdir().unwrap();
        let text = |name: &str| fs::read_to_string(folder.path().join(name));
        for name in ["a", "gone"] {
            fs::write(folder.path().join(name), "old").unwrap();
        }
        let failed =
            exchange(new(folder.path(), &["a"]), vec![folder.path().join("gone"), folder.path().join("never")]);
        assert!(failed.unwrap_err().changed.is_empty());
        assert_eq!((text("a").unwrap(), text("gone").unwrap()), ("old".to_owned(), "old".to_owned()));
        exchange(new(folder.path(), &["a"]), vec![folder.path().join("gone")]).unwrap();
        assert_eq!(text("a").unwrap(), "new a");
        assert!(text("gone").is_err());
    }
}
