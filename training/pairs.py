"""Pairs of a passage and a claim of it, true or with one error, for a pair head.

By rule, as FactCC (Kryściński et al. 2020) makes them, extended by what is said of statements: claims are sentences of
PolNeAR's train split, as they stand and worded anew from their labels, and the same with a number, name, speaker, negation or
hedge changed, the attribution lost or the cue made stronger. Those written by hand (`examples/check/claims.jsonl`) are added.

    python3 pairs.py --data ../../shared/data --hand ../examples/check/claims.jsonl --out pairs.jsonl.gz
"""

import argparse
import gzip
import json
import pathlib
import random
import re

import data

SAME, CONTRADICTS, SAYS_MORE = range(3)
KIND = {
    "negation-flipped": CONTRADICTS,
    "actor-swapped": CONTRADICTS,
    "attribution-changed": CONTRADICTS,
    "figure-changed": CONTRADICTS,
    "date-changed": CONTRADICTS,
    "name-or-title-changed": CONTRADICTS,
    "attribution-lost": SAYS_MORE,
    "chain-collapsed": SAYS_MORE,
    "hedge-dropped": SAYS_MORE,
    "status-omitted": SAYS_MORE,
    "cue-strengthened": SAYS_MORE,
    "unsupported": SAYS_MORE,
}
AUXILIARIES = r"\b(is|are|was|were|will|would|can|could|should|does|did|has|have|had|may|might|must)\b"
PLAIN_CUES = ["said", "stated", "told reporters", "added", "noted", "said in a statement"]
STRONG_CUES = ["admitted", "confirmed", "revealed", "proved", "conceded", "acknowledged"]
HEDGES = (
    r"\b(reportedly|allegedly|apparently|possibly|perhaps|likely|probably|nearly|almost|about|roughly|some of|"
    r"at least|more than|up to|seems to|appears to|alleged|suspected|so-called) "
)
MODALS = [(r"\b(may|might|could) have\b", "had"), (r"\b(may|might|could) be\b", "is"), (r"\b(may|might|could)\b", "will")]
OPPOSITES = [
    ("rose", "fell"), ("increased", "decreased"), ("more", "less"), ("supports", "opposes"), ("supported", "opposed"),
    ("accepted", "rejected"), ("approved", "rejected"), ("won", "lost"), ("before", "after"), ("agreed", "refused"),
    ("allow", "prevent"), ("higher", "lower"), ("always", "never"), ("best", "worst"), ("good", "bad"), ("up", "down"),
    ("win", "lose"), ("begin", "end"), ("began", "ended"), ("raise", "cut"), ("raised", "cut"), ("inside", "outside"),
    ("first", "last"), ("support", "oppose"), ("increase", "reduce"), ("strong", "weak"), ("ahead", "behind"),
]
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
NUMBERS = "two three four five six seven eight nine ten eleven twelve dozen hundred thousand million billion".split()
NAME = r"\b[A-Z][a-z]+(?:[ -][A-Z][a-z]+)*\b"


def sentences(text):
    """Places of sentences, roughly; what is compared is larger than one anyway."""
    out, start = [], 0
    for end in re.finditer(r"(?<=[a-z0-9)”\"’])[.?!][”\"’)]*\s+(?=[A-Z“\"‘])|\n+", text):
        if end.end() - start > 15:
            out.append((start, end.end()))
            start = end.end()
    return [*out, (start, len(text))]


def words(text, spans):
    return " ".join(text[a:b] for a, b in spans).strip()


def tidy(claim):
    claim = re.sub(r"\s+", " ", claim).strip(" ,;:")
    return claim[:1].upper() + claim[1:] + ("" if claim.endswith((".", "?", "!", '."', ".”")) else ".")


def spoken(content):
    """A content as it stands behind a speaker: without the quotation's marks at its ends."""
    content = re.sub(r"^(that|That)\s", "", content.strip(" ,“”\"")).strip(" ,“”\".")
    return content[:1].lower() + content[1:] if re.match(r"(The|A|He|She|It|They|We|There|This|In|His|Her)\b", content) else content


def worded(rng, source, content, cue):
    said = content if re.match(r"(to|how|why|whether|who|what)\b", content) else rng.choice(["that ", ""]) + content
    forms = [f"{source} {cue} {said}", f"{source} {cue} {said}"]
    if cue in PLAIN_CUES and not said.startswith("to "):
        forms += [f"According to {source}, {content}", f"{content}, according to {source}", f"{content}, {source} said"]
    return tidy(rng.choice(forms))


def swapped(rng, pattern, claim, others):
    """One match of a pattern with another in its place."""
    found = [m for m in re.finditer(pattern, claim) if m.start() > 0 or pattern != NAME]
    rng.shuffle(found)
    for m in found:
        choice = [o for o in others(m[0]) if o != m[0]]
        if choice:
            return claim[: m.start()] + rng.choice(choice) + claim[m.end() :]
    return None


