//! The order that ISO/IEC 29500-1 (annex A, wml.xsd) wants in the properties of WordprocessingML, whole: the tests' own
//! list, so that an element which the writer begins to use is held to it without anybody thinking of it.

use super::docx::Node;

fn order(element: &str) -> Option<&'static str> {
    Some(match element {
        "w:rPr" => {
            "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss \
             imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr \
             shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange"
        }
        "w:pPr" => {
            "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs \
             suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd \
             snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment \
             textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
        }
        "w:tcPr" => {
            "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark \
             headers cellIns cellDel cellMerge tcPrChange"
        }
        "w:tblPr" => {
            "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd \
             tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange"
        }
        "w:sectPr" => {
            "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType \
             cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange"
        }
        "w:lvl" => "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
        "w:style" => {
            "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked \
             personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
        }
        "w:tbl" => "bookmarkStart tblPr tblGrid tr bookmarkEnd",
        "w:numPr" => "ilvl numId numberingChange ins",
        _ => return None,
    })
}

/// The children that stand out of order or that the schema doesn't know, each with its parent.
pub fn disorder(root: &Node) -> Vec<String> {
    let mut faults = Vec::new();
    for parent in root.all() {
        let Some(order) = order(&parent.name) else { continue };
        let order: Vec<&str> = order.split_whitespace().collect();
        let mut reached = 0;
        for child in &parent.children {
            let name = child.name.trim_start_matches("w:");
            match order.iter().position(|known| *known == name) {
                // Bookmarks may stand anywhere among the rows; headers and footers come in any order.
                Some(_) if name.starts_with("bookmark") || name.ends_with("Reference") => {}
                Some(at) if at >= reached => reached = at,
                _ => faults.push(format!("{name} stands out of order in {parent:?}")),
            }
        }
    }
    faults
}
