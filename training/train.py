"""Fine-tunes the tagger. One command, seeded:

    python3 train.py --data ../../shared/data --out /tmp/sayso-tagger
"""

import argparse
import pathlib
import random
import time

import numpy
import torch
import torch.nn.functional as F
from safetensors.torch import save_file

import data
import model


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


def batch_loss(m, batch, link_weight):
    n = max(len(w.ids) for w in batch)
    ids = torch.zeros(len(batch), n, dtype=torch.long)
    labels = torch.full((len(batch), n), -100)
    mask = torch.zeros(len(batch), n, dtype=torch.bool)
    for k, w in enumerate(batch):
        ids[k, : len(w.ids)] = torch.tensor(w.ids)
        labels[k, : len(w.ids)] = torch.tensor(w.labels)
        mask[k, : len(w.ids)] = True
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = m(ids, mask)
    hidden = m.drop(hidden.float())
    loss = F.cross_entropy(m.head(hidden).flatten(0, 1), labels.flatten(), ignore_index=-100)
    links = []
    for k, w in enumerate(batch):
        p = torch.tensor(w.paragraph)
        links.append(link_loss(m.cue_source, hidden[k], w.cues, w.sources, p, w.cue_source))
        links.append(link_loss(m.content_cue, hidden[k], w.contents, w.cues, p, w.content_cue))
    links = [x for x in links if x is not None]
    link = torch.stack(links).mean() if links else torch.zeros(())
    return loss + link_weight * link, loss.item(), link.item()


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=pathlib.Path, required=True)
    a.add_argument("--out", type=pathlib.Path, required=True)
    a.add_argument("--epochs", type=int, default=5)
    a.add_argument("--batch", type=int, default=16)
    a.add_argument("--rate", type=float, default=2e-4)
    a.add_argument("--link-weight", type=float, default=0.15)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--steps", type=int, help="stop early; for trying things out")
    args = a.parse_args()
    random.seed(args.seed), numpy.random.seed(args.seed), torch.manual_seed(args.seed)

    tokenizer = data.load_tokenizer()
    docs = data.read_jsonl(args.data / "polnear-train.jsonl")
    epochs = [data.epoch(tokenizer, docs, args.seed * 1000 + e) for e in range(args.epochs)]
    batches = [ws[i : i + args.batch] for ws in epochs for i in range(0, len(ws), args.batch)]
    print(f"{len(docs)} documents, {len(epochs[0])} windows, {len(batches)} steps", flush=True)

    m = model.from_base()
    decay = [p for p in m.parameters() if p.dim() > 1]
    plain = [p for p in m.parameters() if p.dim() <= 1]
    groups = [{"params": decay, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=args.rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, args.rate, total_steps=len(batches), pct_start=0.1)
    m.train()
    begun = time.time()
    for step, batch in enumerate(batches[: args.steps]):
        loss, tag, link = batch_loss(m, batch, args.link_weight)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(m.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 20 == 0 or step + 1 == len(batches):
            print(f"step {step} tag {tag:.4f} link {link:.4f} {time.time() - begun:.0f} s", flush=True)
    args.out.mkdir(parents=True, exist_ok=True)
    save_file({k: v.contiguous() for k, v in m.state_dict().items()}, str(args.out / "tagger.safetensors"))
    print(f"saved after {time.time() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
