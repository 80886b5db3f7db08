//! A file appears whole or not at all, whatever happens to the run that writes it or to the folder that it writes to.

use crate::common::{copy, good};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

type Files = BTreeMap<String, Vec<u8>>;

const REDLINE: [&str; 3] = ["redline", "1.0", "mp1"];

/// A small project, which says one of two things so that each file of its output does.
struct Project {
    root: TempDir,
}

impl Project {
    fn new(purpose: &str) -> Self {
        let root = tempfile::tempdir().unwrap();
        copy(&good(), root.path());
        let section = format!("section: \"1\"\nheading: Purpose\nbody: {purpose}\n");
        fs::write(root.path().join("content/mp1/sections/1.yaml"), section).unwrap();
        Self { root }
    }

    /// Writes the change document to `output`, in formats that take little time.
    fn redline(&self, output: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ctsd"));
        command.args(REDLINE).args(["--quiet", "--format", "md,docx,json"]);
        command.arg("--root").arg(self.root.path()).arg("--output").arg(output);
        command.env_remove("SOURCE_DATE_EPOCH").stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// What it writes, all of it.
    fn files(&self) -> Files {
        let folder = tempfile::tempdir().unwrap();
        succeeds(&self.redline(folder.path()).output().unwrap());
        files(folder.path())
    }
}

fn files(folder: &Path) -> Files {
    let read = |path: PathBuf| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap());
    fs::read_dir(folder).unwrap().map(|entry| read(entry.unwrap().path())).collect()
}

fn is_part(name: &str) -> bool {
    name.starts_with(".ctsd-") && name.ends_with(".part")
}

fn succeeds(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// What was said by a run that must fail as wrong usage.
fn fails(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The same numbers on every run of the test (splitmix64).
struct Random(u64);

impl Random {
    /// A share of a time.
    fn of(&mut self, time: Duration) -> Duration {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        time.mul_f64(f64::from((mixed ^ (mixed >> 31)) as u32) / f64::from(u32::MAX))
    }
}

/// Waits until the run has begun to write, or has ended.
fn has_begun_to_write(run: &mut Child, folder: &Path) {
    let parts = || fs::read_dir(folder).unwrap().any(|entry| is_part(&entry.unwrap().file_name().to_string_lossy()));
    while !parts() && run.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
}

#[test]
fn a_hundred_runs_killed_at_any_moment_leave_only_whole_files() {
    let projects = [Project::new("To be one thing."), Project::new("To be quite another thing.")];
    let wanted = projects.each_ref().map(Project::files);
    assert!(wanted[0].iter().all(|(name, bytes)| wanted[1][name] != *bytes), "the two differ in each file");
    let folder = tempfile::tempdir().unwrap();
    let start = Instant::now();
    let mut run = projects[0].redline(folder.path()).spawn().unwrap();
    has_begun_to_write(&mut run, folder.path());
    let making = start.elapsed();
    succeeds(&run.wait_with_output().unwrap());
    let whole = start.elapsed();
    let writing = whole - making;

    let mut random = Random(89);
    for round in 1..=100 {
        let mut run = projects[round % 2].redline(folder.path()).spawn().unwrap();
        // Half are killed anywhere, and half where it could hurt: while they write.
        if round % 4 < 2 {
            std::thread::sleep(random.of(whole));
        } else {
            // What is left of an earlier run is no sign of this one.
            files(folder.path()).keys().filter(|name| is_part(name)).for_each(|name| {
                let _ = fs::remove_file(folder.path().join(name));
            });
            has_begun_to_write(&mut run, folder.path());
            std::thread::sleep(random.of(writing));
        }
        run.kill().unwrap();
        run.wait().unwrap();
        let mut found = files(folder.path());
        found.retain(|name, _| !is_part(name));
        assert!(found.keys().eq(wanted[0].keys()), "round {round}: {:?}", found.keys());
        for (name, bytes) in &found {
            assert!(wanted.iter().any(|files| files[name] == *bytes), "round {round}: {name} is neither old nor new");
        }
    }
    succeeds(&projects[1].redline(folder.path()).output().unwrap());
    assert!(files(folder.path()) == wanted[1], "the next run works, and sweeps what the killed ones left");
}

#[test]
fn what_killed_runs_left_is_swept_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    for name in [".ctsd-a1b2c3.part", "notes.part", ".ctsd-notes.txt", "old.docx"] {
        fs::write(folder.path().join(name), "left").unwrap();
    }
    fs::create_dir(folder.path().join(".ctsd-folder.part")).unwrap();
    succeeds(&Project::new("To be.").redline(folder.path()).output().unwrap());
    let left = [".ctsd-a1b2c3.part", "notes.part", ".ctsd-notes.txt", "old.docx", ".ctsd-folder.part"];
    assert_eq!(left.map(|name| folder.path().join(name).exists()), [false, true, true, true, true]);
}

#[test]
fn two_runs_at_once_do_not_mix() {
    let projects = [Project::new("To be one thing."), Project::new("To be quite another thing.")];
    let wanted = projects.each_ref().map(Project::files);
    let folder = tempfile::tempdir().unwrap();
    for round in 0..10 {
        let runs = projects.each_ref().map(|project| project.redline(folder.path()).spawn().unwrap());
        for run in runs {
            succeeds(&run.wait_with_output().unwrap());
        }
        assert!(wanted.contains(&files(folder.path())), "round {round}");
    }
}

#[test]
fn an_output_path_that_is_a_file_or_below_one_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "mine").unwrap();
    let project = Project::new("To be.");
    let said = fails(&project.redline(&file).output().unwrap());
    assert!(said.contains("a file stands where the folder should"), "{said}");
    let said = fails(&project.redline(&file.join("below")).output().unwrap());
    assert!(said.contains("isn't a folder") || said.contains("a file stands"), "{said}");
    assert_eq!(fs::read(&file).unwrap(), b"mine");
}

