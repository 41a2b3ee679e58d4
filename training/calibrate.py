"""How often is an attribution of this confidence right? Points of a rising line, for export.py:

    python3 calibrate.py --data ../../shared/data --out /tmp/small/calibration.json

Measured by the program itself, with weights that were exported without a calibration, on the
tenth of train that nothing is trained on. Right means "same" as in docs/quality.md. The line
is that of isotonic regression (Barlow et al. 1972, pool adjacent violators).
"""

import argparse
import json
import pathlib
import subprocess
import tempfile

import data

# Attributions behind each point of the line, at least.
FEWEST = 60


def pooled(bins):
    """(mean confidence, share right) of neighbouring bins, rising."""
    blocks, block = [], [0, 0, 0.0]
    for b in bins:
        block = [block[0] + b["found"], block[1] + b["hit"], block[2] + b["confidence"]]
        if block[0] >= FEWEST:
            blocks.append(block)
            block = [0, 0, 0.0]
    assert blocks, f"fewer than {FEWEST} attributions"
    blocks[-1] = [x + y for x, y in zip(blocks[-1], block)]
    out = []
    for b in blocks:
        out.append(b)
        while len(out) > 1 and out[-2][1] / out[-2][0] >= out[-1][1] / out[-1][0]:
            last = out.pop()
            out[-1] = [x + y for x, y in zip(out[-1], last)]
    return [(round(c / n, 4), round(hit / n, 4)) for n, hit, c in out]


def check_raw(weights):
    """The program must carry weights without a line, or it would be drawn on twice."""
    with open(weights, "rb") as f:
        header = json.loads(f.read(int.from_bytes(f.read(8), "little")))
    task = json.loads(json.loads(header["__metadata__"]["sayso"])["task"])
    assert task["calibration"] == [], f"{weights} has a calibration already"


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", type=pathlib.Path, required=True)
    a.add_argument("--sayso", default="../target/release/sayso")
    a.add_argument("--out", type=pathlib.Path, required=True)
    a.add_argument("--weights", type=pathlib.Path, default="../models/tagger.safetensors", help="what it carries")
    args = a.parse_args()
    check_raw(args.weights)
    docs = [d for d in data.read_jsonl(args.data / "polnear-train.jsonl") if data.is_held_out(d)]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
        for doc in docs:
            f.write(json.dumps(doc) + "\n")
        f.flush()
        out = subprocess.run([args.sayso, "eval", "polnear", "--json", f.name], check=True, stdout=subprocess.PIPE)
    line = pooled(json.loads(out.stdout)["confidence"]["bins"])
    args.out.write_text(json.dumps(line))
    print(line)


if __name__ == "__main__":
    main()
