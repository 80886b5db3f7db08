//! Documents that others made. They aren't the project's to hold: `CTSD_WORD` names a folder with an `index.json`, a list
//! of files with the words of their two texts, and without it there is nothing to test.

#![allow(clippy::disallowed_macros, reason = "what is found is printed")]

use crate::found::laws;
use ctsd::reader::docx;
use ctsd::reader::marked::{Block, Marks};
use std::path::PathBuf;

/// The words of some blocks in one text, without what Word computes.
fn words(blocks: &[Block], stands: fn(Marks) -> bool) -> Vec<String> {
    let mut text = String::new();
    say(blocks, Marks::default(), stands, &mut text);
    let text = text.replace('\u{ad}', "");
    // Signs for vowels in Arabic part words in the index. Greek letters come from a font of signs, which it leaves out.
    let is_sign = |c: char| matches!(c, '\u{64b}'..='\u{65f}' | '\u{670}');
    let is_word = |c: char| (c.is_alphanumeric() && !is_sign(c)) || c == '_';
    text.split(|c: char| !is_word(c)).filter(|word| counts(word)).map(str::to_owned).collect()
}

/// Whether a word is more than Greek letters.
fn counts(word: &str) -> bool {
    !word.chars().all(|c| matches!(c, 'α'..='ω'))
}

fn say(blocks: &[Block], outer: Marks, stands: fn(Marks) -> bool, text: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                let runs = paragraph.runs.iter().filter(|run| stands(run.marks.within(outer)));
                text.extend(runs.map(|run| run.text.as_str()));
                if stands(paragraph.mark.within(outer)) {
                    text.push('\n');
                }
            }
            Block::Table(table) => {
                for row in &table.rows {
                    for cell in &row.cells {
                        let outer = cell.marks.within(row.marks).within(outer);
                        say(&cell.blocks, outer, stands, text);
                        text.push('\n');
                    }
                }
            }
        }
    }
}

#[test]
fn no_word_of_real_documents_is_lost() {
    let Some(folder) = std::env::var_os("CTSD_WORD").map(PathBuf::from) else {
        println!("CTSD_WORD names no folder of Word documents: nothing is tested");
        return;
    };
    let index = std::fs::read_to_string(folder.join("index.json")).expect("an index");
    let index: Vec<serde_json::Value> = serde_json::from_str(&index).expect("a list");
    let (mut exact, mut wrong) = (0, Vec::new());
    for entry in &index {
        let name = entry["file"].as_str().expect("a name");
        let file = std::fs::read(folder.join(name)).expect("a file");
        for law in [laws::word, laws::import] {
            assert!(std::panic::catch_unwind(|| law(&file)).is_ok(), "{name}");
        }
        let marked = match docx::read(&file) {
            Ok(marked) => marked,
            Err(failure) => {
                println!("{name}: refused: {failure}");
                continue;
            }
        };
        let sides = [("original", Marks::in_original as fn(Marks) -> bool), ("proposed", Marks::in_proposed)];
        let differs = sides.into_iter().find(|(side, stands)| {
            let expected = entry[side].as_array().expect("words").iter().map(|word| word.as_str().expect("a word"));
            let expected = expected.filter(|word| counts(word));
            !words(&marked.blocks, *stands).iter().eq(expected)
        });
        match differs {
            None => exact += 1,
            Some((side, _)) => wrong.push(format!("{name} ({side})")),
        }
    }
    println!("word for word: {exact} of {}; others: {}", index.len(), wrong.join(", "));
    assert!(exact * 100 >= index.len() * 99, "{exact} of {}", index.len());
}
