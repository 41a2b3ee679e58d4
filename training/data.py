"""How do articles become windows of word pieces with labels and links?

Tokens and sentences are the program's own (`sayso tokens`), so that a label means the same
in training as when it is read. The program packs windows in
`crates/sayso/src/tag/pieces.rs`: also whole paragraphs, with the paragraph before as context.
"""

import dataclasses
import hashlib
import json
import random
import subprocess
import tempfile

from tokenizers import Tokenizer

from model import LABELS, ROLES, base_folder

WINDOW = 254  # word pieces, without the [CLS] and [SEP] around them
LABEL_ID = {label: i for i, label in enumerate(LABELS)}
IGNORE = -100  # no loss is taken here


def load_tokenizer():
    t = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    t.no_truncation()
    t.no_padding()
    return t


def read_jsonl(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def is_held_out(doc):
    """A tenth of train, by a hash of the name: decoding is fitted on it, nothing is trained on it."""
    return hashlib.sha256(doc["id"].encode()).digest()[0] % 10 == 0


@dataclasses.dataclass
class Part:
    """A paragraph, or a piece of one that is too long for a window."""

    piece: list  # number of each piece in the article
    ids: list
    spans: list  # code points of each piece
    begins: list  # true at the first piece of a token


@dataclasses.dataclass
class Article:
    doc: dict
    parts: list
    tokens: list  # code points of each token (start, end)


@dataclasses.dataclass
class Window:
    ids: list
    spans: list  # code points of each piece, or None
    labels: list  # of the token that each piece is of
    begins: list
    paragraph: list
    piece: list  # number of each piece in the article, or -1
    article: int
    is_judged: bool  # the teacher's opinion holds for it
    cues: list  # (first, last) piece of each cue
    sources: list
    contents: list
    cue_source: list  # per cue: indices of its sources in this window
    content_cue: list  # per content: indices of its cues in this window


def tokenized(sayso, texts):
    """What `sayso tokens` says of each text, with spans in code points."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
        for text in texts:
            f.write(json.dumps({"text": text}) + "\n")
        f.flush()
        out = subprocess.run([sayso, "tokens", "-q", "--format", "json", f.name], check=True, stdout=subprocess.PIPE)
    documents = [json.loads(line) for line in out.stdout.decode().split("\n") if line]
    assert [d["text"] for d in documents] == texts, "sayso changed a text"
    for d in documents:
        at, points = 0, {}
        for i, c in enumerate(d["text"]):
            points[at] = i
            at += len(c.encode())
        points[at] = len(d["text"])
        for kind in ("paragraphs", "sentences", "tokens"):
            for x in d[kind]:
                x["span"] = (points[x["span"]["start"]], points[x["span"]["end"]])
    return documents


def articles(tokenizer, sayso, docs):
    """Docs of {text, attributions?} as parts that fit a window, cut between sentences."""
    return [article(tokenizer, doc, d) for doc, d in zip(docs, tokenized(sayso, [doc["text"] for doc in docs]))]


def article(tokenizer, doc, document):
    parts, n = [], 0
    for p in document["paragraphs"]:
        part = None
        for s in document["sentences"][p["sentences"]["start"] : p["sentences"]["end"]]:
            start, end = s["span"]
            e = tokenizer.encode(doc["text"][start:end], add_special_tokens=False)
            spans = [(start + a, start + b) for a, b in e.offsets]
            starts = {t["span"][0] for t in document["tokens"][s["tokens"]["start"] : s["tokens"]["end"]]}
            for at in range(0, len(e.ids), WINDOW):
                ids, here = e.ids[at : at + WINDOW], spans[at : at + WINDOW]
                if part is None or len(part.ids) + len(ids) > WINDOW:
                    part = Part([], [], [], [])
                    parts.append(part)
                part.ids += ids
                part.piece += range(n, n + len(ids))
                part.spans += here
                part.begins += [a in starts for a, _ in here]
                n += len(ids)
    return Article(doc, parts, [t["span"] for t in document["tokens"]])


DOUBLE, STRAIGHT = {"“", "”", '"'}, {"“": '"', "”": '"'}
SINGLE = {"“": "‘", "”": "’", '"': "'"}
# How often an article's quotation marks are changed in an epoch, and how its windows are cut.
SINGLE_SHARE, STRAIGHT_SHARE, BARE_SHARE, ALONE_SHARE = 0.08, 0.08, 0.06, 0.3


def restyled(tokenizer, article, rng):
    """An article's paragraphs with their quotation marks as they are, or in another style, or without."""
    parts = article.parts
    shares = [SINGLE_SHARE, STRAIGHT_SHARE, BARE_SHARE]
    [style] = rng.choices([SINGLE, STRAIGHT, {}, None], shares + [1 - sum(shares)])
    if style is None or not style and "attributions" not in article.doc:
        return parts
    of = {tokenizer.token_to_id(a): tokenizer.token_to_id(style[a]) if a in style else None
          for a in DOUBLE if a in style or not style}
    out = []
    for p in parts:
        kept = [i for i, x in enumerate(p.ids) if of.get(x, x) is not None]
        if kept:
            ids = [of.get(p.ids[i], p.ids[i]) for i in kept]
            out.append(Part([p.piece[i] for i in kept], ids, [p.spans[i] for i in kept], [p.begins[i] for i in kept]))
    return out


def windows(tokenizer, article, number, rng=None):
    """Whole paragraphs packed into windows, a [SEP] between them.

    With `rng`, as in training, windows differ from epoch to epoch: the first one is shortened
    at random, some articles are cut into single paragraphs, and some have other quotation
    marks or none.
    """
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    parts = restyled(tokenizer, article, rng) if rng else article.parts
    # Where marks are gone, other pieces begin and end the spans.
    is_judged = sum(len(p.ids) for p in parts) == sum(len(p.ids) for p in article.parts)
    if rng and rng.random() < ALONE_SHARE:
        return [label(article, number, [part], cls, sep, is_judged) for part in parts]
    budget = rng.randint(60, WINDOW) if rng else WINDOW
    packed, current, size = [], [], 0
    for part in parts:
        if current and size + 1 + len(part.ids) > budget:
            packed.append(current)
            current, size, budget = [], 0, WINDOW
        size += len(part.ids) + (1 if current else 0)
        current.append(part)
    if current:
        packed.append(current)
    return [label(article, number, w, cls, sep, is_judged) for w in packed]


def label(article, number, packed, cls, sep, is_judged=True):
    ids, spans, paragraph, piece, begins = [cls], [None], [-1], [-1], [False]
    for k, part in enumerate(packed):
        if k:
            ids.append(sep), spans.append(None), paragraph.append(-1), piece.append(-1), begins.append(False)
        ids += part.ids
        spans += part.spans
        begins += part.begins
        paragraph += [k] * len(part.ids)
        piece += part.piece
    ids.append(sep), spans.append(None), paragraph.append(-1), piece.append(-1), begins.append(False)
    real = [i for i, s in enumerate(spans) if s]
    gold = article.doc.get("attributions")
    labels = [IGNORE if s is None or gold is None else 0 for s in spans]
    starts = [i for i in real if begins[i]] + [len(ids) - 1]

    def locate(a, b):
        """The pieces that overlap [a, b), as (first, last), or None when outside."""
        inside = [i for i in real if spans[i][0] < b and spans[i][1] > a]
        return (inside[0], inside[-1]) if inside else None

    def paint(role, first, last):
        """B, I, E and S go to whole tokens."""
        inside = [i for i in starts if first < i <= last]
        second = inside[0] if inside else last + 1
        final = inside[-1] if inside else first
        for i in range(first, last + 1):
            kind = "S" if not inside else "B" if i < second else "E" if i >= final else "I"
            if labels[i] != IGNORE:
                labels[i] = LABEL_ID[f"{kind}-{role}"]

    found = {role: {} for role in ROLES}
    groups = []
    for a in gold or []:
        group = {}
        for role in ROLES:
            group[role] = []
            for s, e in a[role]:
                at = locate(s, e)
                if at is None:
                    continue
                group[role].append(found[role].setdefault(at, len(found[role])))
                paint(role, *at)
        groups.append(group)
    cues, sources, contents = (list(found[r]) for r in ("cue", "source", "content"))
    cue_source = [sorted({s for g in groups if c in g["cue"] for s in g["source"]}) for c in range(len(cues))]
    content_cue = [sorted({c for g in groups if q in g["content"] for c in g["cue"]}) for q in range(len(contents))]
    return Window(ids, spans, labels, begins, paragraph, piece, number, is_judged, cues, sources, contents, cue_source, content_cue)


def batches(tokenizer, all_articles, size, seed):
    """An epoch in batches of at most `size` word pieces, of windows of like length, in random order."""
    rng = random.Random(seed)
    ws = [w for k, a in enumerate(all_articles) for w in windows(tokenizer, a, k, rng)]
    rng.shuffle(ws)
    cut = []
    for at in range(0, len(ws), 512):
        batch = []
        for w in sorted(ws[at : at + 512], key=lambda w: len(w.ids)):
            if batch and len(w.ids) * (len(batch) + 1) > size:
                cut.append(batch)
                batch = []
            batch.append(w)
        cut.append(batch)
    rng.shuffle(cut)
    return cut
