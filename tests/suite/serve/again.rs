//! A desk that was opened again is the desk that is opened anew, whatever was saved between.

use crate::common::{config, copy};
use ctsd::diagnostic::Failure;
use ctsd::pipeline::{Desk, Format, Options};
use proptest::prelude::*;
use std::fs;
use std::path::Path;

/// What is saved under a path.
#[derive(Clone, Copy, Debug)]
enum Saved {
    /// What ships.
    AsItWas,
    Otherwise,
    Broken,
    Gone,
}

/// Files of each sort, with words of each that could be others. The picture is shown by sections.
const FILES: [(&str, &str, &str); 9] = [
    ("content/appendix.yaml", "name: sample", "name: sampled"),
    ("content/appendix.yaml", "name: Meter Owner", "name: Owner of Meters"),
    ("content/1.0/version.yaml", "id:", "status: approved\nid:"),
    ("content/1.0/sections/2.2.yaml", "Reading", "Look"),
    ("content/1.0/sections/3.yaml", "Meter", "Clock"),
    ("content/1.0/tables/3.1.yaml", "reference:", "reference: "),
    ("content/p1/sections/1.yaml", "Meter", "Clock"),
    ("content/figures/flow.png", "", ""),
    ("templates/cover.md", "{{", "Cover {{"),
];

fn save(root: &Path, (path, from, to): (&str, &str, &str), saved: Saved) {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/another").join(path);
    let place = root.join(path);
    match saved {
        Saved::AsItWas => drop(fs::copy(shipped, place).unwrap()),
        Saved::Otherwise if from.is_empty() => fs::write(place, "no picture").unwrap(),
        Saved::Otherwise => fs::write(place, fs::read_to_string(shipped).unwrap().replace(from, to)).unwrap(),
        Saved::Broken => fs::write(place, "section: [").unwrap(),
        Saved::Gone => fs::remove_file(place).unwrap_or_default(),
    }
}

/// All that a desk knows and makes, or what is wrong.
fn said(desk: &Result<Desk, Failure>) -> String {
    let desk = match desk {
        Ok(desk) => desk,
        Err(failure) => return format!("{failure:?}"),
    };
    let options = Options { formats: vec![Format::Html, Format::Json], ..Options::default() };
    let made = |id: &str| match desk.with_base(id) {
        Ok((base, target)) => format!("{:?}", desk.full_redline(base, target, &options)),
        Err(failure) => format!("{failure:?}"),
    };
    let project = &desk.project;
    format!("{:?} {:?} {:?} {}", project.stated, project.versions, project.faults, made("p1"))
}

proptest! {
    #![proptest_config(config(4))]

    #[test]
    fn a_desk_opened_again_is_one_opened_anew(
        steps in proptest::collection::vec((
            proptest::sample::select(FILES.as_slice()),
            prop_oneof![
                3 => Just(Saved::AsItWas),
                3 => Just(Saved::Otherwise),
                1 => Just(Saved::Broken),
                1 => Just(Saved::Gone)
            ],
        ), 1..10),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/another"), root);
        let mut desk = Desk::open(root).unwrap();
        for (file, saved) in steps {
            save(root, file, saved);
            let (again, anew) = (desk.again(), Desk::open(root));
            prop_assert_eq!(said(&again), said(&anew), "{:?} {:?}", file, saved);
            // Of what can't be opened the last that could is kept.
            desk = again.unwrap_or(desk);
        }
    }
}
