#!/usr/bin/env python3
"""The same document in another format gives the same checklist: office.py PROGRAM

Documents of corpus/ are written as docx, odt, rtf, doc and pdf by LibreOffice (skipped with a message where it is not installed),
as ofd and, ledgers, as xlsx by this test, and every checklist is held against that of the text: the same items in the same order, word for word once spaces and width are set
aside; of a pdf, which knows no paragraphs, nearly all of them. Each quote must stand at its place (`verify`). The documents of
../shared are held to the same where that folder is there.
"""
import collections
import html
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
NAMES = ("f01", "f03", "p01", "s02", "g01", "h1-speech", "j4-feedback", "n5-progress")
SHARED = ROOT.parent / "shared" / "gold"
LEDGERS = ("k7-ledger-tabs", "m5-ledger", "h4-plan", "k5-plan")
FORMATS = ("docx", "odt", "rtf", "doc", "pdf")
ENOUGH = {"pdf": 0.97, "ofd": 0.97}          # share of items, both ways
NOT_FROM_A_PAGE = ("e03",)      # a table of tabs, which is gone once a page breaks its lines


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HAN = "一 二 三 四 五 六 七 八 九 十 十一 十二".split()
LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))


def numbered(path):
    """A docx whose numbers Word computes; returns the headings with the labels that a reader sees."""
    def item(level, words):
        return (f"<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
                if level is not None else f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
    levels = "".join(f"<w:lvl w:ilvl='{i}'><w:start w:val='1'/><w:numFmt w:val='{form}'/><w:lvlText w:val='{text}'/></w:lvl>"
                     for i, (form, text) in enumerate(LEVELS))
    body, seen = item(None, "关于县农业局党组的巡察反馈意见"), []
    for n, word in enumerate(HAN):
        body += item(0, f"落实第{word}项部署有差距")
        seen.append(f"{word}、落实第{word}项部署有差距")
        for k in range(n % 3):
            body += item(1, f"第{word}项制度执行不严") + item(None, "有的科室责任落实不到位。")
            seen.append(f"（{HAN[k]}）第{word}项制度执行不严")
    parts = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
            "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/><Default Extension='xml' ContentType='application/xml'/>"
            "<Override PartName='/word/document.xml' ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/>"
            "<Override PartName='/word/numbering.xml' ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml'/></Types>",
        "_rels/.rels": "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' "
            "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='word/document.xml'/></Relationships>",
        "word/_rels/document.xml.rels": "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' "
            "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering' Target='numbering.xml'/></Relationships>",
        "word/numbering.xml": f"<w:numbering xmlns:w='{WORD}'><w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum>"
            "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>",
        "word/document.xml": f"<w:document xmlns:w='{WORD}'><w:body>{body}</w:body></w:document>",
    }
    with zipfile.ZipFile(path, "w") as z:
        for name, held in parts.items():
            z.writestr(name, "<?xml version='1.0' encoding='UTF-8'?>" + held)
    return [bare(s) for s in seen]


SIZE, LEFT, TOP, COLUMNS, LINES, STEP = 5.6, 28, 37, 28, 22, 10     # millimetres; signs in a line, lines on a page


def ofd(path, text):
    """The text on pages: lines of 28 signs, two signs of indent, a page number at the foot."""
    lines = []
    for paragraph in text.split("\n"):
        words = paragraph.strip(" \u3000\r\t")
        first, kept = 2, ""
        for sign in words:
            if (first + len(kept) >= COLUMNS and sign not in "，。；：、！？）》”%") or first + len(kept) > COLUMNS + 1:
                lines.append((first, kept))
                first, kept = 0, ""
            kept += sign
        if kept:
            lines.append((first, kept))
    pages = [lines[i:i + LINES] for i in range(0, len(lines), LINES)]
    space = "xmlns:ofd='http://www.ofdspec.org/2016'"

    def piece(x, y, words):
        step = f"g {len(words) - 1} {SIZE}" if len(words) > 1 else ""
        return (f"<ofd:TextObject ID='{int(y * 10)}' Boundary='{x} {y} {len(words) * SIZE} {SIZE}' Size='{SIZE}'>"
                f"<ofd:TextCode X='0' Y='{SIZE * 0.88:.2f}' DeltaX='{step}'>{html.escape(words)}</ofd:TextCode></ofd:TextObject>")
    with zipfile.ZipFile(path, "w") as z:
        z.writestr("OFD.xml", f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>")
        listed = "".join(f"<ofd:Page ID='{n + 1}' BaseLoc='Pages/Page_{n}/Content.xml'/>" for n in range(len(pages)))
        z.writestr("Doc_0/Document.xml", f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
                   f"</ofd:PageArea></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>")
        for n, page in enumerate(pages):
            body = "".join(piece(LEFT + first * SIZE, TOP + k * STEP, words) for k, (first, words) in enumerate(page))
            body += piece(100, 280, f"— {n + 1} —")
            z.writestr(f"Doc_0/Pages/Page_{n}/Content.xml", f"<ofd:Page {space}><ofd:Content><ofd:Layer>{body}</ofd:Layer></ofd:Content></ofd:Page>")


def xlsx(path, text):
    """Every line a row, every tab the next cell, words as inline strings."""
    rows = "".join("<row>" + "".join(f"<c t='inlineStr'><is><t>{html.escape(cell)}</t></is></c>" for cell in line.rstrip("\r").split("\t")) + "</row>"
                   for line in text.split("\n"))
    office, main = "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(path, "w") as z:
        z.writestr("[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>")
        z.writestr("_rels/.rels", f"<Relationships><Relationship Id='r1' Type='{office}/officeDocument' Target='xl/workbook.xml'/></Relationships>")
        z.writestr("xl/_rels/workbook.xml.rels", f"<Relationships><Relationship Id='r1' Type='{office}/worksheet' Target='worksheets/sheet1.xml'/></Relationships>")
        z.writestr("xl/workbook.xml", f"<workbook xmlns='{main}' xmlns:r='{office}'><sheets><sheet name='台账' sheetId='1' r:id='r1'/></sheets></workbook>")
        z.writestr("xl/worksheets/sheet1.xml", f"<worksheet xmlns='{main}'><sheetData>{rows}</sheetData></worksheet>")


def headings(read):
    return [bare(h["marker"] + h["title"]) for h in read["outline"]] if read else []


def bare(text):
    text = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text if not c.isspace())
    return text.replace("\u3000", "")


