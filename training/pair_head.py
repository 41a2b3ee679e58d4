"""Can a network tell a claim that is true to a passage from one that isn't?

Four ways, each on the pairs of `pairs.py`, measured on sentences of briefs (`pair_sets.py`) that it doesn't learn from:

- cross: passage and claim in one row, the encoder as it was before tagging was learned;
- cross-tuned: the same, beginning with the tagger's encoder;
- joint: the same, while its labels of PolNeAR's train texts are held to what they were;
- frozen-N: vectors of the tagger's layer N as they are, and a head that lets each piece of the claim look at the passage
  (decomposable attention, Parikh et al. 2016).

On a graphics card: python3 pair_head.py --base MODEL --tuned tagger.safetensors --pairs P --sets S --texts T --out FOLDER
"""

import argparse
import gzip
import json
import math
import pathlib
import random
import time

import torch
import torch.nn.functional as F
from safetensors import safe_open
from tokenizers import Tokenizer
from torch import nn

LONGEST = 224
DEV = "cuda" if torch.cuda.is_available() else "cpu"


class Encoder(nn.Module):
    """MiniLM as `model.py` has it, in the words of PyTorch's own modules, for a graphics card."""

    def __init__(self, path):
        super().__init__()
        with safe_open(path, "pt") as file:
            meta = file.metadata() or {}
            self.tensors = {name: file.get_tensor(name) for name in file.keys()}
        get = self.shipped if "sayso" in meta else self.pretrained
        self.layers = 6
        names = ["words.weight", "positions.weight", "norm.weight", "norm.bias"]
        for i in range(self.layers):
            for part in ("qkv", "out", "norm1", "up", "down", "norm2"):
                names += [f"layers.{i}.{part}.weight", f"layers.{i}.{part}.bias"]
        self.w = nn.ParameterDict({n.replace(".", "_"): nn.Parameter(get(n).float()) for n in names})
        head = self.shipped("head.weight") if "sayso" in meta else None
        self.head = None if head is None else (head.float().to(DEV), self.tensors["head.bias"].float().to(DEV))
        del self.tensors

    def shipped(self, name):
        t = self.tensors[name]
        scale = self.tensors.get(name.removesuffix("weight") + "scale") if name.endswith("weight") else None
        return t.float() if scale is None else t.float() * scale[:, None]

    def int8(self, name):
        t = self.tensors[name]
        return t.float() * self.tensors[name + ".scale"].float()[:, None] if name + ".scale" in self.tensors else t.float()

    def pretrained(self, name):
        e = "embeddings."
        if name == "words.weight":
            return self.int8(e + "word_embeddings.weight")
        if name == "positions.weight":
            return self.int8(e + "position_embeddings.weight") + self.int8(e + "token_type_embeddings.weight")[0]
        if name.startswith("norm."):
            return self.int8(e + "LayerNorm." + name.split(".")[1])
        _, i, part, kind = name.split(".")
        at = f"encoder.layer.{i}."
        if part == "qkv":
            return torch.cat([self.int8(f"{at}attention.self.{x}.{kind}") for x in ("query", "key", "value")])
        to = {"out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
              "down": "output.dense", "norm2": "output.LayerNorm"}[part]
        return self.int8(f"{at}{to}.{kind}")

    def get(self, name):
        return self.w[name.replace(".", "_")]

    def forward(self, ids, mask):
        b, n = ids.shape
        drop = 0.1 if self.training else 0.0
        x = F.embedding(ids, self.get("words.weight")) + self.get("positions.weight")[:n]
        x = F.layer_norm(x, x.shape[-1:], self.get("norm.weight"), self.get("norm.bias"), 1e-12)
        x = F.dropout(x, drop, self.training)
        attend = mask[:, None, None]
        for i in range(self.layers):
            p = f"layers.{i}."
            qkv = F.linear(x, self.get(p + "qkv.weight"), self.get(p + "qkv.bias")).view(b, n, 3, 12, -1).permute(2, 0, 3, 1, 4)
            a = F.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], attn_mask=attend, dropout_p=drop)
            a = F.linear(a.transpose(1, 2).reshape(b, n, -1), self.get(p + "out.weight"), self.get(p + "out.bias"))
            x = F.layer_norm(x + F.dropout(a, drop), x.shape[-1:], self.get(p + "norm1.weight"), self.get(p + "norm1.bias"), 1e-12)
            u = F.gelu(F.linear(x, self.get(p + "up.weight"), self.get(p + "up.bias")))
            u = F.linear(u, self.get(p + "down.weight"), self.get(p + "down.bias"))
            x = F.layer_norm(x + F.dropout(u, drop), x.shape[-1:], self.get(p + "norm2.weight"), self.get(p + "norm2.bias"), 1e-12)
        return x


