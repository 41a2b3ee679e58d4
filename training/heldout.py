"""Scores weights that are not exported yet, on the tenth of train that nothing is trained on:

    python3 heldout.py --data ../../shared/data --weights /tmp/small/tagger.safetensors

Exact F1 of source, cue and content, with paragraphs read alone and in windows. The figures of
record come from the program itself (`sayso eval polnear`).
"""

import argparse
import pathlib

import torch

import data
import model
import teacher
from train import padded

FORBIDDEN = -1e4


def allowed(before, label):
    """B and I go on, S, E and O don't; None before the first and behind the last token."""
    opens = before is not None and before[0] in "BI"
    goes_on = label is not None and label[0] in "IE"
    return opens == goes_on and (not opens or before[2:] == label[2:])


ENDS = [None, *model.LABELS]
TRANSITIONS = torch.tensor([[0.0 if allowed(a, b) else FORBIDDEN for b in ENDS] for a in ENDS])


def viterbi(logits):
    """The likeliest of the label sequences that make sense."""
    t, e = TRANSITIONS, logits
    score, back = t[0, 1:] + e[0], []
    for x in e[1:]:
        most, arg = (score[:, None] + t[1:, 1:]).max(0)
        score = most + x
        back.append(arg)
    label = int((score + t[1:, 0]).argmax())
    labels = [label]
    for arg in reversed(back):
        labels.append(label := int(arg[label]))
    return labels[::-1]


def rows(m, tokenizer, articles, alone):
    """(scores, labels) of each paragraph's tokens, read alone or in windows."""
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    ws = []
    for k, a in enumerate(articles):
        ws += [data.label(a, k, [part], cls, sep) for part in a.parts] if alone else data.windows(tokenizer, a, k)
    ws.sort(key=lambda w: len(w.ids))
    out = []
    with torch.no_grad():
        for at in range(0, len(ws), 16):
            batch = ws[at : at + 16]
            ids, _, mask = padded(batch)
            logits = m.head(m(ids, mask).float())
            for k, w in enumerate(batch):
                for p in range(max(w.paragraph) + 1):
                    at_tokens = [i for i in range(len(w.ids)) if w.begins[i] and w.paragraph[i] == p]
                    if at_tokens:
                        out.append((logits[k, at_tokens], [w.labels[i] for i in at_tokens]))
    return out


def spans(labels):
    found, start = set(), None
    for i, label in enumerate(model.LABELS[x] for x in labels):
        if label[0] in "BS":
            start = i
        if label[0] in "ES":
            found.add((label[2:], start, i))
    return found


def score(rows):
    """Exact F1 by role, in per cent."""
    hit, got, gold = ({r: 0 for r in model.ROLES} for _ in range(3))
    for logits, labels in rows:
        g, p = spans(labels), spans(viterbi(logits))
        for n, s in ((hit, g & p), (got, p), (gold, g)):
            for role, _, _ in s:
                n[role] += 1
    return [200 * hit[r] / max(1, got[r] + gold[r]) for r in model.ROLES]


def held_out(args, tokenizer):
    docs = [d for d in data.read_jsonl(args.data / "polnear-train.jsonl") if data.is_held_out(d)]
    return data.articles(tokenizer, args.sayso, docs)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=pathlib.Path, required=True)
    a.add_argument("--sayso", default="../target/release/sayso", help="the program, for its tokens")
    a.add_argument("--weights", type=pathlib.Path, required=True)
    a.add_argument("--teacher", type=pathlib.Path, help="the weights are the teacher's, unpacked here")
    args = a.parse_args()
    tokenizer = data.load_tokenizer()
    m = teacher.from_base(args.teacher, tokenizer) if args.teacher else model.from_base()
    model.load_weights(m, args.weights)
    m.eval()
    articles = held_out(args, tokenizer)
    for name, alone in (("alone", True), ("windows", False)):
        print(f"{name:8}", *(f"{x:.1f}" for x in score(rows(m, tokenizer, articles, alone))), flush=True)


if __name__ == "__main__":
    main()
