"""How often do the patterns of the rules fire on PolNeAR's train split?

    python3 count_rules.py --data ../../shared/data

Contents for acts, sentences (cut at stops, roughly) for standings; the first that fits counts.
"""

import argparse
import collections
import json
import pathlib
import re
import tomllib

RULES = pathlib.Path(__file__).parent.parent / "crates/sayso/rules"


def overlaps(a, b):
    return a.start() < b.end() and b.start() < a.end()


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=pathlib.Path, required=True)
    args = a.parse_args()
    acts = tomllib.loads((RULES / "acts.toml").read_text())["content"]
    acts = [(rule["act"], re.compile(rule["pattern"])) for rule in acts]
    standings = tomllib.loads((RULES / "standing.toml").read_text())["standing"]
    standings = [(r["kind"], re.compile(r["pattern"]), re.compile(r.get("except", r"(?!)"))) for r in standings]
    fired = collections.Counter()
    for line in (args.data / "polnear-train.jsonl").read_text().splitlines():
        doc = json.loads(line)
        for attribution in doc["attributions"]:
            words = " ".join(doc["text"][s:e] for s, e in attribution["content"][:1])
            fired.update([f"act {act}" for act, pattern in acts if pattern.search(words)][:1])
        for sentence in re.split(r"\n|(?<=[.!?][”\"]) |(?<=[.!?]) ", doc["text"]):
            hits = ((kind, pattern.search(sentence), undone) for kind, pattern, undone in standings)
            kept = (f"standing {kind}" for kind, hit, undone in hits
                    if hit and not any(overlaps(u, hit) for u in undone.finditer(sentence)))
            fired.update(list(kept)[:1])
    for name, n in fired.most_common():
        print(f"{name:32}{n:6}")


if __name__ == "__main__":
    main()
