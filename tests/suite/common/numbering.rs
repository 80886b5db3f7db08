//! What Word prints before the paragraphs of a list, reckoned by the rules of ECMA-376 (Part 1, 17.9).
//!
//! The standard leaves open whether two lists of one definition share their counters, so both readings are reckoned:
//! a document that is to look the same everywhere must come out alike.

use super::docx::{Node, parse, parts};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The numbering part and the styles of a file.
pub struct Numbering {
    /// The levels of each abstract numbering: format, text and start.
    definitions: HashMap<String, BTreeMap<usize, Level>>,
    /// The abstract numbering of each list, and where its levels begin instead.
    lists: HashMap<String, (String, BTreeMap<usize, u32>)>,
    /// The list and the level that a style brings.
    styles: HashMap<String, (String, usize)>,
}

struct Level {
    format: String,
    text: String,
    start: u32,
}

type Counters = BTreeMap<usize, u32>;

/// Whose counters an item moves.
#[derive(Clone, Copy)]
enum Counted {
    ByList,
    ByDefinition,
}

impl Numbering {
    pub fn of(file: &[u8]) -> Self {
        let parts = parts(file);
        let numbering = parse(&parts["word/numbering.xml"]);
        let number = |node: &Node, name: &str| node.attributes[name].parse().expect("a number");
        let definitions = numbering.named("w:abstractNum").into_iter().map(|definition| {
            let levels = definition.named("w:lvl").into_iter().map(|level| {
                let value = |name| level.value(&[name]).expect("a value").to_owned();
                let start = value("w:start").parse().expect("a number");
                (number(level, "w:ilvl"), Level { format: value("w:numFmt"), text: value("w:lvlText"), start })
            });
            (definition.attributes["w:abstractNumId"].clone(), levels.collect())
        });
        let lists = numbering.named("w:num").into_iter().map(|list| {
            let starts = list.named("w:lvlOverride").into_iter().filter_map(|level| {
                let start = level.value(&["w:startOverride"])?.parse().expect("a number");
                Some((number(level, "w:ilvl"), start))
            });
            let definition = list.value(&["w:abstractNumId"]).expect("a definition").to_owned();
            (list.attributes["w:numId"].clone(), (definition, starts.collect()))
        });
        let sheet = parse(&parts["word/styles.xml"]);
        let styles = sheet.named("w:style").into_iter().filter_map(|style| {
            let list = style.value(&["w:pPr", "w:numPr", "w:numId"])?.to_owned();
            let level = style.value(&["w:pPr", "w:numPr", "w:ilvl"]).map_or(0, |level| level.parse().expect("a level"));
            Some((style.attributes["w:styleId"].clone(), (list, level)))
        });
        Self { definitions: definitions.collect(), lists: lists.collect(), styles: styles.collect() }
    }

    /// The label of each paragraph that has text, in order; a bullet is its sign.
    pub fn labels(&self, body: &Node) -> Vec<Option<String>> {
        let [by_list, by_definition] =
            [Counted::ByList, Counted::ByDefinition].map(|counted| self.reckon(body, counted));
        assert_eq!(by_list, by_definition, "readers would differ");
        by_list
    }

    fn reckon(&self, body: &Node, counted: Counted) -> Vec<Option<String>> {
        let mut counters: HashMap<&str, Counters> = HashMap::new();
        let mut begun = HashSet::new();
        let mut labels = Vec::new();
        for paragraph in body.children.iter().filter(|child| child.name == "w:p") {
            let label = self.place(paragraph).map(|(list, at)| {
                let (id, (definition, starts)) = self.lists.get_key_value(&list).expect("a list");
                let counters = match counted {
                    Counted::ByList => counters.entry(id),
                    Counted::ByDefinition => counters.entry(definition),
                }
                .or_default();
                if begun.insert(id) {
                    counters.retain(|level, _| !starts.contains_key(level));
                }
                self.count(counters, &self.definitions[definition], starts, at)
            });
            if !super::docx::text(paragraph).is_empty() {
                labels.push(label);
            }
        }
        labels
    }

    /// The list and the level of a paragraph: its own, or those of its style.
    fn place(&self, paragraph: &Node) -> Option<(String, usize)> {
        let own = |name| paragraph.value(&["w:pPr", "w:numPr", name]);
        let style = paragraph.value(&["w:pPr", "w:pStyle"]).and_then(|style| self.styles.get(style));
        let list = own("w:numId").or(style.map(|(list, _)| list.as_str()))?;
        let level = own("w:ilvl").map(|level| level.parse().expect("a level")).or(style.map(|(_, level)| *level));
        (list != "0").then(|| (list.to_owned(), level.unwrap_or(0)))
    }

    fn count(
        &self,
        counters: &mut Counters,
        levels: &BTreeMap<usize, Level>,
        starts: &BTreeMap<usize, u32>,
        at: usize,
    ) -> String {
        let start = |level: usize| starts.get(&level).copied().unwrap_or(levels[&level].start);
        counters.retain(|level, _| *level <= at);
        for above in 0..at {
            counters.entry(above).or_insert(start(above));
        }
        counters.entry(at).and_modify(|number| *number += 1).or_insert(start(at));
        let mut label = levels[&at].text.clone();
        for (level, number) in counters {
            label = label.replace(&format!("%{}", level + 1), &written(*number, &levels[level].format));
        }
        label
    }
}

/// A number as its format writes it.
pub fn written(number: u32, format: &str) -> String {
    let letters = |first: u8| {
        let place = number.saturating_sub(1);
        let letter = char::from(first + u8::try_from(place % 26).expect("a letter"));
        letter.to_string().repeat(usize::try_from(place / 26 + 1).expect("so many"))
    };
    match format {
        "decimal" => number.to_string(),
        "lowerLetter" => letters(b'a'),
        "upperLetter" => letters(b'A'),
        "lowerRoman" => roman(number),
        "upperRoman" => roman(number).to_uppercase(),
        "bullet" | "none" => String::new(),
        _ => panic!("{format} isn't written by us"),
    }
}

fn roman(mut number: u32) -> String {
    const SIGNS: [(u32, &str); 9] =
        [(100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];
    let mut roman = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            roman.push_str(sign);
            number -= value;
        }
    }
    roman
}
