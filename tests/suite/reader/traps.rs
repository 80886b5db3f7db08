//! What breaks readers of Word: each trap in a document made for it, with what Word shows of it.

use super::package::{Package, WORD, p, plain, r};
use ctsd::document::markdown;
use ctsd::reader::{View, document, docx};

/// The two texts of a document as Markdown, and what is told of it.
fn read(file: &[u8]) -> ([String; 2], Vec<String>) {
    let marked = docx::read(file).expect("a Word document");
    let text = |view| markdown::write(&document(&marked, view).0).trim_end().to_owned();
    let (both, remarks) = document(&marked, View::Marked);
    assert_eq!(markdown::read(&markdown::write(&both)).as_ref(), Ok(&both), "what is printed reads back");
    ([text(View::Original), text(View::Proposed)], remarks.iter().map(ToString::to_string).collect())
}

/// Holds both texts, and that nothing is told.
fn shows(body: &str, original: &str, proposed: &str) {
    let (texts, remarks) = read(&Package::new(body).file());
    assert_eq!(texts, [original, proposed], "{body}");
    assert_eq!(remarks, Vec::<String>::new(), "{body}");
}

fn tells(body: &str, text: &str, told: &str) {
    let (texts, remarks) = read(&Package::new(body).file());
    assert_eq!(texts, [text, text], "{body}");
    assert!(remarks.iter().any(|remark| remark.contains(told)), "{remarks:?}");
}

fn tracked(kind: &str, content: &str) -> String {
    format!("<w:{kind} w:id=\"1\" w:author=\"A\" w:date=\"2026-01-31T00:00:00Z\">{content}</w:{kind}>")
}

fn ins(text: &str) -> String {
    tracked("ins", &r(text))
}

fn del(text: &str) -> String {
    tracked("del", &format!("<w:r><w:delText xml:space=\"preserve\">{text}</w:delText></w:r>"))
}

/// The properties of a paragraph whose mark is revised.
fn mark(kind: &str) -> String {
    format!("<w:pPr><w:rPr>{}</w:rPr></w:pPr>", tracked(kind, ""))
}

fn cell(content: &str) -> String {
    format!("<w:tc><w:tcPr/>{content}</w:tc>")
}

/// A table's Markdown, without the directive over it.
fn rows(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.starts_with('|') && !line.starts_with("|---")).collect()
}

#[test]
fn words_that_one_run_has_in_pieces_are_whole() {
    let pieces =
        "<w:r w:rsidR=\"1\"><w:t>Sec</w:t></w:r><w:proofErr w:type=\"x\"/><w:r w:rsidR=\"2\"><w:t>tion</w:t></w:r>";
    shows(&p(pieces), "Section", "Section");
    shows(&p(&format!("{}{}{}", r("thirty (3"), del("0"), ins("1"))), "thirty (30", "thirty (31");
}

#[test]
fn what_stands_around_words_hides_none() {
    for around in [
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:smartTag w:element=\"place\"><w:smartTagPr/>{}</w:smartTag>",
        "<w:customXml w:element=\"a\"><w:customXmlPr/>{}</w:customXml>",
        "<w:dir w:val=\"ltr\">{}</w:dir>",
        "<w:hyperlink w:anchor=\"_Toc1\">{}</w:hyperlink>",
        "<mc:AlternateContent><mc:Choice Requires=\"w\">{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
        "<w:fldSimple w:instr=\" REF a \\h \">{}</w:fldSimple>",
    ] {
        let body = p(&format!("{}{}{}", r("one "), around.replace("{}", &r("two ")), r("three")));
        shows(&body, "one two three", "one two three");
        let body = p(&format!("{}{}{}", r("one "), tracked("ins", &around.replace("{}", &r("two "))), r("three")));
        shows(&body, "one three", "one two three");
    }
    let block = format!("<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>{}", plain("one"), plain("two"));
    shows(&block, "one\n\ntwo", "one\n\ntwo");
}

#[test]
fn content_controls_stand_around_rows_cells_and_what_is_in_them() {
    let sdt = |content: &str| format!("<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>");
    let table = format!(
        "<w:tbl><w:tr>{}{}</w:tr>{}</w:tbl>",
        sdt(&cell(&plain("a"))),
        cell(&sdt(&plain("b"))),
        sdt(&format!("<w:tr>{}{}</w:tr>", cell(&p(&sdt(&r("c")))), cell(&plain("d"))))
    );
    let (texts, _) = read(&Package::new(&table).file());
    assert_eq!(rows(&texts[0]), ["| a | b |", "| c | d |"]);
}

