"""How do articles become windows of word pieces with labels and links?

The program packs in `crates/sayso/src/tag/pieces.rs`: also whole paragraphs, but cut at
sentences where one is too long, and with the paragraph before as context.
"""

import dataclasses
import json
import random
import re

from tokenizers import Tokenizer

from model import LABELS, ROLES, base_folder

WINDOW = 254  # word pieces, without the [CLS] and [SEP] around them
LABEL_ID = {label: i for i, label in enumerate(LABELS)}


def load_tokenizer():
    t = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    t.no_truncation()
    t.no_padding()
    return t


@dataclasses.dataclass
class Window:
    ids: list
    labels: list  # -100 where no loss is taken
    paragraph: list
    cues: list  # (first, last) piece of each cue
    sources: list
    contents: list
    cue_source: list  # per cue: indices of its sources in this window
    content_cue: list  # per content: indices of its cues in this window


def read_jsonl(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def paragraphs(text):
    """Ranges of code points of the non-blank lines."""
    return [m.span() for m in re.finditer(r"[^\n]*\S[^\n]*", text)]


def pieces(tokenizer, text, start, end):
    e = tokenizer.encode(text[start:end], add_special_tokens=False)
    return [(i, start + a, start + b) for i, (a, b) in zip(e.ids, e.offsets)]


def windows(tokenizer, doc, rng=None):
    """Whole paragraphs packed into windows, a [SEP] between them; longer paragraphs are cut.

    With `rng`, the first window is shortened at random, so that each epoch cuts elsewhere.
    """
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    text = doc["text"]
    budget = rng.randint(60, WINDOW) if rng else WINDOW
    packed, current, size = [], [], 0
    for start, end in paragraphs(text):
        ps = pieces(tokenizer, text, start, end)
        while ps:
            room = budget - size - (1 if current else 0)
            if len(ps) > room and current:
                packed.append(current)
                current, size, budget = [], 0, WINDOW
                continue
            part, ps = ps[:room], ps[room:]
            size += len(part) + (1 if current else 0)
            current.append(part)
    if current:
        packed.append(current)
    return [label(doc, w, cls, sep) for w in packed]


def label(doc, packed, cls, sep):
    ids, spans, paragraph = [cls], [None], [-1]
    for k, part in enumerate(packed):
        if k:
            ids.append(sep), spans.append(None), paragraph.append(-1)
        for i, a, b in part:
            ids.append(i), spans.append((a, b)), paragraph.append(k)
    ids.append(sep), spans.append(None), paragraph.append(-1)
    labels = [-100 if s is None else 0 for s in spans]
    real = [i for i, s in enumerate(spans) if s]

    def locate(a, b):
        """The pieces that overlap [a, b), as (first, last), or None when outside."""
        inside = [i for i in real if spans[i][0] < b and spans[i][1] > a]
        return (inside[0], inside[-1]) if inside else None

    found = {role: {} for role in ROLES}
    groups = []
    for a in doc["attributions"]:
        group = {}
        for role in ROLES:
            group[role] = []
            for s, e in a[role]:
                at = locate(s, e)
                if at is None:
                    continue
                group[role].append(found[role].setdefault(at, len(found[role])))
                for i in range(at[0], at[1] + 1):
                    if labels[i] != -100:
                        labels[i] = LABEL_ID[("B-" if i == at[0] else "I-") + role]
        groups.append(group)
    cues, sources, contents = (list(found[r]) for r in ("cue", "source", "content"))
    cue_source = [sorted({s for g in groups if c in g["cue"] for s in g["source"]}) for c in range(len(cues))]
    content_cue = [sorted({c for g in groups if q in g["content"] for c in g["cue"]}) for q in range(len(contents))]
    return Window(ids, labels, paragraph, cues, sources, contents, cue_source, content_cue)


def epoch(tokenizer, docs, seed):
    rng = random.Random(seed)
    ws = [w for d in docs for w in windows(tokenizer, d, rng)]
    rng.shuffle(ws)
    return ws