class Cross(nn.Module):
    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder
        # Tells the claim's pieces from the passage's.
        self.side = nn.Parameter(torch.zeros(2, 384))
        self.head = nn.Sequential(nn.Linear(3 * 384, 384), nn.GELU(), nn.Dropout(0.1), nn.Linear(384, 3))

    def forward(self, ids, mask, side):
        e = self.encoder
        x = e(ids, mask)
        weigh = lambda m: (x * m[..., None]).sum(1) / m.sum(1, keepdim=True).clamp(min=1)
        claim, passage = mask & (side == 1), mask & (side == 0)
        top = x.masked_fill(~claim[..., None], -1e4).amax(1)
        return self.head(torch.cat([x[:, 0], weigh(claim.float()), top], 1))


class Attending(nn.Module):
    """Decomposable attention over vectors that stay as they are."""

    def __init__(self, encoder, upto):
        super().__init__()
        self.encoder, self.upto = encoder, upto
        self.q, self.k = nn.Linear(384, 128), nn.Linear(384, 128)
        self.compare = nn.Sequential(nn.Linear(4 * 384, 384), nn.GELU(), nn.Dropout(0.1), nn.Linear(384, 192), nn.GELU())
        self.head = nn.Sequential(nn.Linear(384, 192), nn.GELU(), nn.Dropout(0.1), nn.Linear(192, 3))
        for p in encoder.parameters():
            p.requires_grad = False

    def forward(self, ids, mask, side):
        claim, passage = mask & (side == 1), mask & (side == 0)
        with torch.no_grad():
            # Each side read alone, as the record's vectors are.
            both = mask[:, None, :] & (side[:, None, :] == side[:, :, None])
            x = self.read(ids, both)
        scores = self.q(x) @ self.k(x).transpose(1, 2) / 128**0.5
        near = scores.masked_fill(~passage[:, None, :], -1e4).softmax(-1) @ x
        h = self.compare(torch.cat([x, near, x - near, x * near], -1))
        mean = (h * claim[..., None]).sum(1) / claim.sum(1, keepdim=True).clamp(min=1)
        return self.head(torch.cat([mean, h.masked_fill(~claim[..., None], -1e4).amax(1)], 1))

    def read(self, ids, both):
        e = self.encoder
        b, n = ids.shape
        x = F.embedding(ids, e.get("words.weight")) + e.get("positions.weight")[:n]
        x = F.layer_norm(x, x.shape[-1:], e.get("norm.weight"), e.get("norm.bias"), 1e-12)
        for i in range(self.upto):
            p = f"layers.{i}."
            qkv = F.linear(x, e.get(p + "qkv.weight"), e.get(p + "qkv.bias")).view(b, n, 3, 12, -1).permute(2, 0, 3, 1, 4)
            a = F.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], attn_mask=both[:, None] | torch.eye(n, dtype=torch.bool, device=ids.device))
            a = F.linear(a.transpose(1, 2).reshape(b, n, -1), e.get(p + "out.weight"), e.get(p + "out.bias"))
            x = F.layer_norm(x + a, x.shape[-1:], e.get(p + "norm1.weight"), e.get(p + "norm1.bias"), 1e-12)
            u = F.gelu(F.linear(x, e.get(p + "up.weight"), e.get(p + "up.bias")), approximate="tanh")
            x = F.layer_norm(x + F.linear(u, e.get(p + "down.weight"), e.get(p + "down.bias")), x.shape[-1:], e.get(p + "norm2.weight"), e.get(p + "norm2.bias"), 1e-12)
        return x


def rows(tokenizer, pairs):
    """[CLS] passage [SEP] claim [SEP], the passage cut to what fits."""
    claims = [t.ids[:90] for t in tokenizer.encode_batch([p["claim"] for p in pairs], add_special_tokens=False)]
    passages = [t.ids for t in tokenizer.encode_batch([p["passage"] for p in pairs], add_special_tokens=False)]
    return [(s[: LONGEST - 3 - len(c)], c) for s, c in zip(passages, claims)]


def batch(some):
    n = max(len(s) + len(c) + 3 for s, c in some)
    ids = torch.zeros(len(some), n, dtype=torch.long)
    side = torch.full((len(some), n), 2)
    for k, (s, c) in enumerate(some):
        row = [101, *s, 102, *c, 102]
        ids[k, : len(row)] = torch.tensor(row)
        side[k, : len(s) + 2] = 0
        side[k, len(s) + 2 : len(row)] = 1
    return ids.to(DEV), (side < 2).to(DEV), side.to(DEV)


