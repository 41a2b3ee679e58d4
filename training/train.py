"""Trains the tagger, or the larger network that teaches it. See README.md for the commands."""

import argparse
import math
import pathlib
import time

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

import data
import model
import teacher


def link_loss(link, h, children, parents, paragraph, gold):
    """Cross entropy over parents and none; several right answers share the probability."""
    if not children:
        return None
    logits = link(h, children, parents, paragraph).float()
    target = torch.zeros_like(logits, dtype=torch.bool)
    for row, right in enumerate(gold):
        for column in right or [len(parents)]:
            target[row, column] = True
    picked = logits.masked_fill(~target, float("-inf"))
    return (logits.logsumexp(1) - picked.logsumexp(1)).mean()


def links_loss(m, batch, hidden):
    losses = []
    for k, w in enumerate(batch):
        p = torch.tensor(w.paragraph)
        losses.append(link_loss(m.cue_source, hidden[k], w.cues, w.sources, p, w.cue_source))
        losses.append(link_loss(m.content_cue, hidden[k], w.contents, w.cues, p, w.content_cue))
    losses = [x for x in losses if x is not None]
    return torch.stack(losses).mean() if losses else torch.zeros(())


def padded(batch):
    n = max(len(w.ids) for w in batch)
    ids = torch.zeros(len(batch), n, dtype=torch.long)
    labels = torch.full((len(batch), n), data.IGNORE)
    mask = torch.zeros(len(batch), n, dtype=torch.bool)
    for k, w in enumerate(batch):
        ids[k, : len(w.ids)] = torch.tensor(w.ids)
        labels[k, : len(w.ids)] = torch.tensor(w.labels)
        mask[k, : len(w.ids)] = True
    return ids, labels, mask


def soft_losses(m, hidden, logits, batch, soft):
    """How far the labels' probabilities and the vectors are from the teacher's.

    Hinton, Vinyals and Dean (2015), at a temperature of 1; vectors as Jiao et al. (2020) do it,
    with a cosine in place of the squared distance.
    """
    labels, vectors, rows = [], [], []
    for k, w in enumerate(batch):
        if not w.is_judged:
            continue
        real = torch.tensor([i for i, piece in enumerate(w.piece) if piece >= 0])
        where = torch.tensor([piece for piece in w.piece if piece >= 0])
        rows.append(torch.stack([torch.full_like(real, k), real]))
        labels.append(soft["labels"][w.article][where])
        vectors.append(soft["vectors"][w.article][where])
    if not rows:
        return torch.zeros(()), torch.zeros(())
    k, i = torch.cat(rows, 1)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        own = m.to_teacher(hidden[k, i])
    return (F.kl_div(logits[k, i].log_softmax(-1), torch.cat(labels).float(), reduction="batchmean"),
            1 - F.cosine_similarity(own.float(), torch.cat(vectors).float(), dim=-1).mean())


def batch_loss(m, batch, args, soft):
    ids, labels, mask = padded(batch)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = m(ids, mask)
    hidden = m.drop(hidden.float())
    logits = m.head(hidden)
    parts = {}
    if (labels != data.IGNORE).any():
        parts["gold"] = F.cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=data.IGNORE)
        parts["gold"] = parts["gold"] * (1 - args.soft_weight if soft else 1)
    if soft:
        labels_apart, vectors_apart = soft_losses(m, hidden, logits, batch, soft)
        parts["soft"], parts["vectors"] = args.soft_weight * labels_apart, args.vector_weight * vectors_apart
    if args.link_weight:
        parts["link"] = args.link_weight * links_loss(m, batch, hidden)
    return parts


def rate(step, steps):
    """One cycle: a tenth up, then a cosine down to nothing."""
    up = 0.1 * steps
    return step / up if step < up else 0.5 * (1 + math.cos(math.pi * (step - up) / (steps - up)))


def groups(m, top, decay):
    """Matrices decay, the rest doesn't; each layer learns slower than the one above it."""
    out = []
    n = len(m.layers)
    for name, p in m.named_parameters():
        if not p.requires_grad:
            continue
        depth = n - int(name.split(".")[1]) - 1 if name.startswith("layers.") else 0
        depth = n if name.startswith(("words.", "positions.", "norm.")) else depth
        out.append({"params": [p], "lr": top * decay**depth, "weight_decay": 0.01 if p.dim() > 1 else 0.0})
    return out


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=pathlib.Path, required=True)
    a.add_argument("--sayso", default="../target/release/sayso", help="the program, for its tokens")
    a.add_argument("--out", type=pathlib.Path, required=True)
    a.add_argument("--teacher", type=pathlib.Path, help="train the teacher; its pretrained weights are unpacked here")
    a.add_argument("--soft", type=pathlib.Path, help="the teacher's labels, from soften.py")
    a.add_argument("--soft-weight", type=float, default=0.7)
    a.add_argument("--vector-weight", type=float, default=1.0)
    a.add_argument("--from-weights", type=pathlib.Path, help="begin with these instead of the pretrained ones")
    a.add_argument("--epochs", type=int, default=5)
    a.add_argument("--batch", type=int, default=4096, help="word pieces")
    a.add_argument("--rate", type=float, default=2e-4)
    a.add_argument("--layer-decay", type=float, default=1.0)
    a.add_argument("--link-weight", type=float, default=0.15)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--steps", type=int, help="stop early; for trying things out")
    args = a.parse_args()
    torch.manual_seed(args.seed)

    tokenizer = data.load_tokenizer()
    docs = [d for d in data.read_jsonl(args.data / "polnear-train.jsonl") if not data.is_held_out(d)]
    soft = None
    if args.soft:
        soft = torch.load(args.soft, mmap=True)
        docs += [{"text": text} for text in soft["texts"]]
    articles = data.articles(tokenizer, args.sayso, docs)
    epochs = [data.batches(tokenizer, articles, args.batch, args.seed * 1000 + e) for e in range(args.epochs)]
    batches = [batch for epoch in epochs for batch in epoch]
    print(f"{len(docs)} documents, {sum(map(len, epochs[0]))} windows, {len(batches)} steps", flush=True)

    m = teacher.from_base(args.teacher, tokenizer) if args.teacher else model.from_base()
    if soft:
        # Only for training; it isn't exported.
        m.to_teacher = torch.nn.Linear(m.config["hidden_size"], soft["vectors"][0].shape[1])
    if args.from_weights:
        model.load_weights(m, args.from_weights)
    optimizer = torch.optim.AdamW(groups(m, args.rate, args.layer_decay), lr=args.rate, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate(step, len(batches)))
    m.train()
    begun, sums = time.time(), {}
    for step, batch in enumerate(batches[: args.steps]):
        parts = batch_loss(m, batch, args, soft)
        optimizer.zero_grad()
        sum(parts.values()).backward()
        torch.nn.utils.clip_grad_norm_(m.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        for name, x in parts.items():
            sums[name] = sums.get(name, 0) + x.item()
        if step % 20 == 19 or step + 1 == len(batches):
            losses = " ".join(f"{name} {x / (step % 20 + 1):.4f}" for name, x in sums.items())
            print(f"step {step + 1} {losses} {time.time() - begun:.0f} s", flush=True)
            sums = {}
        if step % 250 == 249 or step + 1 == len(batches):
            args.out.mkdir(parents=True, exist_ok=True)
            save_file({k: v.contiguous() for k, v in m.state_dict().items()}, str(args.out / "tagger.safetensors"))
    print(f"saved after {time.time() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
