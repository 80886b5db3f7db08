//! Notes: what a drafter writes, and what is wrong with it.

use ctsd::document::{Block, Run, markdown, text_of};

/// Each paragraph, with what its notes say where they are referred to.
fn said(text: &str) -> Vec<String> {
    let blocks = markdown::read_body(text).unwrap_or_else(|faults| panic!("{text}: {faults:?}"));
    assert_eq!(markdown::read_body(&markdown::write_blocks(&blocks)), Ok(blocks.clone()), "{text}");
    let said = |block: &Block| match block {
        Block::Paragraph(paragraph) => paragraph.runs.iter().map(Run::said).collect(),
        _ => String::new(),
    };
    blocks.iter().map(said).collect()
}

#[test]
fn a_note_is_read_into_its_reference() {
    for (text, expected) in [
        ("As the Act[^1] says.\n\n[^1]: See the Act.", vec!["As the Act^[See the Act.] says."]),
        ("a[^1] b[^two]\n\n[^two]: second\n[^1]: first", vec!["a^[first] b^[second]"]),
        ("- one[^1];\n- two.\n\n  more[^2]\n\n[^1]: https\n[^2]: x **y**", vec!["one^[https];", "two.", "more^[x y]"]),
        ("a[^1]:b[^2](c)\n[^1]: word\n[^2]: goes\non here", vec!["a^[word]:b^[goes on here](c)"]),
        ("(a) one[^1]; and\n(b) two.\n[^1]: right below", vec!["one^[right below]; and", "two."]),
    ] {
        let text = text.replace("](c)", "]\\(c)");
        assert_eq!(said(&text), expected, "{text}");
    }
    for text in ["\\[^1] stays", "[^] and [^ 1] stay", "[1] stays"] {
        assert_eq!(said(text), [text.replace('\\', "")]);
    }
}

#[test]
fn what_is_wrong_with_notes_is_told_all_at_once() {
    let text = "a[^1] b[^2] c[^2] d[^6]\n\n# h[^7]\n\n| x[^8] |\n|---|\n\n[^2]: two\n[^3]: three\n[^4]: \n\n[^2]: again\n\ne[^5]\n\n[^5]: see[^1]\n";
    let faults = markdown::read_body(text).unwrap_err();
    let told = |word: &str, at: &str| {
        assert!(
            faults.iter().any(|fault| fault.message.contains(word) && text[fault.at.clone()] == *at),
            "{word} at {at}: {faults:#?}"
        );
    };
    told("the note 1 has no text", "[^1]");
    told("the note 6 has no text", "[^6]");
    told("the note 2 is referred to twice", "[^2]");
    told("nothing refers to the note 3", "[^3]:");
    told("the note 4 has no words", "[^4]:");
    told("the note 2 has two texts", "[^2]:");
    told("the note 7 is referred to in a heading", "[^7]");
    told("the note 8 is referred to in a heading or a table", "[^8]");
    told("the note 1 is referred to within a note", "[^1]");
    assert_eq!(faults.len(), 9, "{faults:#?}");
}

#[test]
fn bodies_that_stand_one_after_the_other_keep_their_notes() {
    let body = |word: &str| format!("The {word}[^1].\n\n[^1]: On {word}.\n\n");
    let document = markdown::read(&(body("first") + &body("second"))).unwrap();
    let notes: Vec<String> = document
        .blocks
        .iter()
        .filter_map(|block| if let Block::Paragraph(paragraph) = block { Some(&paragraph.runs) } else { None })
        .flatten()
        .filter_map(|run| run.style.now.note.as_ref())
        .map(|note| text_of(&note.runs))
        .collect();
    assert_eq!(notes, ["On first.", "On second."]);
    assert!(markdown::write(&document).ends_with("[^1]: On first.\n\n[^2]: On second.\n\n"));
}

#[test]
fn a_note_is_read_where_it_stands() {
    let text = "As the Act[^1] says.\n\n[^1]: See the Panel.";
    let passages = markdown::passages(text).unwrap();
    let texts: Vec<&str> = passages.iter().map(|passage| passage.text.as_str()).collect();
    assert_eq!(texts, ["As the Act says.", "See the Panel."]);
    for (passage, word) in [(0, "says"), (1, "Panel")] {
        let at = passages[passage].text.find(word).unwrap();
        assert!(text[passages[passage].written_at(at)..].starts_with(word), "{word}");
    }
}

#[test]
fn a_note_that_moved_says_what_of_its_words_is_new() {
    let text =
        "<ins>As noted[^1]</ins><!-- ctsd:inserted -->\n\n[^1]: It is<!-- ctsd:new --> so<!-- ctsd:moved -->.\n\n";
    let document = markdown::read(text).unwrap();
    assert!(markdown::write(&document).ends_with(text));
    let faults = markdown::read_body("As noted[^1].\n\n[^1]: It is<!-- ctsd:new --> so.\n").unwrap_err();
    assert!(faults[0].message.contains("ctsd:new"), "{faults:?}");
}
