#!/usr/bin/env python3
"""Makes many documents out of the few of corpus/, for measuring speed: make_bench_corpus.py CORPUS FOLDER MEGABYTES [SEED]

Each document takes the bones of one of the corpus (its short lines and the rows of its tables) and fills it with sentences
drawn from all documents of its kind, until it has about ten kilobytes. The same seed gives the same documents.
FOLDER/txt/00001.txt ... holds them one by one, FOLDER/documents.jsonl as a stream, FOLDER/sample.txt the first two megabytes.
"""
import collections
import json
import pathlib
import random
import re
import sys

DOCUMENT_BYTES = 10_000
SAMPLE_BYTES = 2_000_000
LONG = 40           # a line of more characters is a paragraph, a shorter one a heading or a label


def is_paragraph(line):
    return len(line) > LONG and "\t" not in line


def sentences(line):
    return [s for s in re.split(r"(?<=[。！？])", line) if s.strip()]


def read_kinds(corpus):
    """Per kind of document: the lines of each, and the sentences of them all."""
    documents = collections.defaultdict(list)
    for marked in sorted(corpus.rglob("*.gold.json")):
        text = marked.with_name(marked.name.replace(".gold.json", ".txt")).read_text("utf-8")
        documents[json.loads(marked.read_text("utf-8"))["kind"]].append(text.splitlines())
    pools = {kind: [s for lines in bones for line in lines if is_paragraph(line) for s in sentences(line)]
             for kind, bones in documents.items()}
    return [(documents[kind], pool) for kind, pool in sorted(pools.items()) if pool]


def document(chance, kinds):
    documents, pool = chance.choice(kinds)
    lines, size = [], 0
    while size < DOCUMENT_BYTES:
        for line in chance.choice(documents):
            if is_paragraph(line):
                line = "".join(chance.choices(pool, k=max(1, len(sentences(line)))))
            lines.append(line)
            size += len(line.encode()) + 1
            if size >= DOCUMENT_BYTES:
                break
    return "\n".join(lines) + "\n"


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    corpus, folder, wanted = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), float(sys.argv[3]) * 1e6
    chance = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    kinds = read_kinds(corpus)
    (folder / "txt").mkdir(parents=True, exist_ok=True)
    written = number = 0
    with open(folder / "documents.jsonl", "w", encoding="utf-8") as stream, open(folder / "sample.txt", "wb") as sample:
        while written < wanted:
            number += 1
            text = document(chance, kinds)
            data = text.encode()
            (folder / "txt" / f"{number:05}.txt").write_bytes(data)
            stream.write(json.dumps({"id": f"{number:05}", "text": text}, ensure_ascii=False) + "\n")
            if sample.tell() < SAMPLE_BYTES:
                sample.write(data)
            written += len(data)
    print(f"{number} documents, {written / 1e6:.1f} MB of text")


main()
