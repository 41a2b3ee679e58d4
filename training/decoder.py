"""Fits how labels follow one another, on the tenth of train that nothing is trained on:

    python3 decoder.py --data ../../shared/data --weights /tmp/small/tagger.safetensors --out /tmp/small/decoder.safetensors

A linear-chain CRF over the network's frozen scores: a scale, a score for each label after
each other, and scores for a label at, before and behind each class of token (marks). It is
fitted by maximum likelihood, on paragraphs by themselves and in windows, and scored by
two-fold cross-validation. Lafferty, McCallum and Pereira (2001).
"""

import argparse
import pathlib

import torch
from safetensors.torch import load_file, save_file

import data
import model
import teacher
from train import padded

N = len(model.LABELS)
# Classes of tokens; what is none of these is the last class. The program has them too.
CLASSES = ["“", "”", "\"", "‘", "’", ",", ".", "?", "!", ":", ";", "—", "(", ")", "that", "and", "but"]
SAME = {"``": "“", "''": "”", "–": "—", "--": "—", "'": "’", "-": "—"}
FORBIDDEN = -1e4
TOKEN_CLASSES = {**{c: i for i, c in enumerate(CLASSES)}, **{k: CLASSES.index(v) for k, v in SAME.items()}}


def class_of(token):
    return TOKEN_CLASSES.get(token.lower(), len(CLASSES))


def allowed(before, label):
    """B and I go on, S, E and O don't; None before the first and behind the last token."""
    opens = before is not None and before[0] in "BI"
    goes_on = label is not None and label[0] in "IE"
    return opens == goes_on and (not opens or before[2:] == label[2:])


def mask_of():
    labels = [None, *model.LABELS]
    return torch.tensor([[0.0 if allowed(a, b) else FORBIDDEN for b in labels] for a in labels])


class Decoder(torch.nn.Module):
    """transitions (N + 1, N + 1): row 0 is the start, column 0 the end."""

    def __init__(self):
        super().__init__()
        self.scale = torch.nn.Parameter(torch.ones(()))
        self.transitions = torch.nn.Parameter(torch.zeros(N + 1, N + 1))
        self.before, self.at, self.behind = (
            torch.nn.Parameter(torch.zeros(len(CLASSES) + 1, N)) for _ in range(3)
        )
        self.register_buffer("mask", mask_of(), persistent=False)

    def emissions(self, logits, classes):
        out = len(CLASSES)
        edge = torch.tensor([out])
        before, behind = torch.cat([edge, classes[:-1]]), torch.cat([classes[1:], edge])
        return self.scale * logits.log_softmax(-1) + self.at[classes] + self.before[before] + self.behind[behind]

    def table(self):
        return self.transitions + self.mask

    def loss(self, rows):
        """Mean negative log-likelihood of the paragraphs' labels."""
        n = max(len(r.labels) for r in rows)
        t = self.table()
        e = torch.zeros(len(rows), n, N)
        lens = torch.tensor([len(r.labels) for r in rows])
        gold = torch.zeros(len(rows))
        for k, r in enumerate(rows):
            x = self.emissions(r.logits, r.classes)
            e[k, : len(x)] = x
            y = r.labels
            gold[k] = (x[torch.arange(len(y)), y].sum() + t[0, 1 + y[0]] + t[1 + y[-1], 0]
                       + t[1 + y[:-1], 1 + y[1:]].sum())
        alpha = t[0, 1:] + e[:, 0]
        for i in range(1, n):
            step = (alpha[:, :, None] + t[1:, 1:]).logsumexp(1) + e[:, i]
            alpha = torch.where((i < lens)[:, None], step, alpha)
        z = (alpha + t[1:, 0]).logsumexp(1)
        return (z - gold).sum() / lens.sum()

    def best(self, row):
        t, e = self.table(), self.emissions(row.logits, row.classes)
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


class Row:
    def __init__(self, article, logits, classes, labels):
        self.article, self.logits, self.classes, self.labels = article, logits, classes, labels


def rows(m, tokenizer, articles, alone):
    """The scores of each paragraph's tokens, read alone or in windows."""
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
                        spans = [w.spans[i] for i in at_tokens]
                        words = words_at(articles[w.article], spans)
                        out.append(Row(w.article, logits[k, at_tokens], torch.tensor([class_of(x) for x in words]),
                                       torch.tensor([w.labels[i] for i in at_tokens])))
    return out


def words_at(article, spans):
    ends = dict(article.tokens)
    return [article.doc["text"][a : ends.get(a, b)] for a, b in spans]


def spans(labels):
    found, start = set(), None
    for i, label in enumerate(model.LABELS[x] for x in labels):
        if label[0] in "BS":
            start = i
        if label[0] in "ES":
            found.add((label[2:], start, i))
    return found


def score(rows, decode):
    """Exact F1 by role, in per cent."""
    hit, got, gold = ({r: 0 for r in model.ROLES} for _ in range(3))
    for row in rows:
        g, p = spans(row.labels.tolist()), spans(decode(row))
        for n, s in ((hit, g & p), (got, p), (gold, g)):
            for role, _, _ in s:
                n[role] += 1
    return [200 * hit[r] / max(1, got[r] + gold[r]) for r in model.ROLES]


def fit(rows, strength=1e-4, steps=150):
    d = Decoder()
    optimizer = torch.optim.Adam(d.parameters(), lr=0.03)
    for _ in range(steps):
        weights = sum((p**2).sum() for name, p in d.named_parameters() if name != "scale")
        loss = d.loss(rows) + strength * weights
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return d


def held_out(args, tokenizer):
    docs = [d for d in data.read_jsonl(args.data / "polnear-train.jsonl") if data.is_held_out(d)]
    return data.articles(tokenizer, args.sayso, docs)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=pathlib.Path, required=True)
    a.add_argument("--sayso", default="../target/release/sayso", help="the program, for its tokens")
    a.add_argument("--weights", type=pathlib.Path, required=True)
    a.add_argument("--teacher", type=pathlib.Path, help="the weights are the teacher's, unpacked here")
    a.add_argument("--out", type=pathlib.Path)
    args = a.parse_args()
    torch.manual_seed(1)
    tokenizer = data.load_tokenizer()
    m = teacher.from_base(args.teacher, tokenizer) if args.teacher else model.from_base()
    m.load_state_dict(load_file(str(args.weights)), strict=False)
    m.eval()
    articles = held_out(args, tokenizer)
    plain = Decoder()
    for name, alone in (("alone", True), ("windows", False)):
        rs = rows(m, tokenizer, articles, alone)
        show = lambda what, f: print(f"{name:8} {what:10}", *(f"{x:.1f}" for x in f), flush=True)
        show("Viterbi", score(rs, plain.best))
        folds = [fit([r for r in rs if r.article % 2 != k]) for k in (0, 1)]
        show("CRF, 2-fold", score(rs, lambda r: folds[r.article % 2].best(r)))
    if args.out:
        both = rows(m, tokenizer, articles, True) + rows(m, tokenizer, articles, False)
        d = fit(both)
        show("fitted", score(rs, d.best))
        print(f"scale {d.scale.item():.3f}")
        tensors = {k: v.detach() for k, v in d.state_dict().items()} | {"transitions": d.table().detach()}
        save_file({k: v.reshape(-1).contiguous() for k, v in tensors.items()}, str(args.out))


if __name__ == "__main__":
    main()