#[test]
fn characters_that_are_elements_are_kept() {
    let body =
        p("<w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>24 co</w:t><w:softHyphen/><w:t>op</w:t><w:cr/><w:t>a</w:t><w:tab/>\
                  <w:t>b</w:t><w:br/><w:t>c </w:t><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/></w:r>");
    let text = "1\u{2011}24 co\u{ad}op<br>a&#9;b<br>c≥";
    shows(&body, text, text);
    tells(&p("<w:r><w:t>a</w:t><w:sym w:font=\"Webdings\" w:char=\"F021\"/></w:r>"), "a�", "F021 of the font Webdings");
}

#[test]
fn white_space_counts_only_where_a_text_says_so() {
    shows(&p("<w:r><w:t> a </w:t><w:t xml:space=\"preserve\"> b</w:t></w:r>"), "a b", "a b");
}

#[test]
fn a_picture_stands_in_a_paragraph_of_its_own_whoever_put_it_where() {
    let picture = "<w:r><w:drawing><docPr descr=\"A\"/><blip r:embed=\"a\"/></w:drawing></w:r>";
    for (runs, original, proposed) in [
        (picture.to_owned(), "![A](<figures/image1.png>)", "![A](<figures/image1.png>)"),
        (
            format!("{}{picture}{}", r("be"), r("side")),
            "![A](<figures/image1.png>)\n\nbeside",
            "![A](<figures/image1.png>)\n\nbeside",
        ),
        (format!("{}{}", del("one"), tracked("ins", picture)), "one", "![A](<figures/image1.png>)"),
    ] {
        let (texts, _) = read(&Package::new(&p(&runs)).picture("a").file());
        assert_eq!(texts, [original, proposed], "{runs}");
    }
}

#[test]
fn a_tracked_paragraph_mark_splits_and_joins() {
    let body = format!("{}{}", p(&format!("{}{}", mark("ins"), r("one "))), plain("two"));
    shows(&body, "one two", "one&#32;\n\ntwo");
    let body = format!("{}{}", p(&format!("{}{}", mark("del"), r("one "))), plain("two"));
    shows(&body, "one&#32;\n\ntwo", "one two");
    let body = format!("{}{}{}", plain("one"), p(&format!("{}{}", mark("ins"), ins("two"))), plain("three"));
    shows(&body, "one\n\nthree", "one\n\ntwo\n\nthree");
}

#[test]
fn what_moved_stands_once_in_each_text() {
    let from = format!("{}{}", mark("moveFrom"), tracked("moveFrom", &r("moved")));
    let to = format!("{}{}", mark("moveTo"), tracked("moveTo", &r("moved")));
    let range = |name: &str, at: &str| format!("<w:{name}Range{at} w:id=\"7\" w:name=\"move1\"/>");
    let body = format!(
        "{}{}{}{}{}{}{}",
        range("moveFrom", "Start"),
        p(&from),
        p(&from.replace("moved", "moved too")),
        range("moveFrom", "End"),
        plain("stays"),
        p(&to),
        p(&to.replace("moved", "moved too"))
    );
    shows(&body, "moved\n\nmoved too\n\nstays", "stays\n\nmoved\n\nmoved too");
}

#[test]
fn what_one_inserts_and_another_deletes_stands_in_neither_text() {
    let body = p(&format!("{}{}", r("a"), tracked("ins", &del("b"))));
    let (texts, remarks) = read(&Package::new(&body).file());
    assert_eq!(texts, ["a", "a"]);
    assert!(remarks[0].contains("in the paragraph that begins “ab”: “b” is left out"), "{remarks:?}");
}

#[test]
fn a_revision_keeps_its_author_and_date_even_where_ids_stand_twice() {
    let other = ins("c").replace("\"A\"", "\"B\"");
    let marked = docx::read(&Package::new(&p(&format!("{}{}{other}", del("a"), ins("b")))).file()).expect("a document");
    let authors: Vec<(&str, Option<&str>)> =
        marked.revisions.iter().map(|it| (it.author.as_str(), it.date.as_deref())).collect();
    let date = Some("2026-01-31T00:00:00Z");
    assert_eq!(authors, [("A", date), ("A", date), ("B", date)]);
    let ids: Vec<&str> = marked.revisions.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["1", "1", "1"]);
}

