"""The names that elements of WordprocessingML have, by ECMA-376, part 1, chapter 17."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sco_research.loaders.formats.docx.styles import qn

if TYPE_CHECKING:
    from lxml import etree

_NAMES = """
body document background p tbl sdt sdtPr sdtEndPr sdtContent customXml customXmlPr altChunk
altChunkPr matchSrc sectPr smartTag smartTagPr attr placeholder bdo dir subDoc fldSimple fldData
hyperlink r ruby rubyPr rubyAlign hps hpsRaise hpsBaseText lid dirty rt rubyBase t br cr tab ptab
noBreakHyphen softHyphen sym delText instrText delInstrText fldChar ffData name label tabIndex
enabled calcOnExit entryMacro exitMacro helpText statusText checkBox ddList textInput size sizeAuto
default checked result listEntry type maxLength format numberingChange annotationRef footnoteRef
endnoteRef footnoteReference endnoteReference commentReference separator continuationSeparator pgNum
dayShort monthShort yearShort dayLong monthLong yearLong object drawing pict control movie
objectEmbed objectLink lastRenderedPageBreak contentPart binData
bookmarkStart bookmarkEnd moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd
commentRangeStart commentRangeEnd customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart
customXmlDelRangeEnd customXmlMoveFromRangeStart customXmlMoveFromRangeEnd customXmlMoveToRangeStart
customXmlMoveToRangeEnd proofErr permStart permEnd ins del moveFrom moveTo
pPr pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr ilvl numId
suppressLineNumbers pBdr top left bottom right between bar start end shd tabs suppressAutoHyphens
kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid
spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
textboxTightWrap outlineLvl divId cnfStyle rPr pPrChange rPrChange
rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof vanish
webHidden color w kern position sz szCs highlight u effect bdr fitText vertAlign rtl cs em lang
eastAsianLayout specVanish oMath
tblPr tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW
tblCellSpacing tblInd tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange
tblGrid gridCol tblGridChange tblPrEx tblPrExChange insideH insideV tl2br tr2bl
tr trPr gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader hidden trPrChange
tc tcPr tcW gridSpan hMerge vMerge tcBorders noWrap tcMar tcFitText vAlign hideMark headers header
cellIns cellDel cellMerge tcPrChange
headerReference footerReference footnotePr endnotePr pos numFmt numStart numRestart pgSz pgMar
paperSrc pgBorders lnNumType pgNumType cols col formProt titlePg noEndnote rtlGutter docGrid
printerSettings sectPrChange
alias lock showingPlcHdr dataBinding temporary id tag equation comboBox date docPartObj docPartList
dropDownList picture richText text citation group bibliography listItem dateFormat
storeMappedDataAs calendar docPartGallery docPartCategory docPartUnique docPart docPartBody rsid
txbxContent
numbering numPicBullet abstractNum nsid multiLevelType tmpl styleLink numStyleLink lvl lvlRestart
isLgl suff lvlText lvlPicBulletId legacy lvlJc num abstractNumId lvlOverride startOverride
numIdMacAtCleanup
styles docDefaults rPrDefault pPrDefault latentStyles lsdException style aliases basedOn next link
autoRedefine uiPriority semiHidden unhideWhenUsed qFormat locked personal personalCompose
personalReply tblStylePr
"""
_KNOWN = frozenset(map(str, _NAMES.split()))
_SPACE = qn("w:p").removesuffix("p")
_MAX_NAMED = 3


def unknown_names(roots: "Iterable[etree._Element]") -> Iterator[str]:
    """Yield what to say of elements that bear a name of Word's own that Word does not have."""
    unknown: Counter[str] = Counter()
    for root in roots:
        for element in root.iter(f"{_SPACE}*"):
            name = element.tag.removeprefix(_SPACE)
            if name not in _KNOWN:
                unknown[name] += 1
    if unknown:
        named = ", ".join(f"w:{name}" for name in sorted(unknown)[:_MAX_NAMED])
        parts = "1 part is" if unknown.total() == 1 else f"{unknown.total()} parts are"
        yield (
            f"{parts} none that Word knows ({named}): text may be missing or wrong; open the "
            "document in Word and save it again"
        )