def truth(model, data, size=256):
    """How likely each pair is the same."""
    model.eval()
    out = [0.0] * len(data)
    order = sorted(range(len(data)), key=lambda i: len(data[i][0]) + len(data[i][1]))
    with torch.inference_mode(), torch.autocast(DEV, torch.bfloat16):
        for at in range(0, len(order), size):
            some = order[at : at + size]
            for i, p in zip(some, model(*batch([data[i] for i in some])).float().softmax(-1)[:, 0].tolist()):
                out[i] = p
    model.train()
    return out


def auc(good, bad):
    order = sorted([(p, 1) for p in good] + [(p, 0) for p in bad])
    wins = below = 0
    for _, is_good in order:
        if is_good:
            wins += below
        else:
            below += 1
    return wins / max(1, len(good) * len(bad))


def at_share(good, bad, share):
    """How many of the wrong ones are below a line that so many of the right ones are below."""
    line = sorted(good)[int(share * len(good))] if good else 0
    return sum(p < line for p in bad) / max(1, len(bad))


def report(model, sets):
    out = {}
    for name, (pairs, data) in sets.items():
        p = truth(model, data)
        good = [x for x, pair in zip(p, pairs) if pair["code"] == "same"]
        codes = sorted({pair["code"] for pair in pairs} - {"same"})
        bad = [x for x, pair in zip(p, pairs) if pair["code"] != "same"]
        line = {"all": [round(auc(good, bad), 3), round(at_share(good, bad, 0.01), 3), round(at_share(good, bad, 0.05), 3), len(good), len(bad)]}
        for code in codes:
            some = [x for x, pair in zip(p, pairs) if pair["code"] == code]
            line[code] = [round(auc(good, some), 3), round(at_share(good, some, 0.01), 3), round(at_share(good, some, 0.05), 3), len(some)]
        out[name] = line
        out[name + ":p"] = [round(x, 5) for x in p]
    return out


def train(name, model, phases, sets, args, keep=None):
    """Phases of (rows with labels, epochs, rate); `keep` gives another loss each step."""
    begun = time.time()
    model.to(DEV).train()
    for data, epochs, top in phases:
        steps = epochs * math.ceil(len(data) / args.batch)
        decay = [p for p in model.parameters() if p.requires_grad and p.dim() > 1]
        rest = [p for p in model.parameters() if p.requires_grad and p.dim() <= 1]
        optimizer = torch.optim.AdamW([{"params": decay, "weight_decay": 0.01}, {"params": rest, "weight_decay": 0.0}], lr=top, fused=DEV == "cuda")
        rng, step, total = random.Random(1), 0, 0.0
        for _ in range(epochs):
            # Rows of about one length together.
            order = sorted(range(len(data)), key=lambda i: len(data[i][0][0]) + len(data[i][0][1]) + rng.random() * 30)
            batches = [order[i : i + args.batch] for i in range(0, len(order), args.batch)]
            rng.shuffle(batches)
            for some in batches:
                for group in optimizer.param_groups:
                    group["lr"] = top * min(1, (step + 1) / (0.1 * steps)) * 0.5 * (1 + math.cos(math.pi * step / steps))
                with torch.autocast(DEV, torch.bfloat16):
                    logits = model(*batch([data[i][0] for i in some]))
                labels = torch.tensor([data[i][1] for i in some], device=DEV)
                loss = F.cross_entropy(logits.float(), labels, label_smoothing=0.05)
                total += loss.item()
                if keep:
                    loss = loss + keep()
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(model.parameters(), 1.0)
                optimizer.step()
                step += 1
        line = report(model, sets)
        short = {k: v["all"] for k, v in line.items() if not k.endswith(":p")}
        print(f"{name}: {steps} steps, loss {total / steps:.3f}, {short}, {time.time() - begun:.0f} s", flush=True)
    (args.out / f"{name}.json").write_text(json.dumps(line))