#[test]
fn comments_within_revisions_part_no_words() {
    let body = p(&format!(
        "{}<w:commentRangeStart w:id=\"0\"/>{}<w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r>",
        r("one "),
        tracked("ins", &format!("<w:commentRangeStart w:id=\"1\"/>{}<w:commentRangeEnd w:id=\"1\"/>", r("two")))
    ));
    let comments = format!("<w:comment w:id=\"0\" w:author=\"B\">{}</w:comment>", plain("Why?"));
    let (texts, remarks) = read(&Package::new(&body).with("comments", "comments", &comments).file());
    assert_eq!(texts, ["one&#32;", "one two"]);
    assert_eq!(remarks, ["at the beginning: a comment by B is no part of the text: “Why?”"]);
}

#[test]
fn a_field_shows_its_result_and_never_its_code() {
    let char = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code = |code: &str| format!("<w:r><w:instrText>{code}</w:instrText></w:r>");
    let field =
        |what: &str, shown: &str| format!("{}{}{}{shown}{}", char("begin"), code(what), char("separate"), char("end"));
    shows(&p(&format!("{}{}", r("Section "), field(" REF a \\h ", &r("5.4")))), "Section 5.4", "Section 5.4");
    // A field in the code of another: what it shows is code.
    let nested = format!(
        "{}{}{}{}{}{}{}",
        char("begin"),
        code(" IF "),
        field(" PAGE ", &r("hidden")),
        code(" = 1 "),
        char("separate"),
        r("shown"),
        char("end")
    );
    shows(&p(&nested), "shown", "shown");
    // A field that is begun and never ended hides nothing.
    shows(&p(&format!("{}{}{}", char("begin"), code(" REF "), r("text"))), "text", "text");
    let link = p(&field(" HYPERLINK \"https://example.com/a\" \\l \"b\" ", &r("there")));
    shows(&link, "[there](<https://example.com/a#b>)", "[there](<https://example.com/a#b>)");
    let deleted =
        tracked("del", &field(" REF a ", "<w:r><w:delText>5.4</w:delText></w:r>").replace("instrText", "delInstrText"));
    shows(&p(&format!("{}{deleted}{}", r("Section "), ins("6"))), "Section 5.4", "Section 6");
    tells(&p(&format!("{}{}{}{}", r("a"), char("begin"), code(" AUTONUM "), char("end"))), "a", "a field (AUTONUM)");
}

#[test]
fn a_list_of_contents_from_elsewhere_is_text() {
    let char = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let body = format!(
        "{}{}",
        p(&format!(
            "{}<w:r><w:instrText>TOC \\o</w:instrText></w:r>{}{}",
            char("begin"),
            char("separate"),
            r("1 Scope")
        )),
        p(&format!("{}{}", r("2 Terms"), char("end")))
    );
    shows(&body, "1 Scope\n\n2 Terms", "1 Scope\n\n2 Terms");
}

#[test]
fn cells_span_begin_late_and_merge() {
    let table = format!(
        "<w:tbl><w:tblGrid/><w:tr>{}{}{}</w:tr><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}</w:tr>\
         <w:tr>{}{}</w:tr></w:tbl>",
        cell(&plain("a")),
        cell(&plain("b")),
        cell(&plain("c")).replace("<w:tcPr/>", "<w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>"),
        cell(&plain("d")),
        cell(&plain("e")).replace("<w:tcPr/>", "<w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>"),
        cell("<w:p/>").replace("<w:tcPr/>", "<w:tcPr><w:vMerge/></w:tcPr>"),
    );
    let (texts, _) = read(&Package::new(&table).file());
    assert_eq!(rows(&texts[0]), ["| a | b | c |", "| | d | |", "| e | | |"]);
}

