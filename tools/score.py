#!/usr/bin/env python3
"""How much of what a person marked in corpus/ the program finds, class by class.

usage: score.py PROGRAM CORPUS [--show TYPE] [--figures]

Below CORPUS each NAME.gold.json says what NAME.txt holds. Two spans of one type are the same item when they overlap by half
or more of what they cover together (without the punctuation at their edges), one to one, best overlap first; `exact` counts
those that are equal. Fields are compared on items found. An item is in noise when more than half of it lies in a span marked
as noise, and not grounded when its text is not what the document has at its place.

--show TYPE   lists what was missed (-), what is too much (+) and what is found in other words (~); TYPE may be outline
--figures     prints "name value" lines instead, for tests/score.sh
"""
import collections
import json
import pathlib
import subprocess
import sys

EDGES = " \t\r\n\u3000\ufeff，。；、：！？,.;:!?“”\"'（）()"
FIELDS = {
    "finding": ("category", "hedged"),
    "focus": ("set", "members"),
    "slogan": ("name", "declared", "members"),
    "demand": ("actor", "modality", "kind", "actionable"),
    "progress": ("state",),
    "deadline": ("kind", "iso", "n", "unit", "from", "inferred"),
    "responsibility": ("role", "name"),
    "stat": ("object", "numbers"),
    "transfer": ("to",),
}
BANDS = (0.0, 0.65, 0.75, 0.85, 0.95)      # lower ends; below 0.65 Markdown says 存疑
HEADER = ("kind", "date", "title", "issuer", "addressee")


class Tally:
    """Of one class: how many a person marked, how many the program reports, how many are the same, how many to the letter."""

    def __init__(self):
        self.gold = self.told = self.right = self.exact = 0

    def add(self, gold, told, pairs):
        self.gold += len(gold)
        self.told += len(told)
        self.right += len(pairs)
        self.exact += sum(overlap == 1 for overlap, _, _ in pairs)

    def measures(self):
        precision = self.right / self.told if self.told else float(not self.gold)
        recall = self.right / self.gold if self.gold else 1.0
        both = precision + recall
        return precision, recall, 2 * precision * recall / both if both else 0.0

    def row(self, name):
        exact = self.exact / self.right if self.right else 1.0
        return f"{name:<16}{self.gold:>7}{self.told:>7}{self.right:>7}   " + "".join(
            f"{m:>7.3f}" for m in (*self.measures(), exact))


def bare(text):
    """Words without spaces and width: what is compared where only the words count."""
    if not isinstance(text, str):
        return text
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text if not c.isspace())


def same(a, b):
    if isinstance(a, list) and isinstance(b, list):
        return [bare(x) for x in a] == [bare(x) for x in b]
    return bare(a) == bare(b)


def trimmed(span, text):
    start, end = span["start"], span["end"]
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return start, end


def overlap(a, b):
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / (max(a[1], b[1]) - min(a[0], b[0])) if shared > 0 else 0.0


def pair(gold, told, text):
    """[(overlap, marked, reported)], one to one."""
    wanted = [trimmed(g, text) for g in gold]
    found = [trimmed(t, text) for t in told]
    every = sorted(((overlap(w, f), i, j) for i, w in enumerate(wanted) for j, f in enumerate(found)), key=lambda p: -p[0])
    pairs, used_gold, used_told = [], set(), set()
    for share, i, j in every:
        if share >= 0.5 and i not in used_gold and j not in used_told:
            used_gold.add(i)
            used_told.add(j)
            pairs.append((share, gold[i], told[j]))
    return pairs


def mostly_inside(item, spans):
    return any(2 * (min(item["end"], s["end"]) - max(item["start"], s["start"])) > item["end"] - item["start"] for s in spans)


