#!/usr/bin/env python3
"""The same document in another coat gives the same checklist: copies.py PROGRAM [NAME...]

Every document of corpus/ is copied in other encodings, with other line ends, hard-wrapped, and with its punctuation and digits
in the other width. One check a document and copy: the same outline and the same items with the same members, in the same order.
What may differ is the place and the words as printed, which must be the same once spaces and width are set aside. A copy in
another encoding has the same places too. A failure shows the first items that differ. With QUICK set three documents are
read, in every copy. NAMEs choose documents and copies: copies.py PROGRAM s01 wrapped
"""
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
QUICK = ("s05", "f01", "l01")
WRAPS = (28, 30, 26, 32, 24)
SIGNS = str.maketrans("，：；？！（）", ",:;?!()")
HALF = {**SIGNS, **str.maketrans("“”‘’", "\"\"''")}
STOP = str.maketrans("。", ".")
FULL = str.maketrans(",:;?!()%", "，：；？！（）％")
DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")


def margin_of(lines):
    """A margin that no paragraph reaches with its one line: of such a line nobody could tell that the paragraph ends there."""
    return min(WRAPS, key=lambda wrap: sum(wrap - 3 < len(line) <= wrap for line in lines))


def broken(line, wrap):
    """A line cut at the margin; a little ahead of it where the last piece would be a full line, for the same reason."""
    if "\t" in line or len(line) <= wrap:
        return line
    width = next(w for w in range(wrap, 0, -1) if 0 < len(line) % w < wrap - 3)
    return "\n".join(line[i:i + width] for i in range(0, len(line), width))


def furniture_of(path, text):
    """The numbers of the lines that the gold calls noise."""
    gold = path.with_suffix(".gold.json")
    spans = json.loads(gold.read_text(encoding="utf-8"))["noise"] if gold.exists() else []
    return {text.count("\n", 0, at) for span in spans for at in range(span["start"], span["end"])}


def wrapped(text, furniture=()):
    """Hard-wrapped as a mail or a converted page is: rows of a table stay, so do what a page puts around the document (the lines
    `furniture`) and a document that is wrapped already."""
    lines = text.split("\n")
    wrap = margin_of(lines)
    if wrap < max(map(len, lines)) < 2 * wrap:
        return None
    return "\n".join(line if n in furniture else broken(line, wrap) for n, line in enumerate(lines))


def half_width(text):
    """Straight quotes have no direction: of one quotation within another nobody can tell them apart, so there they stay."""
    return "\n".join(line.translate(SIGNS if re.search("“[^”]*“", line) else HALF) for line in text.split("\n"))


def full_width(text):
    """The comma within 1,260 is part of a number and stays."""
    return "".join(part if part == "," else part.translate(FULL) for part in re.split(r"((?<=\d),(?=\d{3}(?!\d)))", text))


def encoded(name, mark=b""):
    def copy(text):
        try:
            return mark + text.encode(name)
        except UnicodeEncodeError:
            return None
    return copy


def retold(change):
    def copy(text):
        changed = change(text)
        return None if changed is None or changed == text else changed.encode("utf-8")
    return copy


RECODED = {
    "utf-8 with a mark": encoded("utf-8", b"\xef\xbb\xbf"),
    "gb18030": encoded("gb18030"),
    "big5": encoded("big5"),
    "utf-16le": encoded("utf-16-le"),
    "utf-16be": encoded("utf-16-be"),
    "utf-16le with a mark": encoded("utf-16-le", b"\xff\xfe"),
    "utf-16be with a mark": encoded("utf-16-be", b"\xfe\xff"),
}
REWRITTEN = {
    "line ends of windows": retold(lambda t: t.replace("\r\n", "\n").replace("\n", "\r\n")),
    "wrapped": retold(wrapped),
    "half-width punctuation": retold(half_width),
    "half-width punctuation and stops": retold(lambda t: half_width(t).translate(STOP)),
    "full-width punctuation": retold(full_width),
    "full-width digits": retold(lambda t: t.translate(DIGITS)),
}
PLACE = ("start", "end", "byte_start", "byte_end", "line")


def bare(text):
    """The words without spaces, width and direction of quotes."""
    folded = text.translate(HALF).translate(STOP)
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in folded if not c.isspace())


def folded(value):
    if isinstance(value, str):
        return bare(value)
    if isinstance(value, list):
        return [folded(v) for v in value]
    if isinstance(value, dict):
        return {bare(k): folded(v) for k, v in value.items()}
    return value


def view(checklist, places):
    """What must be equal, in the order in which a reader wants to hear of a difference."""
    drop = () if places else PLACE
    strip = lambda thing: {k: folded(v) for k, v in thing.items() if k not in drop and not k.startswith("byte_")}
    facts = {k: folded(checklist["document"][k]) for k in ("kind", "date", "title", "issuer", "addressee")}
    return [strip(i) for i in checklist["items"]], [strip(h) for h in checklist["outline"]], facts


def brief(thing):
    return f"{thing['type']} «{thing['text'][:60]}»" if thing and "type" in thing else f"heading «{thing['title'][:60]}»"


def difference(want, got):
    """The first things that differ, in words; empty where nothing does."""
    for wanted, told in zip(want[:2], got[:2]):
        key = lambda t: (t.get("type"), t.get("text", t.get("title")))
        missing = [t for t in wanted if key(t) not in map(key, told)]
        extra = [t for t in told if key(t) not in map(key, wanted)]
        if missing or extra:
            return [f"  - {brief(t)}" for t in missing[:3]] + [f"  + {brief(t)}" for t in extra[:3]] + \
                   [f"  ({len(missing)} missing, {len(extra)} more)"]
    for wanted, told in zip(want[:2], got[:2]):
        if len(wanted) != len(told):
            return [f"  {len(wanted)} of them, got {len(told)}"]
        for w, t in zip(wanted, told):
            if w != t:
                return [f"  {brief(w)}"] + [f"    {k}: want {w[k]!r}, got {t[k]!r}" for k in w if w[k] != t[k]][:3]
    return [f"  {k}: want {want[2][k]!r}, got {got[2][k]!r}" for k in want[2] if want[2][k] != got[2][k]]


def read(program, data):
    ran = subprocess.run([program, "-f", "json", "--from", "txt", "-"], input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if ran.returncode != 0:
        return None, ran.stderr.decode("utf-8", "replace").strip()[-300:]
    return json.loads(ran.stdout), ""


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program, chosen = sys.argv[1], sys.argv[2:]
    passed = failed = 0
    for path in sorted((ROOT / "corpus").rglob("*.txt")):
        names = [n for n in chosen if n not in RECODED and n not in REWRITTEN]
        if (names and path.stem not in names) or (os.environ.get("QUICK") and path.stem not in QUICK):
            continue
        text = path.read_bytes().decode("utf-8-sig")
        original, why = read(program, path.read_bytes())
        for copy, make in {**RECODED, **REWRITTEN}.items():
            data = make(text) if copy != "wrapped" else retold(lambda t: wrapped(t, furniture_of(path, t)))(text)
            if data is None or (set(chosen) & {**RECODED, **REWRITTEN}.keys() and copy not in chosen):
                continue
            told, why = read(program, data)
            places = copy in RECODED
            lines = [f"  {why}"] if not told or not original else difference(view(original, places), view(told, places))
            if lines:
                failed += 1
                print(f"FAIL {path.stem}, {copy}:")
                print("\n".join(lines))
            else:
                passed += 1
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