#[test]
fn a_cell_with_changes_reads_as_one_thing_in_each_text() {
    let row = |content: &str| format!("<w:tr>{content}</w:tr>");
    let table = |rows: &str| format!("<w:tbl>{rows}</w:tbl>");
    let changed = table(&row(&format!("{}{}", cell(&p(&format!("{}{}", del("1"), ins("2")))), cell(&plain("x")))));
    let (texts, _) = read(&Package::new(&changed).file());
    assert_eq!((rows(&texts[0]), rows(&texts[1])), (vec!["| 1 | x |"], vec!["| 2 | x |"]));

    let of_row = |kind: &str, text: &str| row(&format!("<w:trPr>{}</w:trPr>{}", tracked(kind, ""), cell(&plain(text))));
    let rows_change =
        table(&format!("{}{}{}", of_row("del", "old"), row(&cell(&plain("stays"))), of_row("ins", "new")));
    let (texts, _) = read(&Package::new(&rows_change).file());
    assert_eq!((rows(&texts[0]), rows(&texts[1])), (vec!["| old |", "| stays |"], vec!["| stays |", "| new |"]));

    let of_cell = |kind: &str, text: &str| {
        cell(&plain(text)).replace("<w:tcPr/>", &format!("<w:tcPr>{}</w:tcPr>", tracked(kind, "")))
    };
    let cells_change =
        table(&row(&format!("{}{}{}", cell(&plain("a")), of_cell("cellDel", "old"), of_cell("cellIns", "new"))));
    let (texts, _) = read(&Package::new(&cells_change).file());
    assert_eq!((rows(&texts[0]), rows(&texts[1])), (vec!["| a | old |"], vec!["| a | new |"]));
    let gone = table(&row(&of_cell("cellDel", "old")));
    let (texts, _) = read(&Package::new(&format!("{}{gone}", plain("a"))).file());
    assert_eq!(texts[1], "a");
}

#[test]
fn a_cell_of_several_paragraphs_has_a_line_for_each() {
    let content = format!("{}{}{}", p(&format!("{}{}", mark("ins"), r("a"))), p(&r("b")), p("<w:pPr/>"));
    let (texts, _) = read(&Package::new(&format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell(&content))).file());
    assert_eq!((rows(&texts[0]), rows(&texts[1])), (vec!["| ab |"], vec!["| a<br>b |"]));
    let inner = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell(&plain("b")), cell(&plain("c")));
    let outer = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell(&format!("{}{inner}<w:p/>", plain("a"))));
    let (texts, remarks) = read(&Package::new(&outer).file());
    assert_eq!(rows(&texts[0]), ["| a<br>b<br>c |"]);
    assert!(remarks[0].contains("a table in a cell is read as lines: “b c”"), "{remarks:?}");
}

#[test]
fn the_strict_standard_and_foreign_prefixes_are_read() {
    let main = Package::new(&p(&format!("{}{}", del("a"), ins("b")))).main();
    let strict = main.replace(WORD, "http://purl.oclc.org/ooxml/wordprocessingml/main");
    let prefixed = main.replace("w:", "ns0:").replace("xmlns:w=", "xmlns:ns0=");
    let without = main.replace("<w:", "<").replace("</w:", "</").replace("xmlns:w=", "xmlns=");
    for main in [strict, prefixed, without] {
        assert_eq!(read(&Package::default().file_with(main.as_bytes())).0, ["a", "b"], "{main}");
    }
    let utf16: Vec<u8> = [0xfeff_u16].into_iter().chain(main.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(&Package::default().file_with(&utf16)).0, ["a", "b"]);
}

#[test]
fn a_look_that_changed_is_told_apart() {
    let bold =
        "<w:r><w:rPr><w:b/><w:rPrChange w:id=\"1\" w:author=\"A\"><w:rPr/></w:rPrChange></w:rPr><w:t>White</w:t></w:r>";
    shows(&p(bold), "White", "**White**");
    let heading = "<w:pPr><w:pStyle w:val=\"H\"/><w:pPrChange w:id=\"1\" w:author=\"A\"><w:pPr/></w:pPrChange></w:pPr>";
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"H\"><w:name w:val=\"heading 2\"/></w:style>";
    let (texts, _) = read(&Package::new(&p(&format!("{heading}{}", r("Scope")))).styles(styles).file());
    assert_eq!(texts, ["Scope", "## Scope"]);
}

#[test]
fn what_is_not_text_is_told_with_its_place() {
    let textbox = "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent>\
                   </v:textbox></v:shape></w:pict></w:r>";
    tells(
        &p(&format!("{}{textbox}", r("Beside it"))),
        "Beside it",
        "in the paragraph that begins “Beside it”: a text box is left out, with the words “In a box”",
    );
    tells(
        &format!("{}<w:altChunk r:id=\"a\"/>", plain("Before")),
        "Before",
        "after the paragraph that begins “Before”: a whole document",
    );
    tells(&p(&format!("{}<w:subDoc r:id=\"a\"/>", r("Before"))), "Before", "(subDoc) is left out");
    tells(&p(&format!("{}<w:novelty><w:t>new</w:t></w:novelty>", r("Before"))), "Before", "“novelty” is left out");
    tells(
        &p(&format!("{}<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", r("where "))),
        "where x=1",
        "an equation is read as the characters",
    );
    let page = "<w:r><w:lastRenderedPageBreak/></w:r>";
    let body = format!("{}{}", p(&format!("{page}{page}{}", r("Far on"))), p(&format!("{}{textbox}", r("Further"))));
    tells(&body, "Far on\n\nFurther", "page 3, in the paragraph that begins “Further”");
}

