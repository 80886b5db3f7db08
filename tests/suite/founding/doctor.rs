//! What is odd about a place is told, and nothing else is.

use super::*;

/// What the doctor says of a folder, and whether all is well.
fn said(root: &Path) -> (bool, String) {
    let output = ctsd(root, &["doctor"]);
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn nothing_is_odd_about_a_new_project() {
    let (well, said) = said(project().path());
    assert!(well && said.ends_with("nothing is odd\n") && !said.contains("odd:"), "{said}");
    assert!(said.contains("versions: 1, modifications: 1"), "{said}");
}

#[test]
fn each_oddity_is_told_with_what_to_do() {
    let odd = |spoil: &dyn Fn(&Path), what: &str| {
        let folder = project();
        spoil(folder.path());
        let (well, said) = said(folder.path());
        assert!(!well && said.contains(what), "{what}: {said}");
        assert_eq!(said.matches("odd:").count(), 1, "{said}");
    };
    odd(&|root| fs::remove_dir_all(root.join("content")).unwrap(), "there is no folder “content”");
    odd(&|root| fs::write(root.join("content/schemas/table.schema.json"), "{}").unwrap(), "ctsd schema");
    odd(&|root| fs::write(root.join("content/example/sections/2.yaml"), "section: [").unwrap(), "ctsd check");
    odd(&|root| fs::write(root.join("content/appendix.yaml"), "name: [").unwrap(), "ctsd check");
    odd(&|root| fs::write(root.join("templates/cover.txt"), "x").unwrap(), "cover.md");
    let open = |root: &Path| {
        fs::create_dir(root.join("output")).unwrap();
        fs::write(root.join("output/~$dline-example-mp000.docx"), "x").unwrap();
    };
    odd(&open, "Word has a document open");
    let locked = |root: &Path| {
        let path = root.join("content/terms.yaml");
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(path, permissions).unwrap();
    };
    odd(&locked, "terms.yaml can't be changed");
}

/// Where a file system knows both, as those of Windows and macOS don't.
#[test]
#[cfg(target_os = "linux")]
fn names_that_are_one_on_windows_are_told() {
    let folder = project();
    fs::write(folder.path().join("templates/COVER-note.md"), "x").unwrap();
    fs::write(folder.path().join("templates/cover-note.md"), "{% include \"COVER-note.md\" %}").unwrap();
    let (well, said) = said(folder.path());
    assert!(!well && said.contains("are one file on Windows"), "{said}");
}
