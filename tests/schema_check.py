#!/usr/bin/env python3
"""Holds what the program writes against the schemas in docs/ with a validator of its own right.

usage: schema_check.py SCHEMA FILE... [SCHEMA FILE...]        (FILE: .json holds one text, .jsonl one a line)

Every checklist and every report of `check` must be valid. And the schema must be strict: for one item of each type, and for every other kind of object,
a member that is missing or unknown must be refused.
"""
import copy
import json
import sys

import jsonschema

passed = failed = 0


def check(name, ok, why=""):
    global passed, failed
    if ok:
        passed += 1
    else:
        failed += 1
        print(f"FAIL {name} {why}")


def checklists(path):
    with open(path, encoding="utf-8") as f:
        if path.endswith(".jsonl"):
            return [json.loads(line) for line in f if line.strip()]
        return [json.load(f)]


def objects(value, path=()):
    """Every object below the value, with the way to it; of a list only the first of each type."""
    if isinstance(value, dict):
        yield path, value
        for key, member in value.items():
            yield from objects(member, path + (key,))
    elif isinstance(value, list):
        seen = set()
        for i, member in enumerate(value):
            kind = member.get("type") if isinstance(member, dict) else None
            if kind not in seen:
                seen.add(kind)
                yield from objects(member, path + (i,))


def at(value, path):
    for step in path:
        value = value[step]
    return value


def check_links(name, doc):
    """What a schema cannot say: ids are unique, links and sections lead somewhere, counts count."""
    ids = [item["id"] for item in doc["items"]]
    check(f"{name}: ids are unique", len(ids) == len(set(ids)))
    check(f"{name}: links lead to items", all(i["link"] is None or i["link"] in ids for i in doc["items"]))
    check(f"{name}: sections exist", all(i["section"] is None or i["section"] < len(doc["outline"]) for i in doc["items"]))
    check(f"{name}: parents come first", all(s["parent"] is None or s["parent"] < n for n, s in enumerate(doc["outline"])))
    check(f"{name}: items are counted", doc["counts"]["items"] == len(ids))
    check(f"{name}: spans are in the text",
          all(i["start"] < i["end"] <= doc["document"]["characters"] for i in doc["items"]))


def check_strict(name, doc, validator):
    valid = validator.is_valid
    check(f"{name}: valid when slimmed", valid(doc))
    for path, found in list(objects(doc)):
        where = f"{name}: {'/'.join(map(str, path)) or 'top'}"
        more = copy.deepcopy(doc)
        at(more, path)["unheard_of"] = "x"
        check(f"{where} refuses an unknown member", not valid(more))
        if path and path[-1] == "numbers":
            continue
        for key in found:
            if not path and key == "id":
                continue
            less = copy.deepcopy(doc)
            del at(less, path)[key]
            check(f"{where} refuses to go without {key}", not valid(less))


def slim(doc):
    """The same document with one item a type, so that the strict check stays quick."""
    small = copy.deepcopy(doc)
    for key in ("items", "rejected", "outline", "noise", "gaps", "warnings"):
        kinds = {}
        for member in small[key]:
            kinds.setdefault(member.get("type"), member)
        small[key] = list(kinds.values())
    return small


def kind_of(doc):
    return next((key for key in ("items", "results", "error", "level") if key in doc), "?")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    strict = set()
    for path in sys.argv[1:]:
        if path.endswith(".schema.json"):
            with open(path, encoding="utf-8") as f:
                schema = json.load(f)
            jsonschema.Draft202012Validator.check_schema(schema)
            validator = jsonschema.Draft202012Validator(schema)
            continue
        for n, doc in enumerate(checklists(path), 1):
            name = f"{path}#{n}"
            errors = sorted(validator.iter_errors(doc), key=str)
            check(f"{name}: valid", not errors, f"at {list(errors[0].absolute_path)}: {errors[0].message[:300]}" if errors else "")
            if errors:
                continue
            kind = kind_of(doc)
            if kind == "items":
                check_links(name, doc)
            if kind not in strict:
                check_strict(name, slim(doc) if kind == "items" else doc, validator)
                strict.add(kind)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
