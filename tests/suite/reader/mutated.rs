//! Documents that nobody would write: elements in any order, and in each other however they come.

use super::package::Package;
use crate::common::{config, generate};
use crate::found::laws;
use proptest::collection::vec;
use proptest::prelude::*;

/// Elements that stand around others.
const AROUND: [&str; 24] = [
    "p",
    "p",
    "p",
    "r",
    "r",
    "r",
    "tbl",
    "tr",
    "tc",
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "sdt",
    "sdtContent",
    "smartTag",
    "hyperlink",
    "pPr",
    "rPr",
    "numPr",
    "trPr",
    "tcPr",
    "pPrChange",
    "rPrChange",
];

/// Elements that hold nothing, with what they say.
const EMPTY: [&str; 26] = [
    "b/",
    "i/",
    "br/",
    "br w:type=\"page\"/",
    "tab/",
    "cr/",
    "noBreakHyphen/",
    "softHyphen/",
    "sym w:font=\"Symbol\" w:char=\"F0B3\"/",
    "fldChar w:fldCharType=\"begin\"/",
    "fldChar w:fldCharType=\"separate\"/",
    "fldChar w:fldCharType=\"end\"/",
    "ilvl w:val=\"1\"/",
    "ilvl w:val=\"2\"/",
    "numId w:val=\"1\"/",
    "numId w:val=\"2\"/",
    "pStyle w:val=\"H\"/",
    "outlineLvl w:val=\"7\"/",
    "gridSpan w:val=\"3\"/",
    "gridBefore w:val=\"2\"/",
    "vMerge/",
    "tblHeader/",
    "cellIns w:id=\"1\"/",
    "cellDel w:id=\"2\"/",
    "pageBreakBefore/",
    "lastRenderedPageBreak/",
];

fn element() -> impl Strategy<Value = String> {
    let text = |name: &'static str| {
        generate::text().prop_map(move |text| {
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            format!("<w:{name} xml:space=\"preserve\">{text}</w:{name}>")
        })
    };
    let empty = prop::sample::select(EMPTY.to_vec()).prop_map(|element| format!("<w:{element}>"));
    let leaf = prop_oneof![4 => text("t"), 1 => text("delText"), 1 => text("instrText"), 3 => empty];
    leaf.prop_recursive(6, 60, 5, |inner| {
        (prop::sample::select(AROUND.to_vec()), vec(inner, 0..5))
            .prop_map(|(name, inner)| format!("<w:{name}>{}</w:{name}>", inner.concat()))
    })
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn any_elements_are_read_or_refused_and_become_what_reads_back(elements in vec(element(), 0..8)) {
        let level = |at: usize, format: &str, text: &str| {
            format!("<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>")
        };
        let levels = [level(0, "bullet", "o"), level(1, "lowerLetter", "(%2)"), level(2, "decimal", "%2.%3")].concat();
        let lists = format!(
            "<w:abstractNum w:abstractNumId=\"0\">{levels}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
             <w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"1\"><w:startOverride w:val=\"4\"/></w:lvlOverride></w:num>"
        );
        let styles = "<w:style w:type=\"paragraph\" w:styleId=\"H\"><w:name w:val=\"heading 3\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>";
        let file = Package::new(&elements.concat()).lists(&lists).styles(styles).file();
        laws::word(&file);
        laws::import(&file);
    }
}