def other_number(number):
    digits = number.replace(",", "")
    if not digits.isdigit():
        return [n for n in NUMBERS if n != number.lower()]
    n = int(digits)
    if 1900 < n < 2100:
        return [str(n + k) for k in (-3, -1, 1, 2)]
    return [f"{k:,}" if "," in number else str(k) for k in (n + 1, n * 2, max(1, n // 2), n + 10, max(2, n - 7))]


def negated(rng, claim):
    without = re.sub(r"\b(not|never) |n['’]t\b", "", claim, count=1)
    if without != claim:
        return without.replace("ca ", "can ").replace("wo ", "will ")
    for a, b in rng.sample(OPPOSITES, len(OPPOSITES)):
        for x, y in ((a, b), (b, a)):
            if re.search(rf"\b{x}\b", claim) and rng.random() < 0.7:
                return re.sub(rf"\b{x}\b", y, claim, count=1)
    found = list(re.finditer(AUXILIARIES, claim))
    if not found:
        return None
    m = rng.choice(found)
    return claim[: m.end()] + rng.choice([" not", " never"]) + claim[m.end() :]


def exchanged(rng, claim):
    """Two names of a claim in each other's place."""
    names = [m for m in re.finditer(NAME, claim) if len(m[0]) > 3]
    if len(names) < 2:
        return None
    a, b = sorted(rng.sample(names, 2), key=lambda m: m.start())
    if a[0] == b[0]:
        return None
    return claim[: a.start()] + b[0] + claim[a.end() : b.start()] + a[0] + claim[b.end() :]


def unhedged(claim):
    out = re.sub(HEDGES, "", claim, count=1)
    for pattern, plain in MODALS:
        if out == claim:
            out = re.sub(pattern, plain, claim, count=1)
    return out if out != claim else None


def errors(rng, claim, names):
    """Each error that a claim can have, by its code."""
    yield "figure-changed", swapped(rng, r"\b\d[\d,]*\b|\b(?:" + "|".join(NUMBERS) + r")\b", claim, other_number)
    days = lambda word: DAYS if word in DAYS else MONTHS
    yield "date-changed", swapped(rng, r"\b(?:" + "|".join(DAYS + MONTHS) + r")\b", claim, days)
    yield "name-or-title-changed", swapped(rng, NAME, claim, lambda _: names)
    yield "negation-flipped", negated(rng, claim)
    yield "actor-swapped", exchanged(rng, claim)
    yield "hedge-dropped", unhedged(claim)


def of_document(rng, doc, foreign):
    text = doc["text"]
    places = sentences(text)
    names = list({m[0] for m in re.finditer(NAME, text) if " " in m[0] or len(m[0]) > 4})
    sources = [words(text, a["source"]) for a in doc["attributions"] if a.get("source")]
    sources = [s for s in sources if re.search("[A-Z]", s) and 3 < len(s) < 60 and s not in ("He", "She", "They", "We")]

    def passage(first, last):
        inside = [i for i, (a, b) in enumerate(places) if a < last and b > first]
        a, b = max(0, inside[0] - rng.randint(0, 1)), min(len(places), inside[-1] + 1 + rng.randint(0, 1))
        return text[places[a][0] : places[b - 1][1]].strip()

    for attribution in doc["attributions"]:
        if not attribution.get("source") or not attribution["content"]:
            continue
        all_spans = attribution["source"] + attribution["cue"] + attribution["content"]
        around = passage(min(s[0] for s in all_spans), max(s[1] for s in all_spans))
        source, content = words(text, attribution["source"]), spoken(words(text, attribution["content"]))
        cue = words(text, attribution["cue"])
        if not 30 < len(content) < 300 or len(around) > 900:
            continue
        claims = [tidy(s) for s in [text[a:b] for a, b in places if text[a:b].strip() in around] if 40 < len(s) < 300]
        claims = rng.sample(claims, min(1, len(claims)))
        said = None
        if re.search("[A-Z]", source) and len(source) < 80 and cue in ("said", "says", "told reporters", "added", "wrote", "noted"):
            said = worded(rng, source, content, rng.choice(PLAIN_CUES))
            claims += [said, worded(rng, source, content, rng.choice(PLAIN_CUES))]
        for claim in claims:
            yield around, claim, SAME, "same"
            made = [(code, wrong) for code, wrong in errors(rng, claim, names) if wrong and wrong != claim]
            for code, wrong in rng.sample(made, min(2, len(made))):
                yield around, wrong, KIND[code], code
        if said:
            others = [s for s in sources if s not in source and source not in s]
            if others:
                yield around, worded(rng, rng.choice(others), content, rng.choice(PLAIN_CUES)), CONTRADICTS, "attribution-changed"
            yield around, tidy(content), SAYS_MORE, "attribution-lost"
            yield around, worded(rng, source, content, rng.choice(STRONG_CUES)), SAYS_MORE, "cue-strengthened"
            yield around, worded(rng, source, rng.choice(foreign), rng.choice(PLAIN_CUES)), SAYS_MORE, "unsupported"


def by_hand(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            for claim in item["same"]:
                yield item["passage"], claim, SAME, "same"
            for wrong in item["wrong"]:
                yield item["passage"], wrong["text"], KIND[wrong["code"]], wrong["code"]


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=pathlib.Path, required=True)
    a.add_argument("--hand", type=pathlib.Path, required=True)
    a.add_argument("--out", type=pathlib.Path, required=True)
    args = a.parse_args()
    rng = random.Random(1)
    docs = data.read_jsonl(args.data / "polnear-train.jsonl")
    contents = [spoken(words(d["text"], x["content"])) for d in docs for x in d["attributions"]]
    foreign = [c for c in contents if 30 < len(c) < 200]
    with gzip.open(args.out, "wt", encoding="utf-8") as out:
        for origin, pairs in [
            ("rule", (pair for doc in docs for pair in of_document(rng, doc, foreign))),
            ("hand", by_hand(args.hand)),
        ]:
            for passage, claim, label, code in pairs:
                row = {"passage": passage, "claim": claim, "label": label, "code": code, "origin": origin}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
