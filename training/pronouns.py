"""Learns whom a pronoun means: the weights of `crates/sayso/src/resolve/salience.rs`.

    cargo run --release -p sayso-eval --example pronoun_choices -- ../labels/train-sources.jsonl \
        ../../shared/data/polnear-train.jsonl > choices.jsonl
    python pronouns.py choices.jsonl

Prints how a model learned on seven eighths of the articles does on the others, for several
thresholds, and then the weights learned on all of them. The choices depend a little on the weights (whom
"she" has meant before is a factor), so write the weights in, and repeat twice.
"""

import argparse
import json
import pathlib
import random
import re

import torch

FOLDS = 8
DECAY = 0.002


def pronouns(path):
    """Labelled pronouns: (document, factors of each candidate, whether it is right, whether it has a name, has an answer)."""
    rows = []
    with open(path) as file:
        for line in file:
            row = json.loads(line)
            if " " in row["word"]:  # "his second tweet"
                continue
            factors = torch.tensor(row["factors"])
            rows.append((row["doc"], factors, row["right"], [n is not None for n in row["names"]], bool(row["gold"])))
    return rows


def factor_names():
    """In the order that the program gives the factors in."""
    rust = pathlib.Path(__file__).parent.parent / "crates/sayso/src/resolve/salience.rs"
    table = rust.read_text().split("const WEIGHTS")[1].split("];")[0]
    return re.findall(r'\("(\w+)",', table)


def learned(rows):
    """Weights of the factors and of nobody, by maximum likelihood."""
    width = next(factors.shape[1] for _, factors, *_ in rows if len(factors))
    weights = torch.zeros(width, requires_grad=True)
    nobody = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights, nobody], max_iter=100, line_search_fn="strong_wolfe")

    def loss():
        optimizer.zero_grad()
        total = 0.0
        for _, factors, right, _, _ in rows:
            scores = torch.cat([nobody, factors @ weights]) if len(factors) else nobody
            wanted = [i + 1 for i, is_right in enumerate(right) if is_right] or [0]
            total = total - torch.logsumexp(torch.log_softmax(scores, 0)[wanted], 0)
        total = total / len(rows) + DECAY * (weights**2).sum()
        total.backward()
        return total

    optimizer.step(loss)
    return weights.detach(), nobody.detach()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("choices")
    rows = pronouns(parser.parse_args().choices)
    documents = sorted({row[0] for row in rows})
    random.Random(3).shuffle(documents)
    fold = {document: i % FOLDS for i, document in enumerate(documents)}
    judged = []
    for k in range(FOLDS):
        weights, nobody = learned([row for row in rows if fold[row[0]] != k])
        for _, factors, right, named, has_answer in (row for row in rows if fold[row[0]] == k):
            if not len(factors):
                judged.append((0.0, False, False, has_answer))
                continue
            likely = torch.softmax(torch.cat([nobody, factors @ weights]), 0)[1:]
            best = int(likely.argmax())
            judged.append((float(likely[best]), named[best], right[best], has_answer))
    print("least  named  right  of all")
    for least in (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8):
        named = [right for p, is_named, right, _ in judged if p >= least and is_named]
        silent = sum(not answer for p, is_named, _, answer in judged if not (p >= least and is_named))
        print(f"{least:.2f} {len(named):6} {sum(named) / len(named):6.1%} {(sum(named) + silent) / len(judged):7.1%}")
    weights, nobody = learned(rows)
    print(f"const NOBODY: f32 = {float(nobody):.2f};")
    for name, weight in zip(factor_names(), weights.tolist(), strict=True):
        print(f'    ("{name}", {weight:.2f}),')


if __name__ == "__main__":
    main()
