//! What is known of a modification that came in from Word: on which text it was drafted, and who made it.

use super::{as_modification, built, import, redlined::redline, sections, shipped, tables, with};
use ctsd::pipeline::Format;

#[test]
fn of_several_authors_those_are_taken_that_are_named() {
    let (files, desk) = shipped();
    let mut tried = 0;
    for stated in desk.project.stated.iter().filter(|stated| stated.includes().len() > 1) {
        let release = desk.version(&stated.head().id).unwrap();
        let base = desk.project.version(release.base.as_ref().unwrap()).unwrap();
        let file = redline(&desk, base, release, true);
        // What the release itself decides is nobody's.
        let decided: Vec<&str> = stated.sections().iter().map(|it| it.number.as_str()).collect();
        for included in stated.includes() {
            let own = desk.project.version(included).unwrap();
            let name = own.name.clone();
            let importing = as_modification("NEW", Some(&base.id));
            let importing = ctsd::pipeline::importing::Importing { authors: vec![name], ..importing };
            // One of which the release took nothing over changed nothing in it.
            let Ok(imported) = import(&files, &file, &importing) else { continue };
            let again = super::desk(&with(&files, &imported));
            let new = again.project.version("NEW").expect("a version");
            if own.base.as_ref().is_some_and(|of| of.eq_ignore_ascii_case(&base.id)) {
                let undecided = |version| {
                    let mut all = sections(version);
                    all.retain(|(number, ..)| !decided.contains(number));
                    all
                };
                assert_eq!(undecided(new), undecided(own), "{}", *own.id);
                assert_eq!(tables(new), tables(own), "{}", *own.id);
                tried += 1;
            }
        }
        let importing = as_modification("NEW", Some(&base.id));
        let stranger = ctsd::pipeline::importing::Importing { authors: vec!["Nobody".to_owned()], ..importing };
        let refused = import(&files, &file, &stranger).unwrap_err().to_string();
        assert!(refused.contains("nobody called “Nobody” changed anything in it"), "{refused}");
    }
    assert!(tried > 1);
}

#[test]
fn what_was_drafted_on_another_text_is_moved_onto_the_base() {
    let (mut files, desk) = shipped();
    let (base, target) = (desk.version("6.18").unwrap(), desk.version("MP089").unwrap());
    let file = redline(&desk, base, target, true);
    // Since then somebody has mended a word elsewhere in a section that it amends.
    let section = files.get_mut("content/6.18/sections/5.4.yaml").unwrap();
    *section = section.replace("submit evidence", "provide evidence");
    let imported = import(&files, &file, &as_modification("NEW", Some("6.18"))).unwrap();
    let told: Vec<&str> = imported.adopted.remarks.iter().map(|remark| remark.what.as_str()).collect();
    let what = "Section 5.4 of the document's original text isn't that of 6.18: it was drafted on another text";
    assert_eq!(told.iter().filter(|told| told.contains("another text")).collect::<Vec<_>>(), [&what]);
    assert!(imported.amended.as_ref().unwrap().conflicts.is_empty());
    let again = super::desk(&with(&files, &imported));
    let body = &again.version("NEW").unwrap().section_numbered("5.4").unwrap().body.text;
    assert!(body.contains("provide evidence") && body.contains("For November 19 Release"), "{body}");

    // And where both changed the same words, that is to be settled.
    let section = files.get_mut("content/6.18/sections/5.4.yaml").unwrap();
    *section = section.replace(
        "heading: Completing Additive UEPT for Release 2.0",
        "heading: Completing Additive UEPT for Release 2.0 and June 2020 Release",
    );
    let imported = import(&files, &file, &as_modification("NEW", Some("6.18"))).unwrap();
    assert_eq!(imported.amended.as_ref().unwrap().conflicts.len(), 1);
    let again = super::desk(&with(&files, &imported));
    assert!(again.project.version("NEW").is_none(), "what isn't settled is no version");
}

#[test]
fn a_document_without_marks_is_held_against_its_base() {
    let (files, desk) = shipped();
    let target = desk.version("MP089").unwrap();
    let file = built(&desk, "MP089", Format::Docx);
    let imported = import(&files, &file, &as_modification("NEW", Some("6.18"))).unwrap();
    let again = super::desk(&with(&files, &imported));
    let new = again.version("NEW").unwrap();
    assert_eq!((sections(new), tables(new)), (sections(target), tables(target)));
    assert_eq!(imported.amended.unwrap().modification.sections.len(), 4);
    let refused = import(&files, &file, &as_modification("NEW", Some("1.0"))).unwrap_err().to_string();
    assert!(refused.contains("there is no version “1.0”, and nothing in the document is marked"), "{refused}");
}
