#!/usr/bin/env python3
"""Input that no office ever wrote: malformed.py PROGRAM [NAME...]

Whatever comes, the program ends by itself within ten seconds and 512 MB, with status 0 and one JSON checklist whose items stand
at their places, or with status 1, nothing on standard output and one error told. With QUICK set (a slow build, with sanitizers)
the large inputs are smaller and time and memory are not measured.
"""
import io
import json
import multiprocessing
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import threading
import zipfile

SECONDS, MEGABYTES = 10, 512
QUICK = bool(os.environ.get("QUICK"))
LARGE = 20 if QUICK else 1        # large inputs are divided by this under the sanitizers
SPEECH = "在全县巡察整改推进会上的讲话\n同志们：\n一、存在的问题\n有的单位整改责任落实不到位。\n二、工作要求\n各单位要在6月30日前报送整改台账。\n"
FINE, REFUSED, EITHER = (0,), (1,), (0, 1)


def noise(count):
    return random.Random(20240607).randbytes(count)


def record(**members):
    return json.dumps(members, ensure_ascii=False)


def package(*parts):
    """A zip of (name, bytes)."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as z:
        for name, held in parts:
            z.writestr(name, held)
    return made.getvalue()


def word(head="", body=None, relations=""):
    """A small docx; the document's part after `head`, its body as paragraphs of the speech."""
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in SPEECH.split("\n")) if body is None else body
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return package(("[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"),
                   ("word/_rels/document.xml.rels", f"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{relations}</Relationships>"),
                   ("word/document.xml", f"<?xml version='1.0'?>{head}<w:document xmlns:w='{space}'><w:body>{body}</w:body></w:document>"))


def damaged(bytes):
    """A byte of its longest part is wrong."""
    at = bytes.rindex(b"word/document.xml", 0, bytes.rindex(b"PK\x01\x02")) + 60
    return bytes[:at] + b"\xff" + bytes[at + 1:]


def nested(depth):
    held = ("a.txt", SPEECH.encode())
    for level in range(depth):
        held = (f"{level}.zip", package(held))
    return held[1]


def ofd_in_a_loop():
    pages = "".join('<ofd:Page ID="1" BaseLoc="Doc_0/Document.xml"/>' for _ in range(1000))
    space = "xmlns:ofd='http://www.ofdspec.org/2016'"
    return package(("OFD.xml", f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"),
                   ("Doc_0/Document.xml", f"<ofd:Document {space}><ofd:Pages>{pages}</ofd:Pages></ofd:Document>"))


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(10)) + "]>"
OUTSIDE = "<Relationship Id='r1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles' Target='../../../../etc/passwd'/>"

