"""Sentences of briefs with what their articles say nearest to them, for measuring a pair head; never for training.

A sentence that a planted error touches has its code; those of faithful briefs are the same. The passage is the article's
sentences that share most of the rarer words with it, the two best with one on each side of the best.

    python3 pair_sets.py --sets check-dev=FILE rounds=FILE pages=FILE --articles ../examples --out sets.jsonl.gz
"""

import argparse
import gzip
import json
import math
import pathlib
import re
import subprocess

from pairs import sentences


def stems(text):
    return {w.lower()[:6] for w in re.findall(r"[A-Za-z0-9$%€£][\w'’]*", text) if len(w) > 2 or w[0].isdigit()}


def passage(places, text, claim):
    parts = [text[a:b] for a, b in places]
    sets = [stems(p) for p in parts]
    rarity = {w: math.log(1 + len(sets) / sum(w in s for s in sets)) for s in sets for w in s}
    own = stems(claim)
    scores = [sum(rarity[w] for w in own & s) / (3 + len(s)) ** 0.25 for s in sets]
    best = max(range(len(parts)), key=lambda i: scores[i])
    covered = own & sets[best]
    rest = [sum(rarity[w] for w in (own - covered) & s) + 0.3 * scores[i] for i, s in enumerate(sets)]
    second = max((i for i in range(len(parts)) if i != best), key=lambda i: rest[i], default=best)
    kept = sorted({i for i in (best - 1, best, best + 1, second) if 0 <= i < len(parts)})
    return " ".join(parts[i].strip() for i in kept)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--sets", nargs="+", required=True)
    a.add_argument("--articles", type=pathlib.Path, required=True)
    a.add_argument("--sayso", default="../target/release/sayso")
    a.add_argument("--out", type=pathlib.Path, required=True)
    args = a.parse_args()
    texts = {}

    def article(name):
        if name not in texts:
            record = subprocess.run([args.sayso, "read", "--format", "json", args.articles / name], capture_output=True, check=True)
            texts[name] = json.loads(record.stdout)["article"]["text"]
        return texts[name]

    with gzip.open(args.out, "wt", encoding="utf-8") as out:
        for named in args.sets:
            name, path = named.split("=")
            for line in open(path, encoding="utf-8"):
                row = json.loads(line)
                if "brief" not in row:
                    continue
                text = row.get("source_text") or "\n\n".join(article(a) for a in row.get("articles") or [row["article"]])
                places = sentences(text)
                for start, end in sentences(row["brief"]):
                    claim = row["brief"][start:end].strip()
                    errors = [e for e in row["errors"] if e["start"] < end and e["end"] > start]
                    if len(claim) < 20 or not (row["clean"] or errors):
                        continue
                    code = errors[0]["code"] if errors else "same"
                    one = {"set": name, "id": row["id"], "claim": claim, "passage": passage(places, text, claim), "code": code}
                    out.write(json.dumps(one, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
