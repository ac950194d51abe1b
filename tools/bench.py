#!/usr/bin/env python3
"""How fast the whole way is, beside pcre2grep with the same patterns: bench.py PROGRAM FOLDER [MEGABYTES]

Makes a corpus of MEGABYTES (50) below FOLDER (tools/make_bench_corpus.py), reads it on one core as a stream and as files, text in,
JSON Lines out, and prints megabytes of text a second of that core and the peak of memory. pcre2grep -u -o is given every pattern
of the shipped rules, lexicons spliced in, in the same run; it is so slow that it reads the first two megabytes only.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXPANDED = "pattern with lexicons spliced in"


def patterns(program):
    """Every shipped pattern as one line. Spaces in them mean nothing, names may come twice: (?xJ) says so."""
    listed = subprocess.run([program, "rules", "list", "--lang", "en"], capture_output=True, text=True, check=True).stdout
    found = []
    for line in listed.splitlines():
        if not re.match(r"[\w.]+ +\w+ +\w+ +\+", line):
            continue
        shown = subprocess.run([program, "rules", "show", "--lang", "en", line.split()[0]], capture_output=True, text=True,
                               check=True).stdout
        spliced = re.search(rf"^{EXPANDED}: *(.*)$", shown, re.M)
        plain = re.search(r"^ +pattern: '(.*)'$", shown, re.M)
        folded = re.search(r"^( +)pattern: >.*\n((?:\1 .*\n)+)", shown, re.M)
        if spliced:
            found.append(spliced[1])
        elif plain:
            found.append(plain[1].replace("''", "'"))
        else:
            found.append(" ".join(part.strip() for part in folded[2].splitlines()))
    return [f"(?xJ){p}" for p in found]


def one_core():
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def run(command, pinned=True):
    """Seconds of the processor, seconds on the clock, megabytes at the most."""
    began = os.times().elapsed
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                             preexec_fn=one_core if pinned else None)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        sys.exit(f"bench: {command[0]} ended with {child.returncode}")
    return used.ru_utime + used.ru_stime, os.times().elapsed - began, used.ru_maxrss / 1024


def row(name, megabytes, measured):
    cpu, clock, most = measured
    print(f"{name:<44}{megabytes:>8.1f} MB{clock:>8.1f} s{megabytes / cpu:>9.2f} MB/s{most:>8.0f} MB at most", flush=True)
    return megabytes / cpu


def best_of(runs, command):
    return min((run(command) for _ in range(runs)), key=lambda m: m[0])


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    program, folder = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
    megabytes = float(sys.argv[3] if len(sys.argv) > 3 else os.environ.get("BENCH_MB", 50))
    subprocess.run([sys.executable, ROOT / "tools/make_bench_corpus.py", ROOT / "corpus", folder, str(megabytes)], check=True)
    texts = sorted((folder / "txt").glob("*.txt"))
    size = sum(p.stat().st_size for p in texts) / 1e6
    sample = folder / "sample.txt"

    print("\none core; MB of text by seconds of processor, process start and rules included")
    row("stream: JSON Lines -> JSON Lines", size, run([program, "--from", "jsonl", "-f", "jsonl", folder / "documents.jsonl"]))
    cores = len(os.sched_getaffinity(0))
    _, clock, most = run([program, "--from", "jsonl", "-f", "jsonl", folder / "documents.jsonl"], pinned=False)
    row(f"the same on {cores} cores, by the clock", size, (clock, clock, most))
    way = row("files: txt -> JSON Lines", size, run([program, "-f", "jsonl", *texts]))
    few = texts[:max(1, round(len(texts) * sample.stat().st_size / 1e6 / size))]
    row("files: txt -> JSON Lines, the first few", sum(p.stat().st_size for p in few) / 1e6, run([program, "-f", "jsonl", *few]))
    start = best_of(10, [program, "-f", "json", texts[0]])
    print(f"{'one document of 10 KB, start to end':<44}{start[0] * 1000:>10.1f} ms of processor, best of ten")

    if shutil.which("pcre2grep") is None:
        print("pcre2grep is not there (package pcre2-utils): no comparison")
        return
    every = patterns(program)
    with tempfile.NamedTemporaryFile("w", suffix=".patterns", encoding="utf-8") as file:
        file.write("\n".join(every) + "\n")
        file.flush()
        grep = row(f"pcre2grep -u -o, {len(every)} patterns, a sample", sample.stat().st_size / 1e6,
                   run(["pcre2grep", "-u", "-o", "--buffer-size=1M", "-f", file.name, sample]))
    print(f"\nthe whole way (cleaning, outline, rules with guards, items, JSON) against the bare patterns: {way / grep:.1f} times as fast")


main()
