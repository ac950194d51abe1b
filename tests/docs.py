#!/usr/bin/env python3
"""The documents of the project hold: docs.py PROGRAM

Links to files lead somewhere; rule files shown in docs/rules.md load and pass their own examples; the list of messages is
current; commands shown after `$` or in sh fences name real commands and options; nothing in the tree names a place of one machine.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.M | re.S)
MACHINE = re.compile(r"(?<![\w.$}])/(?:work|root|farm)/")
passed = failed = 0


def check(name, wrong):
    global passed, failed
    if wrong:
        failed += 1
        print(f"FAIL {name}: {wrong}")
    else:
        passed += 1


def run(*command):
    ran = subprocess.run([str(c) for c in command], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return ran.returncode, ran.stdout + ran.stderr


def check_links(page):
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", FENCE.sub("", page.read_text("utf-8"))):
        if "://" not in target and not target.startswith("mailto:"):
            check(f"{page.name}: link {target}", "" if (page.parent / target).exists() else "leads nowhere")


def check_rules(program, page):
    """Fences that hold a whole file: each alone over the shipped rules."""
    for n, (tag, body) in enumerate(FENCE.findall(page.read_text("utf-8")), 1):
        if tag != "yaml" or not re.search(r"^(?:rules|lexicons|disable):", body, re.M):
            continue
        with tempfile.TemporaryDirectory() as room:
            (pathlib.Path(room) / "shown.yaml").write_text(body, "utf-8")
            status, said = run(program, "rules", "check", "--lang", "en", "--rules", room)
            errors = [line for line in said.splitlines() if " error QD" in line]
            check(f"{page.name}: rule file in fence {n}", errors[0] if errors else "" if status == 0 else said[-300:])


def check_commands(program, page, known):
    """Every `qingdan WORD --option` in a fence for the shell."""
    for tag, body in FENCE.findall(page.read_text("utf-8")):
        if tag not in ("sh", "console", "bash"):
            continue
        for line in re.findall(r"(?:^|[|;&$] *)qingdan ([^|;&>\n#]*)", body, re.M):
            for option in re.findall(r"(?:^|\s)(--[a-z]+)", line):
                check(f"{page.name}: qingdan {line.strip()}", "" if option in known else f"there is no {option}")


def tracked():
    status, said = run("git", "-C", ROOT, "ls-files", "-z")
    if status != 0:
        return [p for p in ROOT.rglob("*") if p.is_file() and not {"build", ".git"} & set(p.relative_to(ROOT).parts)]
    return [ROOT / name for name in said.split("\0") if name and (ROOT / name).is_file()]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    program = sys.argv[1]
    _, manual = run(program, "generate", "man", "--lang", "en")
    known = set(re.findall(r"--[a-z]+", manual.replace("\\-", "-")))
    for page in PAGES:
        check_links(page)
        check_rules(program, page)
        check_commands(program, page, known)
    status, said = run(sys.executable, ROOT / "tools/make_messages", "--check")
    check("docs/messages.md is current", "" if status == 0 else said[-300:])
    for path in tracked():
        found = MACHINE.search(path.read_bytes().decode("utf-8", "replace"))
        check(f"{path.relative_to(ROOT)}: no place of one machine", found and found[0])
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
