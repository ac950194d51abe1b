#!/usr/bin/env python3
"""The same document in another format gives the same checklist: office.py PROGRAM

Documents of corpus/ are written as docx, odt, rtf, doc and pdf by LibreOffice (skipped with a message where it is not installed),
and every checklist is held against that of the text: the same items in the same order, word for word once spaces and width are set
aside; of a pdf, which knows no paragraphs, nearly all of them. Each quote must stand at its place (`verify`). The documents of
../shared are held to the same where that folder is there.
"""
import collections
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
FORMATS = ("docx", "odt", "rtf", "doc", "pdf")
ENOUGH = {"pdf": 0.97}          # share of items, both ways
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


def main():
    program = sys.argv[1]
    passed = failed = 0
    if shutil.which("soffice") is None:
        print("SKIP no LibreOffice: the formats it writes are not compared")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    sources = [next(ROOT.glob(f"corpus/*/{n}.txt")) for n in NAMES]
    if SHARED.is_dir():
        sources += sorted(SHARED.glob("*.txt"))
    else:
        print("SKIP no ../shared: its documents are not compared")
    wanted = {s.stem: items(checklist(program, s)[0]) for s in sources}
    with tempfile.TemporaryDirectory() as folder:
        room = pathlib.Path(folder)
        for form in FORMATS:
            written = converted(room, sources, form)
            for name, want in wanted.items():
                if form == "pdf" and name in NOT_FROM_A_PAGE:
                    continue
                read, said = checklist(program, written[name]) if name in written else (None, b"not written")
                got = items(read) if read else []
                share = alike(want, got)
                (room / "c.json").write_bytes(said if read else b"{}")
                places = read and subprocess.run([program, "verify", str(room / "c.json")], stdout=subprocess.DEVNULL,
                                                 stderr=subprocess.DEVNULL).returncode == 0
                if read and places and share >= ENOUGH.get(form, 1.0):
                    passed += 1
                    continue
                failed += 1
                print(f"FAIL {name}.{form}: {share:.3f} of the items, places {'right' if places else 'wrong'}"
                      + ("" if read else f", {said.decode(errors='replace')[:200]}"))
                for kind, text in list((collections.Counter(want) - collections.Counter(got)).elements())[:2]:
                    print(f"  - {kind} {text[:60]}")
                for kind, text in list((collections.Counter(got) - collections.Counter(want)).elements())[:2]:
                    print(f"  + {kind} {text[:60]}")
        path = room / "numbered.docx"
        seen = numbered(path)
        for form in FORMATS:
            read, said = checklist(program, path if form == "docx" else converted(room, [path], form)["numbered"])
            if headings(read) == seen:
                passed += 1
            else:
                failed += 1
                print(f"FAIL numbered.{form}: {said[:200] if read is None else headings(read)[:8]}")
    print(f"{passed} passed, {failed} failed" + ("" if SHARED.is_dir() else ", 1 skipped"))
    return failed > 0


sys.exit(main())