CASES = [
    # name, how it must end, input, options
    ("empty", EITHER, lambda: b"", ()),
    ("spaces only", EITHER, lambda: " \t\r\n\u3000\u00a0\n".encode() * 500, ()),
    ("a byte order mark only", EITHER, lambda: b"\xef\xbb\xbf", ()),
    ("random bytes", EITHER, lambda: noise(200_000), ()),
    ("random bytes, short", EITHER, lambda: noise(37), ()),
    ("the head of a program", EITHER, lambda: b"\x7fELF\x02\x01\x01" + bytes(9) + noise(4096), ()),
    ("cut inside a character", FINE, lambda: SPEECH.encode()[:-2], ()),
    ("gb18030 cut inside a character", FINE, lambda: (SPEECH * 3).encode("gb18030")[:-2] + b"\x81", ()),
    ("utf-16 cut inside a character", FINE, lambda: b"\xff\xfe" + SPEECH.encode("utf-16-le")[:-1], ()),
    ("lone surrogates in utf-16", FINE, lambda: b"\xff\xfe" + (SPEECH + "\ud800一\udc00\n" + SPEECH).encode("utf-16-le", "surrogatepass"), ()),
    ("surrogates written as utf-8", FINE, lambda: SPEECH.encode() + b"\xed\xa0\x80\xed\xb0\x80\n", ()),
    ("overlong and out-of-range utf-8", EITHER, lambda: SPEECH.encode() + b"\xc0\xaf\xf8\x88\x80\x80\x80\xf4\x90\x80\x80\n", ()),
    ("characters beyond the first plane", FINE, lambda: ("𠀀𠮷要落实不到位的问题👩‍👩‍👧。\n" * 200 + SPEECH).encode(), ()),
    ("control characters", EITHER, lambda: (SPEECH + "".join(map(chr, range(32))) + "\x7f\u0085\u202e\u2028\ufffe\n" + SPEECH).encode(), ()),
    ("NUL between the characters", EITHER, lambda: "\0".join(SPEECH).encode(), ()),
    ("NULs only", EITHER, lambda: bytes(100_000), ()),
    ("combining marks", FINE, lambda: ("要" + "\u0301" * (200_000 // LARGE) + "落实。\n").encode(), ()),
    ("one line of 5 MB", FINE, lambda: ("各单位要落实责任，问题整改不到位的要问责，" * (5_000_000 // 63 // LARGE)).encode(), ()),
    ("one line of 5 MB without stops", FINE, lambda: ("整改" * (5_000_000 // 6 // LARGE)).encode(), ()),
    ("1 MB of 一是", FINE, lambda: ("一是" * (1_000_000 // 6 // LARGE)).encode(), ()),
    ("1 MB of 一是 with stops", FINE, lambda: ("一是要整改；" * (1_000_000 // 18 // LARGE)).encode(), ()),
    ("1 MB of modals", FINE, lambda: ("要" * (1_000_000 // 3 // LARGE)).encode(), ()),
    ("1 MB of dates", FINE, lambda: ("2024年6月30日前、" * (1_000_000 // 23 // LARGE)).encode(), ()),
    ("1 MB of digits", FINE, lambda: ("1" * (1_000_000 // LARGE)).encode(), ()),
    ("1 MB of commas", FINE, lambda: ("，" * (1_000_000 // 3 // LARGE)).encode(), ()),
    ("100,000 headings", FINE, lambda: "".join(f"{i}.压实整改责任\n" for i in range(100_000 // LARGE)).encode(), ()),
    ("100,000 headings of one level", FINE, lambda: ("一、压实整改责任\n" * (100_000 // LARGE)).encode(), ()),
    ("100,000 empty lines", FINE, lambda: (SPEECH + "\n" * 100_000 + SPEECH).encode(), ()),
    ("100,000 findings", FINE, lambda: ("二、存在的问题\n" + "整改责任落实不到位。\n" * (100_000 // LARGE)).encode(), ()),
    ("100,000 blocks of a plan", FINE, lambda: ("整改方案\n" + "问题：责任落实不到位\n责任单位：县委办\n时限：2024年6月底前\n" * (30_000 // LARGE)).encode(), ()),
    ("300,000 open quotes", FINE, lambda: ("“" * (300_000 // LARGE) + SPEECH).encode(), ()),
    ("300,000 open brackets", FINE, lambda: ("（" * (300_000 // LARGE) + SPEECH).encode(), ()),
    ("300,000 title marks", FINE, lambda: ("《" * (300_000 // LARGE) + SPEECH).encode(), ()),
    ("dates that cannot be", FINE, lambda: (SPEECH + "各单位要在2024年13月45日前、2023年2月29日前、0年0月0日前、99999999999年1月1日前、"
                                            "三百个月内、999999999999个工作日内、4294967296年内完成整改，报送台账。\n").encode(), ()),
    ("numbers that overflow", FINE, lambda: ("发现问题" + "9" * 400 + "个，其中" + "九" * 400 + "个，万万万万万万亿亿个。\n").encode(), ()),
    ("a day beyond the calendar", FINE, lambda: SPEECH.encode(), ("--date", "9999-12-31")),
    ("html nested 100,000 deep", EITHER, lambda: ("<html><body>" + "<div>" * (100_000 // LARGE) + SPEECH).encode(), ("--from", "html")),
    ("html never closed", EITHER, lambda: ("<html><body><p>" + SPEECH + "<a href='" + "x" * 500_000).encode(), ("--from", "html")),
    ("html with 50,000 attributes", EITHER, lambda: ("<html><body><p " + " ".join(f"a{i}=1" for i in range(50_000 // LARGE)) + ">" + SPEECH).encode(),
     ("--from", "html")),
    ("html with formatting left open", EITHER, lambda: ("<html><body>" + "<a><b><i><font><u>" * (8_000 // LARGE) + SPEECH).encode(), ("--from", "html")),
    ("html of bad entities", EITHER, lambda: ("<p>" + SPEECH + "&#0;&#xD800;&#99999999999;&#x110000;&nosuch;&" * 1000).encode(), ("--from", "html")),
    ("a table of 300,000 cells in html", EITHER, lambda: ("<table>" + ("<tr>" + "<td>责任不到位</td>" * 30 + "</tr>") * (10_000 // LARGE) + "</table>").encode(),
     ("--from", "html")),
    ("a cell that spans a million", EITHER, lambda: ("<table><tr><td rowspan=1000000 colspan=1000000>序号</td><td>问题</td></tr>" * 20 + SPEECH).encode(),
     ("--from", "html")),
    ("a table of 300,000 cells by tabs", FINE, lambda: ("序号\t问题\t整改措施\t责任单位\t完成时限\n" + "1\t责任不到位\t压实责任\t县委办\t6月底前\n" * (60_000 // LARGE)).encode(), ()),
    ("a row of 100,000 cells", FINE, lambda: ("问题\t" * (100_000 // LARGE) + "\n").encode(), ()),
    ("a table of pipes", EITHER, lambda: ("|" * (20_000 // LARGE) + "\n" + "|-" * (20_000 // LARGE) + "|\n" + "|a" * (20_000 // LARGE) + "|\n").encode(), ("--from", "md")),
    ("markdown nested 50,000 deep", EITHER, lambda: (">" * (50_000 // LARGE) + SPEECH + "[" * (50_000 // LARGE) + "*" * (50_000 // LARGE)).encode(), ("--from", "md")),
    ("markdown lists nested deep", EITHER, lambda: "".join(" " * i + "- 要\n" for i in range(1_000)).encode(), ("--from", "md")),
    ("a small docx", FINE, lambda: word(), ()),
    ("a docx of 300 MB of spaces", EITHER, lambda: word(body="<w:p><w:r><w:t>" + " " * (300_000_000 // LARGE) + "</w:t></w:r></w:p>"), ()),
    ("a docx with an entity bomb", REFUSED, lambda: word(head=BOMB.replace("<!DOCTYPE x", "<!DOCTYPE document"), body="<w:p><w:r><w:t>&k;</w:t></w:r></w:p>"), ()),
    ("a docx that points outside itself", FINE, lambda: word(relations=OUTSIDE), ()),
    ("a docx cut in the middle", EITHER, lambda: word()[:len(word()) // 2], ()),
    ("a docx with a damaged stream", EITHER, lambda: damaged(word()), ()),
    ("tables nested 10,000 deep in a docx", EITHER, lambda: word(body="<w:tbl><w:tr><w:tc>" * (10_000 // LARGE) + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * (10_000 // LARGE)), ()),
    ("groups nested 200,000 deep in an rtf", EITHER, lambda: b"{\\rtf1" + b"{" * (200_000 // LARGE), ()),
    ("an ofd whose pages are its document", REFUSED, ofd_in_a_loop, ()),
    ("a pdf that is none", REFUSED, lambda: b"%PDF-1.7\n" + noise(20_000), ()),
    ("a doc of noise", REFUSED, lambda: bytes.fromhex("d0cf11e0a1b11ae1") + noise(20_000), ()),
    ("25 archives in each other", REFUSED, lambda: nested(25), ()),
    ("an archive's name with line breaks and controls", FINE, lambda: package(("整改\n\x1b[31m\t.txt", SPEECH.encode())), ()),
    ("65 MiB", REFUSED, lambda: SPEECH.encode() * (65 * 1024 * 1024 // len(SPEECH.encode()) + 1), ()),
]


def apart(work, *args):
    """In a process of its own: a child's peak of memory begins with what its parent had, so this one stays small."""
    with multiprocessing.get_context("fork").Pool(1) as pool:
        return pool.apply(work, args)


def write_input(index, path):
    path.write_bytes(CASES[index][2]())


class Checks:
    def __init__(self):
        self.passed = self.failed = 0

    def add(self, name, wrong):
        if wrong:
            self.failed += 1
            print(f"FAIL {name}: {wrong}")
        else:
            self.passed += 1


def run(program, path, options, out, err):
    """Status (negative: a signal), seconds on the clock, megabytes at the most."""
    with open(out, "wb") as stdout, open(err, "wb") as stderr:
        child = subprocess.Popen([program, *options, str(path)], stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr)
        limit = threading.Timer(SECONDS * (20 if QUICK else 2), child.kill)
        limit.start()
        began = os.times().elapsed
        _, status, used = os.wait4(child.pid, 0)
        took = os.times().elapsed - began
        limit.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, took, used.ru_maxrss / 1024


def grounded(checklist):
    return all(i["start"] < i["end"] <= checklist["document"]["characters"] and i["text"] for i in checklist["items"])


def ended_badly(status, allowed, out, err):
    complaint = err.read_bytes().decode("utf-8", "replace").strip()
    if status not in allowed:
        return f"ended with {status}, wanted {' or '.join(map(str, allowed))}: {complaint[-300:]}"
    if status == 1:
        errors = [line for line in complaint.split("\n") if "错误" in line]
        if out.stat().st_size:
            return "refused, and yet something on standard output"
        return "" if len(errors) == 1 else f"{len(errors)} errors told instead of one: {complaint[:300]}"
    try:
        return "" if grounded(json.loads(out.read_bytes().decode("utf-8"))) else "items outside the text"
    except ValueError as why:
        return f"no JSON on standard output: {why}"


def check_files(program, room, names, checks):
    out, err = room / "out", room / "err"
    for index, (name, allowed, _, options) in enumerate(CASES):
        if names and name not in names:
            continue
        path = room / "input"
        apart(write_input, index, path)
        status, took, most = run(program, path, ("-f", "json", *options), out, err)
        wrong = apart(ended_badly, status, allowed, out, err)
        if not wrong and not QUICK and took > SECONDS:
            wrong = f"took {took:.1f} s"
        if not wrong and not QUICK and most > MEGABYTES:
            wrong = f"took {most:.0f} MB"
        checks.add(name, wrong)
        if os.environ.get("SHOW"):
            print(f"{took:7.2f} s {most:6.0f} MB  {status}  {name}")


def check_stream(program, room, checks):
    """Bad records among good ones: an answer to every record, in order, an error for the bad ones, and the run goes on."""
    lines = [record(id="a", text=SPEECH), "{not json", record(id="b"), "[1, 2]", record(id="c", text=7), '"text"', "null",
             record(id="d", text=""), '{"id": "e", "text": "\\ud800要整改"}', record(id="f", text=SPEECH, date="2024-13-99"),
             '{"id": "g", "text": ' + "[" * 5_000 + "]" * 5_000 + "}", record(id="z", text=SPEECH)]
    path, out, err = room / "input", room / "out", room / "err"
    path.write_bytes("\n".join(lines).encode() + b'\n{"id": "cut", "text": "' + "要".encode()[:2])
    status, _, _ = run(program, path, ("--from", "jsonl", "-f", "jsonl"), out, err)
    checks.add("stream with bad records: status", "" if status == 1 else f"ended with {status}")
    try:
        answers = [json.loads(line) for line in out.read_bytes().decode("utf-8").splitlines()]
    except ValueError as why:
        checks.add("stream with bad records: answers", str(why))
        return
    checks.add("stream with bad records: an answer each", "" if len(answers) == len(lines) + 1 else f"{len(answers)} for {len(lines) + 1}")
    by_id = {a.get("id"): a for a in answers}
    for good in "az":
        checks.add(f"stream with bad records: {good} is read", "" if by_id.get(good, {}).get("items") else "no items")
    for bad in "bcg":
        checks.add(f"stream with bad records: {bad} is an error", "" if "error" in by_id.get(bad, {}) else f"{by_id.get(bad)!r:.200}")
    checks.add("stream with bad records: unreadable lines are errors", "" if sum("error" in a for a in answers) >= 8 else
               f"{sum('error' in a for a in answers)} errors")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program, names = os.path.abspath(sys.argv[1]), sys.argv[2:]
    checks = Checks()
    with tempfile.TemporaryDirectory() as room:
        check_files(program, pathlib.Path(room), names, checks)
        if not names:
            check_stream(program, pathlib.Path(room), checks)
    print(f"{checks.passed} passed, {checks.failed} failed")
    sys.exit(checks.failed > 0)


main()
