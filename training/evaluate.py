"""Scores trained weights on the dev rows in the published form, before they are exported:

    python3 evaluate.py --data ../../shared/data --weights /tmp/sayso-tagger/tagger.safetensors

The figures of record come from the program itself (`sayso eval polnear`).
"""

import argparse
import pathlib

import torch
from safetensors.torch import load_file

import data
import model

# CoreNLP's names of marks, and the marks.
MARKS = {"``": "“", "''": "”", "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}


def spans(labels):
    """(role, first, last) of BIO labels; an I- without its B- opens a span."""
    found, current = set(), None
    for i, label in enumerate(labels + ["O"]):
        role = label[2:] or None
        if current and (label[0] != "I" or role != current[0]):
            found.add((current[0], current[1], i - 1))
            current = None
        if role and current is None:
            current = (role, i)
    return found


def predict(m, tokenizer, row):
    """BIO labels of a row of tokens: that of each token's first piece."""
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    labels = []
    pieces = [tokenizer.encode(MARKS.get(t, t), add_special_tokens=False).ids or [100] for t in row]
    while pieces:
        take, size = 0, 0
        while take < len(pieces) and size + len(pieces[take]) <= data.WINDOW:
            size, take = size + len(pieces[take]), take + 1
        part, pieces = pieces[:take], pieces[take:]
        ids = torch.tensor([[cls] + [i for p in part for i in p] + [sep]])
        best = m.head(m(ids, torch.ones_like(ids, dtype=torch.bool)))[0].argmax(1).tolist()
        at = 1
        for p in part:
            labels.append(model.LABELS[best[at]])
            at += len(p)
    return labels


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=pathlib.Path, required=True)
    a.add_argument("--weights", type=pathlib.Path, required=True)
    args = a.parse_args()
    tokenizer = data.load_tokenizer()
    m = model.from_base()
    m.load_state_dict(load_file(str(args.weights)))
    m.eval()
    counts = {role: [0, 0, 0] for role in model.ROLES}
    with torch.no_grad():
        for row in data.read_jsonl(args.data / "cofenet-polnear-valid.jsonl"):
            gold, got = spans(row["labels"]), spans(predict(m, tokenizer, row["tokens"]))
            for role in model.ROLES:
                g, p = ({x for x in s if x[0] == role} for s in (gold, got))
                counts[role][0] += len(g & p)
                counts[role][1] += len(p)
                counts[role][2] += len(g)
    for role, (hit, n_got, n_gold) in counts.items():
        p, r = 100 * hit / n_got, 100 * hit / n_gold
        print(f"{role:8} P {p:.1f} R {r:.1f} F1 {2 * p * r / (p + r):.1f}")


if __name__ == "__main__":
    main()
