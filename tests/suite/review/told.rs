//! What `ctsd review` says.

use super::{Files, applied, desk, reviewer, sent, with};
use crate::common::docx;
use crate::common::reviewer::Deed;
use ctsd::adopt::review::{Outcome, Review};
use ctsd::pipeline::applying::Only;
use ctsd::pipeline::{Format, Options};

/// A version and a modification of it, with the remarks of its drafter.
pub(super) fn project() -> Files {
    let files = [
        ("appendix.yaml", include_str!("../../../content/appendix.yaml")),
        ("1.0/version.yaml", "id: \"1.0\"\nname: One\nclassification: White\n"),
        (
            "1.0/sections/1.yaml",
            "section: \"1\"\nheading: Scope\nbody: |\n  The Party shall test.\n\n  It shall report.\n",
        ),
        ("1.0/sections/2.yaml", "section: \"2\"\nheading: Time\nbody: |\n  Tests take thirty days.\n"),
        (
            "1.0/tables/3.yaml",
            "table: \"3\"\nrole: ED\nrows:\n  - { reference: \"1\", variant: \"1.1\", name: Read, critical: false }\n",
        ),
        ("m1/version.yaml", "id: M1\nname: M1\nbase: \"1.0\"\n"),
        (
            "m1/sections/1.yaml",
            "# Asked for by the Panel.\nsection: \"1\"\nheading: Scope\nbody: |\n  The Party shall test twice. # not a remark\n\n  \
             It shall report at once.\n\n  It shall pay.\n",
        ),
        ("m1/sections/2.yaml", "section: \"2\"   # the days\nbody: |\n  Tests take forty days.\n"),
        (
            "m1/tables/3.yaml",
            "table: \"3\"\ninsert:\n  # new in November\n  - after: \"1.1\"\n    rows:\n      - { reference: \"1\", variant: \"1.2\", name: \
             Write, critical: true }   # see the register\n      - { reference: \"1\", variant: \"1.3\", name: Erase, critical: true }\n",
        ),
    ];
    let path = |path: &str| format!("content/{path}");
    files.iter().map(|(name, text)| (path(name), (*text).to_owned())).collect()
}

fn outcomes(review: &Review) -> Vec<(String, Outcome, String)> {
    let told = |part: &ctsd::adopt::review::ReviewedPart| {
        let number = part.site.number.clone();
        let changes = part.changes.iter().filter(|it| !it.is_counted);
        changes.map(|it| (number.clone(), it.outcome, it.now.trim().to_owned())).collect::<Vec<_>>()
    };
    review.parts.iter().flat_map(told).collect()
}

#[test]
fn a_change_that_is_rejected_leaves_the_rest_of_the_files_as_they_are() {
    let files = project();
    let redline = sent(&desk(&files), "M1", false);
    // The body of 1 has three changes, 2 one, the table two rows.
    let deeds = [Deed::Reject, Deed::Accept, Deed::Leave, Deed::Accept, Deed::Leave, Deed::Leave, Deed::Reject];
    let copy = reviewer::copy(&redline, "Anna", &deeds, false);
    let reviewed = desk(&files).review_bytes(&copy).unwrap();
    let told = outcomes(&reviewed.review);
    assert!(told.iter().any(|(part, it, _)| part == "1" && *it == Outcome::Rejected), "{told:?}");
    let applied = applied(&desk(&files), &[&copy], &Only::All).unwrap();
    let after = with(&files, &applied.revised);
    let section = &after["content/m1/sections/1.yaml"];
    assert!(section.starts_with("# Asked for by the Panel.\nsection: \"1\"\n"), "{section}");
    assert!(!section.contains("twice"), "{section}");
    assert_eq!(after["content/m1/sections/2.yaml"], files["content/m1/sections/2.yaml"]);
}

/// Word's mark of what goes at the end of a text is at the end of the paragraph before it.
#[test]
fn of_a_last_table_that_goes_nothing_else_is_told() {
    let mut files = project();
    files.insert("content/m1/tables/3.yaml".to_owned(), "table: \"3\"\ndelete: true\n".to_owned());
    let redline = sent(&desk(&files), "M1", true);
    let copy = reviewer::copy(&redline, "Anna", &[Deed::Leave], false);
    let told = outcomes(&desk(&files).review_bytes(&copy).unwrap().review);
    assert!(told.len() > 2 && told.iter().all(|(_, it, _)| *it == Outcome::Open), "{told:?}");
}