#[test]
fn notes_are_read_and_told_where_the_dialect_has_none() {
    let body = p(&format!("{}<w:r><w:footnoteReference w:id=\"2\"/></w:r>", r("As noted")));
    let notes = format!("<w:footnote w:id=\"2\">{}</w:footnote>", plain("The note."));
    let (texts, remarks) = read(&Package::new(&body).with("footnotes", "footnotes", &notes).file());
    assert_eq!(texts[0], "As noted[^1]\n\n[^1]: The note.");
    // What parts the words from their number is none of them.
    for parting in ["", " ", "\t"] {
        let typed = parting.replace('\t', "</w:t><w:tab/><w:t xml:space=\"preserve\">");
        let words = format!(
            "<w:r><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\">{typed}</w:t></w:r>{}",
            r("The note.")
        );
        let notes = format!("<w:footnote w:id=\"2\">{}</w:footnote>", p(&words));
        let parted = read(&Package::new(&body).with("footnotes", "footnotes", &notes).file());
        assert_eq!(parted, (texts.clone(), remarks.clone()), "{parting:?}");
    }
    assert_eq!(remarks, [""; 0]);
    let cell = format!("<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>");
    let (texts, remarks) = read(&Package::new(&cell).with("footnotes", "footnotes", &notes).file());
    assert!(!texts[0].contains("[^1]"));
    assert_eq!(remarks, ["in the paragraph that begins “As noted”: a footnote is left out: “The note.”"]);
}

/// Levels of a list: format and text of each.
fn levels(levels: &[(&str, &str)]) -> String {
    let level = |(at, (format, text)): (usize, &(&str, &str))| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    levels.iter().enumerate().map(level).collect()
}

fn list(levels: &str) -> String {
    format!(
        "<w:abstractNum w:abstractNumId=\"0\">{levels}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
    )
}

fn numbered(list: i32, level: i32, text: &str) -> String {
    p(&format!("<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>{}", r(text)))
}

fn lines(body: &str, lists: &str) -> [Vec<String>; 2] {
    let (texts, _) = read(&Package::new(body).lists(lists).file());
    texts.map(|text| text.lines().filter(|line| !line.is_empty()).map(|line| line.trim_start().to_owned()).collect())
}