def checklist(program, path):
    ran = subprocess.run([program, "-f", "json", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return (json.loads(ran.stdout), ran.stdout) if ran.returncode == 0 else (None, ran.stderr)


def items(read):
    return [(i["type"], bare(i["text"])) for i in read["items"]]


def alike(a, b):
    same = sum((collections.Counter(a) & collections.Counter(b)).values())
    return 2 * same / (len(a) + len(b)) if a or b else 1.0


def converted(room, sources, form):
    """The documents as LibreOffice writes them."""
    subprocess.run(["soffice", f"-env:UserInstallation=file://{room}/profile", "--headless", "--convert-to", form, "--outdir",
                    str(room / form), *map(str, sources)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300, check=False)
    return {p.stem: p for p in (room / form).glob(f"*.{form}")}


class Checks:
    def __init__(self, program, room):
        self.program, self.room, self.passed, self.failed = program, room, 0, 0

    def same(self, path, form, want):
        """The checklist of the file holds the wanted items, and their words stand at their places."""
        read, said = checklist(self.program, path) if path else (None, b"not written")
        got = items(read) if read else []
        share = alike(want, got)
        (self.room / "c.json").write_bytes(said if read else b"{}")
        places = read and subprocess.run([self.program, "verify", str(self.room / "c.json")], stdout=subprocess.DEVNULL,
                                         stderr=subprocess.DEVNULL).returncode == 0
        if self.add(read and places and share >= ENOUGH.get(form, 1.0)):
            return
        print(f"FAIL {path.name if path else form}: {share:.3f} of the items, places {'right' if places else 'wrong'}"
              + ("" if read else f", {said.decode(errors='replace')[:200]}"))
        for kind, text in list((collections.Counter(want) - collections.Counter(got)).elements())[:2]:
            print(f"  - {kind} {text[:60]}")
        for kind, text in list((collections.Counter(got) - collections.Counter(want)).elements())[:2]:
            print(f"  + {kind} {text[:60]}")

    def numbers(self, path, form, seen):
        read, said = checklist(self.program, path)
        if not self.add(headings(read) == seen):
            print(f"FAIL numbered.{form}: {said[:200] if read is None else headings(read)[:8]}")

    def add(self, right):
        self.passed, self.failed = self.passed + bool(right), self.failed + (not right)
        return right


def by_hand(checks, sources):
    """What needs no LibreOffice."""
    for source in sources:
        path = checks.room / f"{source.stem}.ofd"
        ofd(path, source.read_text(encoding="utf-8"))
        if source.stem not in NOT_FROM_A_PAGE:
            checks.same(path, "ofd", items(checklist(checks.program, source)[0]))
    for name in LEDGERS:
        source, path = next(ROOT.glob(f"corpus/*/{name}.txt")), checks.room / f"{name}.xlsx"
        xlsx(path, source.read_text(encoding="utf-8"))
        checks.same(path, "xlsx", items(checklist(checks.program, source)[0]))
    checks.numbers(checks.room / "numbered.docx", "docx", numbered(checks.room / "numbered.docx"))


def by_libreoffice(checks, sources):
    wanted = {s.stem: items(checklist(checks.program, s)[0]) for s in sources}
    path = checks.room / "numbered.docx"
    seen = numbered(path)
    for form in FORMATS:
        written = converted(checks.room, sources, form)
        for name, want in wanted.items():
            if form != "pdf" or name not in NOT_FROM_A_PAGE:
                checks.same(written.get(name), form, want)
        if form != "docx":
            checks.numbers(converted(checks.room, [path], form)["numbered"], form, seen)


def main():
    skipped = 0
    sources = [next(ROOT.glob(f"corpus/*/{n}.txt")) for n in NAMES]
    if SHARED.is_dir():
        sources += sorted(SHARED.glob("*.txt"))
    else:
        print("SKIP no ../shared: its documents are not compared")
        skipped += 1
    with tempfile.TemporaryDirectory() as folder:
        checks = Checks(sys.argv[1], pathlib.Path(folder))
        by_hand(checks, sources)
        if shutil.which("soffice"):
            by_libreoffice(checks, sources)
        else:
            print("SKIP no LibreOffice: the formats it writes are not compared")
            skipped += 1
    print(f"{checks.passed} passed, {checks.failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return checks.failed > 0


sys.exit(main())
