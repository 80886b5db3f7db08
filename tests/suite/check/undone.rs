//! What a modification takes back of its base's work, which nobody may have meant.

use super::*;

/// The shipped content with MP900, which restates Section 5.4 of 6.18 with one more word, against this base.
fn against(base: &str, files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = copy_of_content();
    let folder = root.path().join("content/mp900");
    fs::create_dir_all(folder.join("sections")).unwrap();
    fs::create_dir_all(folder.join("tables")).unwrap();
    fs::write(folder.join("version.yaml"), format!("id: MP900\nname: MP900\nbase: \"{base}\"\ntitle: Later\n"))
        .unwrap();
    let section = fs::read_to_string(root.path().join("content/6.18/sections/5.4.yaml")).unwrap();
    fs::write(
        folder.join("sections/5.4.yaml"),
        section.replacen("Testing Participants", "All Testing Participants", 1),
    )
    .unwrap();
    for (path, text) in files {
        fs::write(folder.join(path), text).unwrap();
    }
    root
}

fn undone(root: &Path) -> Vec<String> {
    let found = findings(root, &["mp900"]);
    let undone = found.iter().filter(|finding| finding["code"] == "undone-work");
    undone.map(|finding| format!("{}: {}", brief(finding), finding["message"].as_str().unwrap())).collect()
}

#[test]
fn a_section_of_an_older_text_takes_back_what_the_new_base_brings() {
    assert_eq!(undone(against("6.18", &[]).path()), [""; 0], "there was nothing to take back");
    let root = against("MP089", &[]);
    let told = undone(root.path());
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told[0].starts_with(
            "undone-work mp900/sections/5.4.yaml:3 inserted: MP089 inserted “or November 19 Release” in Section 5.4"
        ),
        "{told:?}"
    );
    assert!(
        told[1].contains("MP089 inserted “# For November 19 Release Testing Participants that have")
            && told[1].ends_with("and this takes it out"),
        "{told:?}"
    );
    let text = stdout(&ctsd(root.path(), &["check", "mp900"]));
    assert!(text.contains("MP900 takes back what MP089 did in Section 5.4 (2 places)"), "{text}");
}

#[test]
fn the_baselines_own_slips_stay_its_own_after_a_change_of_base() {
    let own = |base: &str| -> Vec<String> {
        let found = findings(against(base, &[]).path(), &["mp900", "--only", "inserted"]);
        found.iter().filter(|finding| finding["code"] != "undone-work").map(brief).collect()
    };
    assert_eq!(own("MP089"), own("6.18"));
}

#[test]
fn a_cell_that_goes_back_is_told() {
    let amends = |text: &str| format!("table: \"8.1.8\"\namend:\n  - {{ row: \"6.2.7\", {text} }}\n");
    let root = against("MP901", &[("tables/8.1.8.yaml", &amends("cv: { 2: N/A }"))]);
    let folder = root.path().join("content/mp901");
    fs::create_dir_all(folder.join("tables")).unwrap();
    fs::write(folder.join("version.yaml"), "id: MP901\nname: MP901\nbase: \"6.18\"\ntitle: Earlier\n").unwrap();
    fs::write(folder.join("tables/8.1.8.yaml"), amends("cv: { 2: Mandatory }")).unwrap();
    let told = undone(root.path());
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].contains("MP901 wrote “Mandatory” for “N/A” in the row 6.2.7 of Table 8.1.8, and this takes it back"),
        "{told:?}"
    );
}