class Score:
    def __init__(self, show):
        self.show = show
        self.classes = collections.defaultdict(Tally)
        self.by_kind = collections.defaultdict(Tally)
        self.outline = Tally()
        self.fields = collections.defaultdict(lambda: [0, 0])
        self.bands = {low: [0, 0] for low in BANDS}      # right, reported
        self.documents = self.not_grounded = self.in_noise = 0

    def field(self, name, ok):
        self.fields[name][0] += ok
        self.fields[name][1] += 1

    def told(self, mark, name, item, more=""):
        words = item.get("text") or item.get("title", "")
        print(f"{mark} {name} {item['start']}-{item['end']} {words[:100]!r}{more}")

    def listed(self, name, gold, told, pairs):
        met = {id(x) for p in pairs for x in p[1:]}
        for item in sorted((i for i in gold + told if id(i) not in met), key=lambda i: i["start"]):
            self.told("-" if any(item is g for g in gold) else "+", name, item)
        for share, g, t in pairs:
            if share < 1:
                self.told("~", name, g, f"  got {(t.get('text') or t.get('title'))[:100]!r}")

    def document(self, name, text, gold, told):
        self.documents += 1
        for key in HEADER:
            self.field(f"document.{key}", same(gold.get(key), told["document"].get(key)))
        for kind in sorted({i["type"] for i in gold["items"] + told["items"]}):
            marked = [i for i in gold["items"] if i["type"] == kind]
            reported = [i for i in told["items"] if i["type"] == kind]
            pairs = pair(marked, reported, text)
            self.classes[kind].add(marked, reported, pairs)
            self.by_kind[gold["kind"]].add(marked, reported, pairs)
            if self.show == kind:
                self.listed(name, marked, reported, pairs)
            met = {id(t) for _, _, t in pairs}
            for item in reported:
                band = self.bands[max(low for low in BANDS if low <= item["score"])]
                band[0] += id(item) in met
                band[1] += 1
            for _, g, t in pairs:
                for key in FIELDS.get(kind, ()):
                    if key in g:
                        self.field(f"{kind}.{key}", same(g[key], t.get(key)))
            self.answers(kind, pairs)
            self.blocks(kind, gold, told, pairs)
        pairs = pair(gold["outline"], told["outline"], text)
        self.outline.add(gold["outline"], told["outline"], pairs)
        if self.show == "outline":
            self.listed(name, gold["outline"], told["outline"], pairs)
        for _, g, t in pairs:
            for key in ("level", "marker", "title"):
                self.field(f"outline.{key}", same(g[key], t[key]))
        for item in told["items"]:
            self.not_grounded += bare(text[item["start"]:item["end"]]) != bare(item["text"])
            self.in_noise += mostly_inside(item, gold["noise"])

    def answers(self, kind, pairs):
        """The finding that a measure or a progress item names."""
        if kind not in ("measure", "progress"):
            return
        for _, g, t in pairs:
            self.field(f"{kind}.finding", same(g["finding"], t["finding"]))

    def blocks(self, kind, gold, told, pairs):
        """In plans and ledgers a limit or a person stands in the block of one finding: the item it is linked to must answer it."""
        if kind not in ("deadline", "responsibility") or gold["kind"] not in ("plan", "ledger"):
            return
        items = {i["id"]: i for i in told["items"]}
        named = {bare(i["finding"]) for i in gold["items"] if i["type"] == "measure" and i["finding"]}
        findings = [i for i in gold["items"] if i["type"] == "finding" and bare(i["text"]) in named]
        for _, g, t in pairs:
            before = [i for i in findings if i["start"] <= g["start"]]
            above = [h for h in gold["outline"] if h["level"] == 1 and h["start"] <= g["start"]]
            if not before or (above and above[-1]["start"] > before[-1]["start"]):
                continue
            linked = items.get(t["link"], {})
            answered = linked.get("finding") or (linked.get("text") if linked.get("type") == "finding" else None)
            self.field(f"{kind}.link", same(before[-1]["text"], answered))

    def total(self):
        every = Tally()
        for tally in self.classes.values():
            for key in ("gold", "told", "right", "exact"):
                setattr(every, key, getattr(every, key) + getattr(tally, key))
        return every

    def macro(self):
        marked = [t.measures()[2] for t in self.classes.values() if t.gold]
        return sum(marked) / len(marked) if marked else 0.0

    def print_figures(self):
        share = {k: right / n for k, (right, n) in self.fields.items()}
        print(f"micro_f1 {self.total().measures()[2]:.4f}\nmacro_f1 {self.macro():.4f}")
        print(f"outline_f1 {self.outline.measures()[2]:.4f}\noutline_level {share['outline.level']:.4f}")
        print(f"kind {share['document.kind']:.4f}\ndate {share['document.date']:.4f}")
        print(f"not_grounded {self.not_grounded}\nin_noise {self.in_noise}")

    def print_table(self):
        head = f"{'':<16}{'marked':>7}{'found':>7}{'right':>7}   {'P':>7}{'R':>7}{'F1':>7}{'exact':>7}"
        print(f"{self.documents} documents\n\n{head}")
        for kind in sorted(self.classes, key=lambda k: -self.classes[k].gold):
            print(self.classes[kind].row(kind))
        print(self.total().row("all items"))
        print(self.outline.row("outline") + f"\n\n{head}")
        for kind in sorted(self.by_kind):
            print(self.by_kind[kind].row(kind))
        print("\nfields of what was found")
        groups = collections.defaultdict(list)
        for name, (right, n) in self.fields.items():
            kind, field = name.split(".")
            groups[kind].append(f"{field} {right}/{n}")
        for kind in sorted(groups):
            print(f"{kind:<16} " + "   ".join(groups[kind]))
        print("\nprecision by the item's score")
        for low, (right, n) in self.bands.items():
            print(f"from {low:<11.2f}{n:>7}   {right / n if n else 1:>7.3f}")
        print(f"\nitems not grounded {self.not_grounded}, items in noise {self.in_noise}")
        print(f"micro F1 {self.total().measures()[2]:.3f}, macro F1 {self.macro():.3f}, "
              f"outline F1 {self.outline.measures()[2]:.3f}")


def read(program, path):
    ran = subprocess.run([program, "-f", "json", str(path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    if ran.returncode != 0:
        sys.exit(f"score: {program} ended with {ran.returncode} on {path}")
    return json.loads(ran.stdout)


def main():
    args = sys.argv[1:]
    figures = "--figures" in args
    if figures:
        args.remove("--figures")
    show = None
    if "--show" in args:
        at = args.index("--show")
        show = args[at + 1] if at + 1 < len(args) else sys.exit(__doc__)
        del args[at:at + 2]
    if len(args) != 2:
        sys.exit(__doc__)
    score = Score(show)
    for path in sorted(pathlib.Path(args[1]).rglob("*.gold.json")):
        source = path.with_name(path.name.replace(".gold.json", ".txt"))
        text = source.read_bytes().decode("utf-8-sig")
        score.document(source.stem, text, json.loads(path.read_text("utf-8")), read(args[0], source))
    if score.documents == 0:
        sys.exit(f"score: no *.gold.json below {args[1]}")
    score.print_figures() if figures else score.print_table()


main()