#[test]
fn labels_are_counted_by_level_and_printed_in_their_format() {
    let legal = list(
        &levels(&[("upperRoman", "Part %1"), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"), ("lowerRoman", "(%4)")])
            .replace("<w:lvlText w:val=\"%1.%2\"/>", "<w:isLgl/><w:lvlText w:val=\"%1.%2\"/>"),
    );
    let body: String = [(0, "a"), (1, "b"), (2, "c"), (2, "d"), (3, "e"), (1, "f"), (2, "g"), (0, "h"), (1, "i")]
        .iter()
        .map(|(level, text)| numbered(1, *level, text))
        .collect();
    let [text, _] = lines(&body, &legal);
    assert_eq!(text, ["Part I a", "1.1 b", "(a) c", "(b) d", "(i) e", "1.2 f", "(a) g", "Part II h", "2.1 i"]);
}

#[test]
fn lists_of_one_pattern_count_on_unless_one_starts_anew() {
    let lists = list(&levels(&[("lowerLetter", "(%1)")]))
        + "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/></w:num>\
           <w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>\
           <w:num w:numId=\"4\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
           <w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"[%1]\"/></w:lvl></w:lvlOverride></w:num>";
    let body: String = [(1, "a"), (2, "b"), (3, "c"), (3, "d"), (1, "e"), (4, "f")]
        .iter()
        .map(|(list, text)| numbered(*list, 0, text))
        .collect();
    let [text, _] = lines(&body, &lists);
    assert_eq!(text, ["(a) a", "(b) b", "(e) c", "(f) d", "(g) e", "\\[8\\] f"]);
}

#[test]
fn a_level_restarts_as_its_list_says() {
    let plain = levels(&[("decimal", "%1"), ("decimal", "%1-%2")]);
    let never =
        plain.replace("<w:lvlText w:val=\"%1-%2\"/>", "<w:lvlRestart w:val=\"0\"/><w:lvlText w:val=\"%1-%2\"/>");
    let body: String =
        [(0, "a"), (1, "b"), (0, "c"), (1, "d")].iter().map(|(level, text)| numbered(1, *level, text)).collect();
    assert_eq!(lines(&body, &list(&plain))[0], ["1 a", "1-1 b", "2 c", "2-1 d"]);
    assert_eq!(lines(&body, &list(&never))[0], ["1 a", "1-1 b", "2 c", "2-2 d"]);
}

#[test]
fn a_style_numbers_its_paragraphs() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"A\"><w:name w:val=\"heading 1\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"B\"><w:name w:val=\"heading 2\"/><w:basedOn w:val=\"A\"/></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"C\"><w:name w:val=\"Unnumbered\"/><w:basedOn w:val=\"A\"/><w:pPr><w:outlineLvl w:val=\"9\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr></w:style>\
                  <w:style w:type=\"numbering\" w:styleId=\"L\"><w:name w:val=\"L\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>";
    let linked = levels(&[("decimal", "%1"), ("decimal", "%1.%2")])
        .replacen("<w:numFmt", "<w:pStyle w:val=\"A\"/><w:numFmt", 1)
        .replace("<w:lvlText w:val=\"%1.%2\"/>", "<w:pStyle w:val=\"B\"/><w:lvlText w:val=\"%1.%2\"/>");
    let by_style = "<w:abstractNum w:abstractNumId=\"9\"><w:numStyleLink w:val=\"L\"/></w:abstractNum>\
                    <w:num w:numId=\"7\"><w:abstractNumId w:val=\"9\"/></w:num>";
    let styled = |style: &str, text: &str| p(&format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}", r(text)));
    let body = [styled("A", "a"), styled("B", "b"), styled("C", "c"), styled("B", "d"), numbered(7, 1, "e")].concat();
    let (texts, _) = read(&Package::new(&body).styles(styles).lists(&(list(&linked) + by_style)).file());
    let text: Vec<&str> = texts[0].lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(text, ["# 1 a", "## 1.1 b", "c", "## 1.2 d", "1.3 e"]);
}

#[test]
fn each_text_has_numbers_of_its_own() {
    let lists = list(&levels(&[("lowerLetter", "(%1)")]));
    let item = |change: &str, text: &str| {
        p(&format!(
            "<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:rPr>{change}</w:rPr></w:pPr>{text}"
        ))
    };
    let body = [
        item("", &r("a")),
        item(&tracked("ins", ""), &ins("b")),
        item(&tracked("moveFrom", ""), &tracked("moveFrom", &r("c"))),
        item("", &r("d")),
        item(&tracked("moveTo", ""), &tracked("moveTo", &r("c"))),
    ]
    .concat();
    let [original, proposed] = lines(&body, &lists);
    assert_eq!(original, ["(a) a", "(b) c", "(c) d"]);
    assert_eq!(proposed, ["(a) a", "(b) b", "(c) d", "(d) c"]);

    let numbering = format!("<w:pPr><w:numPr>{}</w:numPr></w:pPr>{}", tracked("ins", ""), r("new in the list"));
    let numbering = numbering.replace("<w:numPr>", "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/>");
    let [original, proposed] = lines(&p(&numbering), &lists);
    assert_eq!((original, proposed), (vec!["new in the list".to_owned()], vec!["(a) new in the list".to_owned()]));
}

#[test]
fn numbers_that_markdown_has_are_items() {
    let lists = list(&levels(&[("decimal", "%1."), ("bullet", "\u{f0b7}")]));
    let body: String = [(0, "a"), (1, "b"), (0, "c")].iter().map(|(level, text)| numbered(1, *level, text)).collect();
    assert_eq!(lines(&body, &lists)[0], ["1. a", "- b", "2. c"]);
}

#[test]
fn links_lead_where_they_led() {
    let body = p(&format!("{}<w:hyperlink r:id=\"l\">{}</w:hyperlink>", r("see "), r("there")));
    let (texts, _) = read(&Package::new(&body).link("l", "https://example.com/?a=b").file());
    assert_eq!(texts[0], "see [there](<https://example.com/?a=b>)");
}
