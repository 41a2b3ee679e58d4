"""The same encoder in PyTorch, for the bench: reads rows of word pieces, then encodes them as often as it is asked.

python peer.py WEIGHTS ROWS.json FOLDER THREADS; each line of standard input is `f32` or `bf16`, answered with the
milliseconds that it took. The vectors of the first run of a kind go into the file of its name in FOLDER, as 32-bit
numbers, row after row.
"""

import json
import os
import sys
import time

import torch
from safetensors import safe_open
from torch.nn import functional as F

BATCH = 8


class Encoder:
    def __init__(self, path, dtype):
        with safe_open(path, "pt") as file:
            self.config = json.loads(json.loads(file.metadata()["sayso"])["config"])
            self.tensors = {name: file.get_tensor(name) for name in file.keys()}
        self.dtype = dtype
        self.made = {}

    def get(self, name):
        """A weight as the product takes it; 8-bit ones by their scales."""
        if name not in self.made:
            tensor = self.tensors[name]
            scale = self.tensors.get(name.removesuffix("weight") + "scale") if name.endswith("weight") else None
            tensor = tensor.float() if scale is None else tensor.float() * scale[:, None]
            self.made[name] = tensor.to(self.dtype)
        return self.made[name]

    def norm(self, x, name):
        size, epsilon = x.shape[-1:], self.config["layer_norm_eps"]
        return F.layer_norm(x, size, self.get(name + ".weight"), self.get(name + ".bias"), epsilon)

    def linear(self, x, name):
        return F.linear(x, self.get(name + ".weight"), self.get(name + ".bias"))

    def layer(self, x, name, mask):
        heads = self.config["num_attention_heads"]
        batch, n, d = x.shape
        qkv = self.linear(x, name + ".qkv").view(batch, n, 3, heads, d // heads).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], attn_mask=mask)
        x = self.norm(x + self.linear(mixed.transpose(1, 2).reshape(batch, n, d), name + ".out"), name + ".norm1")
        inner = F.gelu(self.linear(x, name + ".up"), approximate="tanh")
        return self.norm(x + self.linear(inner, name + ".down"), name + ".norm2")

    def run(self, rows):
        longest = max(map(len, rows))
        ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
        mask = torch.tensor([[True] * len(row) + [False] * (longest - len(row)) for row in rows])[:, None, None]
        x = F.embedding(ids, self.get("words.weight")) + self.get("positions.weight")[:longest]
        x = self.norm(x, "norm")
        for i in range(self.config["num_hidden_layers"]):
            x = self.layer(x, f"layers.{i}", mask)
        return [vectors[: len(row)] for vectors, row in zip(x, rows)]


def encode(encoder, rows):
    """In batches of rows of about one length."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    out = [None] * len(rows)
    for i in range(0, len(order), BATCH):
        some = order[i : i + BATCH]
        for place, vectors in zip(some, encoder.run([rows[place] for place in some])):
            out[place] = vectors
    return out


def main():
    weights, rows, folder, threads = sys.argv[1:]
    torch.set_num_threads(int(threads))
    rows = json.load(open(rows))
    encoders = {"f32": Encoder(weights, torch.float32), "bf16": Encoder(weights, torch.bfloat16)}
    written = set()
    with torch.inference_mode():
        for line in sys.stdin:
            kind = line.strip()
            start = time.perf_counter()
            vectors = encode(encoders[kind], rows)
            took = (time.perf_counter() - start) * 1e3
            if kind not in written:
                with open(os.path.join(folder, kind), "wb") as file:
                    for row in vectors:
                        file.write(row.float().contiguous().numpy().tobytes())
                written.add(kind)
            print(f"{took:.3f}", flush=True)


main()