def keeper(model, tuned, texts, tokenizer):
    """The labels of the tagger's texts, held to what they were: a distance of two distributions a piece."""
    ids = [t.ids for t in tokenizer.encode_batch(texts, add_special_tokens=False)]
    windows = [[101, *row[i : i + 200], 102] for row in ids for i in range(0, len(row), 200)]
    before = Encoder(tuned).to(DEV).eval()
    rng = random.Random(2)
    weight, bias = before.head

    def some(n=24):
        picked = rng.sample(windows, n)
        longest = max(map(len, picked))
        x = torch.zeros(n, longest, dtype=torch.long)
        m = torch.zeros(n, longest, dtype=torch.bool)
        for k, row in enumerate(picked):
            x[k, : len(row)], m[k, : len(row)] = torch.tensor(row), True
        return x.to(DEV), m.to(DEV)

    def labels(encoder, x, m):
        return F.linear(encoder(x, m).float(), weight, bias)[m]

    def loss():
        x, m = some()
        with torch.autocast(DEV, torch.bfloat16):
            with torch.no_grad():
                was = labels(before, x, m).softmax(-1)
            now = labels(model.encoder, x, m).log_softmax(-1)
        return 2.0 * F.kl_div(now, was, reduction="batchmean")

    def kept():
        """The share of pieces whose likeliest label is as before, and of those that had another than none."""
        rng.seed(9)
        model.eval()
        same = of = same_inside = inside = 0
        with torch.inference_mode():
            for _ in range(20):
                x, m = some()
                a, b = labels(before, x, m).argmax(-1), labels(model.encoder, x, m).argmax(-1)
                same, of = same + (a == b).sum().item(), of + len(a)
                same_inside, inside = same_inside + ((a == b) & (a > 0)).sum().item(), inside + (a > 0).sum().item()
        return same / of, same_inside / inside

    return loss, kept


def main():
    a = argparse.ArgumentParser()
    for name in ("base", "tuned", "tokenizer", "pairs", "sets", "texts", "out"):
        a.add_argument("--" + name, type=pathlib.Path, required=True)
    a.add_argument("--batch", type=int, default=128)
    a.add_argument("--only", nargs="*")
    a.add_argument("--few", type=int, help="pairs, for trying things out")
    args = a.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1)
    tokenizer = Tokenizer.from_file(str(args.tokenizer))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    with gzip.open(args.pairs, "rt", encoding="utf-8") as lines:
        pairs = [json.loads(line) for line in lines]
    rng = random.Random(1)
    # A tenth of those by hand is held out, whole passages.
    hand = [p for p in pairs if p["origin"] == "hand"]
    passages = sorted({p["passage"] for p in hand})
    out = set(rng.sample(passages, len(passages) // 10))
    held = [p for p in hand if p["passage"] in out]
    hand = [p for p in hand if p["passage"] not in out]
    rule = [p for p in pairs if p["origin"] == "rule"]
    if args.few:
        rule, hand = rng.sample(rule, args.few), hand[: args.few]
    with gzip.open(args.sets, "rt", encoding="utf-8") as lines:
        by_name = {}
        for line in lines:
            p = json.loads(line)
            by_name.setdefault(p["set"], []).append(p)
    sets = {"held": held, **by_name}
    sets = {name: (some, rows(tokenizer, some)) for name, some in sets.items()}
    with_labels = lambda some: list(zip(rows(tokenizer, some), [p["label"] for p in some]))
    rule, hand = with_labels(rule), with_labels(hand)
    print(len(rule), "by rule,", len(hand), "by hand,", {k: len(v[0]) for k, v in sets.items()}, flush=True)
    wanted = lambda name: not args.only or name in args.only
    both = [(rule + hand, 2, 1e-4), (hand, 4, 5e-5)]
    for name, path in (("cross", args.base), ("cross-tuned", args.tuned)):
        if wanted(name):
            m = Cross(Encoder(path))
            train(name, m, both, sets, args)
            torch.save({k: v.half() for k, v in m.state_dict().items()}, args.out / f"{name}.pt")
    if wanted("cross-hand"):
        train("cross-hand", Cross(Encoder(args.base)), [(hand, 6, 1e-4)], sets, args)
    if wanted("cross-rule"):
        train("cross-rule", Cross(Encoder(args.base)), [(rule, 2, 1e-4)], sets, args)
    if wanted("joint"):
        m = Cross(Encoder(args.tuned)).to(DEV)
        texts = json.loads(args.texts.read_text())
        loss, kept = keeper(m, args.tuned, texts, tokenizer)
        train("joint", m, both, sets, args, loss)
        print("joint: labels as before", kept(), flush=True)
    for upto in (0, 2, 6):
        if wanted(f"frozen-{upto}"):
            train(f"frozen-{upto}", Attending(Encoder(args.tuned), upto), [(rule + hand, 2, 5e-4), (hand, 4, 2e-4)], sets, args)


if __name__ == "__main__":
    main()