#[test]
fn what_has_changed_since_a_copy_went_out_stays() {
    let files = project();
    let copy = reviewer::copy(&sent(&desk(&files), "M1", true), "Anna", &[Deed::Insert], false);
    let mut today = files.clone();
    let path = "content/m1/sections/1.yaml".to_owned();
    today.insert(path.clone(), files[&path].replace("It shall report at once.", "It shall report within a week."));
    let now = desk(&today);
    let reviewed = now.review_bytes(&copy).unwrap();
    assert_eq!(reviewed.changed_since, ["Section 1"]);
    // Where both say something of the same words, that is to be settled.
    let collided = applied(&now, &[&copy], &Only::All).unwrap();
    let about: Vec<&str> = collided.conflicts.iter().map(|it| it.message.as_str()).collect();
    assert!(about.iter().all(|it| it.starts_with("M1 as it is today and copy 0 collide in")), "{about:?}");
    // Nothing is undone by a copy that says nothing.
    let silent = reviewer::copy(&sent(&desk(&files), "M1", true), "Anna", &[Deed::Accept], false);
    let applied = applied(&now, &[&silent], &Only::All).unwrap();
    assert!(applied.conflicts.is_empty());
    assert_eq!(with(&today, &applied.revised), today);
}

#[test]
fn copies_that_say_different_things_are_told_by_name() {
    let files = project();
    let desk = desk(&files);
    let redline = sent(&desk, "M1", false);
    let copy = |deed: Deed| reviewer::copy(&redline, "Anna", &[deed], false);
    let (accepted, rejected, open) = (copy(Deed::Accept), copy(Deed::Reject), copy(Deed::Leave));
    let both = applied(&desk, &[&accepted, &rejected], &Only::All).unwrap();
    let first = &both.conflicts[0].message;
    assert!(first.starts_with("copy 0 accepts what copy 1 doesn't, in Section 1"), "{first}");
    let same = applied(&desk, &[&rejected, &open, &rejected], &Only::All).unwrap();
    assert!(same.conflicts.is_empty(), "{:?}", same.conflicts);
    let left: Vec<String> = with(&files, &same.revised).into_keys().filter(|path| path.contains("/m1/")).collect();
    assert_eq!(left, ["content/m1/version.yaml"]);
}

#[test]
fn only_what_is_asked_for_is_applied() {
    let files = project();
    let desk = desk(&files);
    let redline = sent(&desk, "M1", true);
    let copy = reviewer::copy(&redline, "Anna", &[Deed::Reject, Deed::Insert], false);
    let after = |only: &Only| with(&files, &applied(&desk, &[&copy], only).unwrap().revised);
    let (decisions, edits) = (after(&Only::Decisions), after(&Only::Edits));
    let says =
        |files: &Files, word: &str| files.iter().any(|(path, text)| path.contains("/m1/") && text.contains(word));
    assert!(!says(&decisions, "seen") && decisions != files);
    assert!(says(&edits, "seen"));
    assert_eq!(after(&Only::Author("Anna".to_owned())), edits);
    let wrong = applied(&desk, &[&copy], &Only::Author("Bob".to_owned())).unwrap_err();
    assert_eq!(wrong, "nobody called “Bob” tracked changes in it: Anna did");
    // What one did is taken from the copies that have it.
    let bob = reviewer::copy(&redline, "Bob", &[Deed::Leave, Deed::Strike], false);
    let of = |name: &str| applied(&desk, &[&bob, &copy], &Only::Author(name.to_owned()));
    assert_eq!(with(&files, &of("Anna").unwrap().revised), edits);
    assert_eq!(of("Cleo").unwrap_err(), "nobody called “Cleo” tracked changes in them: Anna and Bob did");
}

#[test]
fn of_a_row_the_cells_are_told_that_are_others() {
    let desk = desk(&project());
    let redline = sent(&desk, "M1", false);
    let main = docx::main_part(&redline);
    let copy = reviewer::with_part(&redline, "word/document.xml", &main.replace("Write", "Send"));
    let review = desk.review_bytes(&copy).unwrap().review;
    let edited: Vec<_> =
        review.parts.iter().flat_map(|part| &part.changes).filter(|it| it.outcome == Outcome::Edited).collect();
    assert!(edited.len() == 1 && edited[0].row.as_deref() == Some("1.2"), "{edited:#?}");
    assert_eq!(edited[0].edits(), [("Write", "Send")]);
}

/// What some programs leave of a file's own parts.
fn without_trace(copy: &[u8]) -> Vec<u8> {
    let mut parts = docx::parts(copy);
    parts.retain(|path, _| !path.starts_with("customXml"));
    reviewer::packed(&parts)
}

