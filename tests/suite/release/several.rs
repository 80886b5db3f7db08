//! The walk through several modifications at once: each command that its README shows says what stands there.

use crate::common::{copy, walked};
use std::path::Path;

#[test]
fn each_command_of_the_walk_through_says_what_stands_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    copy(&root.join("content"), &folder.path().join("content"));
    copy(&root.join("examples/several/content"), &folder.path().join("content"));
    walked("examples/several/README.md", folder.path());
}
