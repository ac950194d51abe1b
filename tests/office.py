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

ROOT = pathlib.Path(__file__).resolve().parent.parent
NAMES = ("f01", "f03", "p01", "s02", "g01", "h1-speech", "j4-feedback", "n5-progress")
SHARED = ROOT.parent / "shared" / "gold"
FORMATS = ("docx", "odt", "rtf", "doc", "pdf")
ENOUGH = {"pdf": 0.97}          # share of items, both ways
# a text cut at a margin is cut again by the page, and a table of tabs is gone once it is broken into lines: not to be had from a page
NOT_FROM_A_PAGE = ("d01", "e03")


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
    print(f"{passed} passed, {failed} failed" + ("" if SHARED.is_dir() else ", 1 skipped"))
    return failed > 0


sys.exit(main())