#[test]
fn a_copy_that_has_lost_what_was_sent_is_traced_by_its_properties() {
    let files = project();
    let desk = desk(&files);
    let options = |context: Option<usize>| Options {
        formats: vec![Format::Docx],
        author: Some("The desk".to_owned()),
        context,
        ..Options::default()
    };
    let (base, target) = desk.with_base("M1").unwrap();
    let redlines = [
        desk.full_redline(base, target, &options(None)).unwrap(),
        desk.redline(base, target, &options(None)).unwrap(),
        desk.redline(base, target, &options(Some(0))).unwrap(),
    ];
    for redline in redlines {
        for deeds in [vec![Deed::Accept], vec![Deed::Reject], vec![Deed::Reject, Deed::Insert, Deed::Accept]] {
            let copy = reviewer::copy(&redline[0].bytes, "Anna", &deeds, false);
            let bare = without_trace(&copy);
            let reviewed = desk.review_bytes(&bare).unwrap();
            let what = &reviewed.remarks[0].what;
            assert!(what.contains("compared with the redline of M1 against 1.0"), "{what}");
            assert_eq!(outcomes(&reviewed.review), outcomes(&desk.review_bytes(&copy).unwrap().review));
            let made = |copy: &[u8]| with(&files, &applied(&desk, &[copy], &Only::All).unwrap().revised);
            assert_eq!(made(&bare), made(&copy), "{} {deeds:?}", redline[0].name);
        }
    }
    // What it was made from isn't there any more: nothing is guessed.
    let mut today = files.clone();
    today.get_mut("content/m1/sections/2.yaml").unwrap().push_str("  And more.\n");
    let copy = without_trace(&reviewer::copy(&sent(&desk, "M1", true), "Anna", &[Deed::Reject], false));
    let why = super::desk(&today).review_bytes(&copy).unwrap_err().to_string();
    assert!(why.contains("M1 isn't as it was then"), "{why}");
}

#[test]
fn count_rows_are_nobodys_to_change() {
    let files = project();
    let desk = desk(&files);
    let copy = sent(&desk, "M1", true);
    let main = docx::main_part(&copy);
    let at = main.find(">Count of").unwrap();
    let figure = at + main[at..].find("<w:t xml:space=\"preserve\">3<").or_else(|| main[at..].find(">1<")).unwrap();
    let figure = figure + main[figure..].find(['1', '3']).unwrap();
    for spoiled in ["many", ""] {
        let main = format!("{}{spoiled}{}", &main[..figure], &main[figure + 1..]);
        let copy = reviewer::with_part(&copy, "word/document.xml", &main);
        let applied = applied(&desk, &[&copy], &Only::All).unwrap();
        assert_eq!(with(&files, &applied.revised), files);
        let reviewed = desk.review_bytes(&copy).unwrap();
        let is_told = |it: &ctsd::adopt::review::Change| it.is_counted && it.outcome == Outcome::Edited;
        assert!(reviewed.review.parts.iter().flat_map(|part| &part.changes).any(is_told), "{:#?}", reviewed.review);
    }
}

#[test]
fn what_no_file_may_say_is_told_as_that() {
    let files = project();
    let desk = desk(&files);
    let copy = sent(&desk, "M1", true);
    let main = docx::main_part(&copy);
    let copy = reviewer::with_part(&copy, "word/document.xml", &main.replacen(">Erase<", "><", 1));
    let why = applied(&desk, &[&copy], &Only::All).unwrap_err();
    assert!(why.contains("3.yaml can't say what is asked for: “name” is empty"), "{why}");
}

#[test]
fn bookmarks_that_are_lost_are_found_again() {
    let files = project();
    let desk = desk(&files);
    for deed in [Deed::Accept, Deed::Reject, Deed::Insert] {
        let copy = reviewer::copy(&sent(&desk, "M1", true), "Anna", &[deed], false);
        let mut document = docx::part(&copy, "word/document.xml");
        without_bookmarks(&mut document);
        let bare = reviewer::with_part(&copy, "word/document.xml", &reviewer::written(&document));
        let made = |copy: &[u8]| applied(&desk, &[copy], &Only::All).unwrap();
        assert_eq!(with(&files, &made(&bare).revised), with(&files, &made(&copy).revised), "{deed:?}");
        let told = &made(&bare).remarks[0].what;
        assert!(told.ends_with("have lost their bookmarks, and are known by their numbers"), "{told}");
    }
}

fn without_bookmarks(node: &mut docx::Node) {
    node.children.retain(|child| !child.name.starts_with("w:bookmark"));
    node.children.iter_mut().for_each(without_bookmarks);
}