#[test]
fn a_folder_in_the_way_of_a_file_keeps_all_as_they_were() {
    let (old, new) = (Project::new("To be one thing."), Project::new("To be quite another thing."));
    let folder = tempfile::tempdir().unwrap();
    succeeds(&old.redline(folder.path()).output().unwrap());
    let before = files(folder.path());
    // The last file to be written, so that the others would come first.
    let last = folder.path().join(before.keys().last().unwrap());
    fs::remove_file(&last).unwrap();
    fs::create_dir(&last).unwrap();
    let said = fails(&new.redline(folder.path()).output().unwrap());
    assert!(said.contains("a folder of that name is in the way"), "{said}");
    fs::remove_dir(&last).unwrap();
    let mut left = before;
    left.pop_last();
    assert!(files(folder.path()) == left, "the others are as they were, and nothing is left beside them");
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_told_and_nothing_lost() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65534;

    let (old, new) = (Project::new("To be one thing."), Project::new("To be quite another thing."));
    let folder = tempfile::tempdir().unwrap();
    succeeds(&old.redline(folder.path()).output().unwrap());
    let before = files(folder.path());
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let mut run = new.redline(folder.path());
    if fs::metadata(new.root.path()).unwrap().uid() == 0 {
        // Nothing is read-only to root.
        fs::set_permissions(new.root.path(), fs::Permissions::from_mode(0o755)).unwrap();
        run.uid(NOBODY).gid(NOBODY);
    }
    let said = fails(&run.output().unwrap());
    assert!(said.contains("it may not be written"), "{said}");
    assert!(files(folder.path()) == before);
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
#[test]
fn what_is_no_ordinary_file_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("redline-1.0-mp1.md");
    std::os::unix::fs::symlink("/dev/null", &path).unwrap();
    let said = fails(&Project::new("To be.").redline(folder.path()).output().unwrap());
    assert!(said.contains("no ordinary file"), "{said}");
    assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
}
