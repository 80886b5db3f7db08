//! Superscript and subscript.

use ctsd::document::{Block, Run, Script, markdown};

fn runs(text: &str) -> Vec<Run> {
    let blocks = markdown::read_body(text).unwrap_or_else(|faults| panic!("{text}: {faults:?}"));
    let [Block::Paragraph(paragraph)] = blocks.as_slice() else { panic!("{text}: {blocks:?}") };
    paragraph.runs.clone()
}

/// The text, with what is raised between ↑ and what is lowered between ↓.
fn set(text: &str) -> String {
    let sign = |run: &Run| match run.style.now.script {
        Some(Script::Superscript) => "↑",
        Some(Script::Subscript) => "↓",
        None => "",
    };
    runs(text).iter().map(|run| format!("{0}{1}{0}", sign(run), run.text)).collect()
}

#[test]
fn what_stands_between_two_signs_is_raised_or_lowered() {
    for (text, expected) in [
        ("100 m^2^ of floor", "100 m↑2↑ of floor"),
        ("CO~2~, Na^+^ and s^-1^", "CO↓2↓, Na↑+↑ and s↑-1↑"),
        ("x^2^y^3^", "x↑2↑y↑3↑"),
        ("m<sup>2</sup> and CO<sub>2</sub>", "m↑2↑ and CO↓2↓"),
        ("x~i~^2^", "x↓i↓↑2↑"),
    ] {
        assert_eq!(set(text), expected);
    }
    let bold = runs("**m^2^** a^*b*^");
    assert!(bold.iter().any(|run| run.text == "2" && run.style.now.strong && run.style.now.script.is_some()));
    assert!(bold.iter().any(|run| run.text == "b" && run.style.now.emphasis && run.style.now.script.is_some()));
}

#[test]
fn a_sign_that_is_alone_stays_as_it_is_typed() {
    for text in ["a ^ b", "~5 to ~6", "5~10 days and 6~11 days", "2^8", "a^^b", "a^b c^", "^", "~", "^^"] {
        assert_eq!(set(text), text);
    }
    assert_eq!(set("m\\^2\\^ \\~x\\~ a&#94;b&#94;"), "m^2^ ~x~ a^b^");
    assert_eq!(set("\\\\^2^"), "\\↑2↑");
}

#[test]
fn scripts_that_do_not_nest_are_told_all_at_once() {
    let text = "a **m^2**^ b.\n\nx^a~b^c~ d.\n\nx^a~1~^ y.\n\n~~gone~~ z.\n";
    let faults = markdown::read_body(text).unwrap_err();
    let places: Vec<&str> = faults.iter().map(|fault| &text[fault.at.clone()]).collect();
    assert_eq!(places, ["^2**^", "^a~b^", "^a~1~^", "~~", "~~"], "{faults:?}");
}

#[test]
fn a_sign_points_to_where_it_stands() {
    let text = "CO~2~ and *m^3^* more";
    let passages = markdown::passages(text).unwrap();
    for word in ["2", "and", "3", "more"] {
        let at = passages[0].text.find(word).unwrap();
        assert!(text[passages[0].written_at(at)..].starts_with(word), "{word}");
    }
}