#[test]
fn comments_are_told_with_their_threads() {
    let files = project();
    let desk = desk(&files);
    let mut parts = docx::parts(&sent(&desk, "M1", true));
    let main = String::from_utf8(parts["word/document.xml"].clone()).unwrap();
    let at = main.find("<w:t xml:space=\"preserve\">The Party").unwrap();
    let at = main[..at].rfind("<w:r>").unwrap();
    let begun = "<w:commentRangeStart w:id=\"70\"/><w:commentRangeStart w:id=\"71\"/>";
    parts.insert("word/document.xml".to_owned(), format!("{}{begun}{}", &main[..at], &main[at..]).into_bytes());
    let comment = |id: u8, author: &str, text: &str| {
        format!(
            "<w:comment w:id=\"7{id}\" w:author=\"{author}\" w:date=\"2019-03-04T10:00:00Z\"><w:p w14:paraId=\"0{id}\">\
             <w:r><w:t>{text}</w:t></w:r></w:p></w:comment>"
        )
    };
    let word = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let comments = format!(
        "<w:comments {word} xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\">{}{}</w:comments>",
        comment(0, "Anna", "Why twice?"),
        comment(1, "Bob", "The Panel asked.")
    );
    parts.insert("word/comments.xml".to_owned(), comments.into_bytes());
    let threads = "<w15:commentsEx xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\"><w15:commentEx \
                   w15:paraId=\"00\" w15:done=\"1\"/><w15:commentEx w15:paraId=\"01\" w15:paraIdParent=\"00\" \
                   w15:done=\"0\"/></w15:commentsEx>";
    parts.insert("word/commentsExtended.xml".to_owned(), threads.as_bytes().to_vec());
    let relations = String::from_utf8(parts["word/_rels/document.xml.rels"].clone()).unwrap();
    let relation =
        |kind: &str, file: &str| format!("<Relationship Id=\"{file}\" Type=\"x/{kind}\" Target=\"{file}.xml\"/>");
    let both = relation("comments", "comments") + &relation("commentsExtended", "commentsExtended");
    let relations = relations.replace("</Relationships>", &format!("{both}</Relationships>"));
    parts.insert("word/_rels/document.xml.rels".to_owned(), relations.into_bytes());
    let reviewed = desk.review_bytes(&reviewer::packed(&parts)).unwrap();
    let part = reviewed.review.parts.iter().find(|part| part.site.number == "1").unwrap();
    assert_eq!(part.comments, [0, 1]);
    let [first, second] = reviewed.copy.comments.as_slice() else { panic!("{:?}", reviewed.copy.comments) };
    assert_eq!((first.author.as_str(), first.text.as_str(), first.resolved), ("Anna", "Why twice?", true));
    assert_eq!((first.date.as_deref(), first.answers), (Some("2019-03-04T10:00:00Z"), None));
    assert!(first.place.begins.starts_with("The Party shall test"), "{:?}", first.place);
    assert_eq!((second.answers, second.resolved), (Some(0), false));
}

/// What a section says that goes past others reads like what they say.
#[test]
fn of_what_is_rejected_whole_nothing_is_told_but_that() {
    let section = |number: &str| {
        let body = format!("  The text of {number} stands here.\n\n  It says more.\n");
        (
            format!("1.0/sections/{number}.yaml"),
            format!("section: \"{number}\"\nheading: Heading of {number}\nbody: |\n{body}"),
        )
    };
    let row = |at: u8| format!("  - {{ reference: \"{at}\", variant: \"{at}\", name: Name {at}, critical: false }}\n");
    let table = |number: &str| {
        let rows: String = (1..6).map(row).collect();
        (format!("1.0/tables/{number}.yaml"), format!("table: \"{number}\"\nrole: ED\nrows:\n{rows}"))
    };
    let own = [
        ("1.0/version.yaml", "id: \"1.0\"\nname: One\nclassification: White\nextract: Parts of it.\n"),
        ("m1/version.yaml", "id: M1\nname: M1\nbase: \"1.0\"\n"),
        ("m1/sections/0.yaml", "insert: \"3.1\"\nid: new\nheading: New\nbody: |\n  What is said anew.\n"),
        ("m1/sections/7.yaml", "section: \"2.2\"\nheading: Heading of 2.2 by M1\n"),
        ("m1/sections/8.yaml", "section: \"2.3\"\nrenumber: \"1.2.3\"\n"),
        ("m1/tables/2.2.1.yaml", "table: \"2.2.1\"\namend:\n  - { row: \"5\", cv: { 1: Mandatory } }\n"),
    ];
    let numbers = ["1.1", "1.2", "1.2.1", "1.2.2", "2.2", "2.3", "3", "3.1", "3.1.1", "4"];
    let all = numbers.map(section).into_iter().chain(["2.2.1", "3.2", "5.1"].map(table));
    let all = all.chain(own.map(|(path, text)| (path.to_owned(), text.to_owned())));
    let files = super::laws::files(all.collect());
    let copy = reviewer::copy(&sent(&desk(&files), "M1", true), "Anna", &[Deed::Reject], false);
    for change in desk(&files).review_bytes(&copy).unwrap().review.parts.iter().flat_map(|part| &part.changes) {
        assert_eq!((change.outcome, change.is_change), (Outcome::Rejected, true), "{change:?}");
    }
}
