"""Writes the weights file that the program carries, from trained weights:

    python3 export.py --data ../../shared/data --weights /tmp/small/tagger.safetensors \
        --calibration calibration.json --out ../models/tagger.safetensors

Matrices of the encoder become int8 with a scale per row (symmetric, largest
magnitude 127); heads, norms and biases stay f32. The format is described in
`crates/sayso-nn/src/file.rs`.
"""

import argparse
import collections
import hashlib
import json
import pathlib
import re

import torch
from safetensors.torch import load_file, save_file

import data
import model

FORMAT = 2
# A word is a cue candidate when it was in a cue this often, and in this share of its occurrences.
CUE_COUNT, CUE_SHARE = 2, 0.1


def quantized(weight):
    scale = weight.abs().amax(1) / 127
    safe = torch.where(scale > 0, scale, torch.ones_like(scale))
    return (weight / safe[:, None]).round().clamp(-127, 127).to(torch.int8), scale


def cue_words(docs):
    """Words that announce an attribution; the second pass looks only where one stands."""
    inside, everywhere = collections.Counter(), collections.Counter()
    for doc in docs:
        everywhere.update(w.lower() for w in re.findall(r"[A-Za-z]+", doc["text"]))
        for a in doc["attributions"]:
            for s, e in a["cue"]:
                inside.update(w.lower() for w in re.findall(r"[A-Za-z]+", doc["text"][s:e]))
    return sorted(w for w, n in inside.items() if n >= CUE_COUNT and n >= CUE_SHARE * everywhere[w])


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=pathlib.Path, required=True)
    a.add_argument("--weights", type=pathlib.Path, required=True)
    a.add_argument("--calibration", type=pathlib.Path, help="from calibrate.py")
    a.add_argument("--out", type=pathlib.Path, required=True)
    args = a.parse_args()

    base = json.loads((model.base_folder() / "config.json").read_text())
    keep = ["vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers",
            "num_attention_heads", "max_position_embeddings", "layer_norm_eps"]
    config = json.dumps({k: base[k] for k in keep}, sort_keys=True)
    task = json.dumps({
        "labels": model.LABELS,
        "window": data.WINDOW,
        "link_dim": model.LINK_DIM,
        "distances": model.DISTANCES,
        "cue_words": cue_words(d for d in data.read_jsonl(args.data / "polnear-train.jsonl") if not data.is_held_out(d)),
        "calibration": json.loads(args.calibration.read_text()) if args.calibration else [],
        "tokenizer": data.load_tokenizer().to_str(),
    }, sort_keys=True, ensure_ascii=False)

    tensors = {}
    for name, weight in load_file(str(args.weights)).items():
        if name.startswith("to_teacher."):
            continue
        encoder = name.startswith(("words.", "positions.", "layers."))
        if encoder and weight.dim() == 2:
            tensors[name], tensors[name.removesuffix("weight") + "scale"] = quantized(weight)
        else:
            tensors[name] = weight.float()
    digest = hashlib.sha256((config + task).encode())
    for name in sorted(tensors):
        digest.update(tensors[name].numpy().tobytes())
    header = json.dumps({"format": FORMAT, "sha256": digest.hexdigest(), "config": config, "task": task},
                        ensure_ascii=False)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    save_file({k: v.contiguous() for k, v in tensors.items()}, str(args.out), metadata={"sayso": header})
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.1f} MB, sha256 {digest.hexdigest()}")


if __name__ == "__main__":
    main()
