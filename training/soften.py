"""Writes the teacher's soft labels of each word piece, for train.py --soft:

    python3 soften.py --data ../../shared/data --weights /tmp/teacher/tagger.safetensors \
        --teacher /tmp/mpnet --out /tmp/soft.pt

Over the training documents and over news and other prose without labels. For each piece:
the probabilities of the labels, and the last layer's vector.
"""

import argparse
import gzip
import json
import pathlib
import random
import subprocess
import tarfile
import tempfile

import torch

import data
import model
import teacher
from train import padded

# Genres of GUM whose texts may be in something that ships.
GUM = ("news", "interview", "bio", "voyage", "academic", "court", "textbook", "vlog", "speech")


def pages(sayso, archive):
    """The articles of web pages, as the program reads them."""
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(archive) as t:
            for member in t.getmembers():
                if member.name.endswith(".html.gz"):
                    name = pathlib.Path(member.name).name.removesuffix(".gz")
                    (pathlib.Path(folder) / name).write_bytes(gzip.decompress(t.extractfile(member).read()))
        tokens = [sayso, "tokens", "-q", "--format", "json", folder]
        out = subprocess.run(tokens, check=True, stdout=subprocess.PIPE)
    return [json.loads(line)["text"] for line in out.stdout.decode().split("\n") if line]


def gum(path):
    with gzip.open(path, "rt", encoding="utf-8") as f:
        return [d["text"] for d in map(json.loads, f) if d["genre"] in GUM]


def unlabelled(args):
    texts = []
    for name in ("bump-task1", "bump-task2", "summedits-news", "qags-cnndm"):
        texts += [d["source_text"] for d in data.read_jsonl(args.data / f"check-{name}-dev.jsonl")]
    texts += pages(args.sayso, args.data / "article-extraction-dev.tar.gz")
    texts += gum(args.data / "gum-train.jsonl.gz")
    clean = (t.replace("\r", "").strip() for t in texts)
    return list(dict.fromkeys(t for t in clean if t))


def judge(m, tokenizer, articles):
    """For each article: probabilities (pieces, labels) and vectors (pieces, d), 16 bits."""
    sizes = [sum(len(p.ids) for p in a.parts) for a in articles]
    labels = [torch.zeros(n, len(model.LABELS), dtype=torch.float16) for n in sizes]
    vectors = [torch.zeros(n, m.head.in_features, dtype=torch.float16) for n in sizes]
    ws = [w for k, a in enumerate(articles) for w in data.windows(tokenizer, a, k)]
    ws.sort(key=lambda w: len(w.ids))
    with torch.no_grad():
        for at in range(0, len(ws), 16):
            batch = ws[at : at + 16]
            ids, _, mask = padded(batch)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                hidden = m(ids, mask)
            hidden = hidden.float()
            p = m.head(hidden).softmax(-1)
            for k, w in enumerate(batch):
                real = torch.tensor([i for i, piece in enumerate(w.piece) if piece >= 0])
                where = torch.tensor([w.piece[i] for i in real])
                labels[w.article][where] = p[k, real].half()
                vectors[w.article][where] = hidden[k, real].half()
            if at % 800 == 0:
                print(f"{at} of {len(ws)} windows", flush=True)
    return labels, vectors


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=pathlib.Path, required=True)
    a.add_argument("--sayso", default="../target/release/sayso", help="the program, for its tokens")
    a.add_argument("--weights", type=pathlib.Path, required=True)
    a.add_argument("--teacher", type=pathlib.Path, required=True)
    a.add_argument("--out", type=pathlib.Path, required=True)
    args = a.parse_args()
    tokenizer = data.load_tokenizer()
    m = teacher.from_base(args.teacher, tokenizer)
    model.load_weights(m, args.weights)
    m.eval()
    docs = [d for d in data.read_jsonl(args.data / "polnear-train.jsonl") if not data.is_held_out(d)]
    texts = unlabelled(args)
    random.Random(1).shuffle(texts)
    articles = data.articles(tokenizer, args.sayso, docs + [{"text": text} for text in texts])
    print(f"{len(docs)} documents, {len(texts)} texts without labels", flush=True)
    labels, vectors = judge(m, tokenizer, articles)
    torch.save({"texts": texts, "labels": labels, "vectors": vectors}, args.out)


if __name__ == "__main__":
    main()
