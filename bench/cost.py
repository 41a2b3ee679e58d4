"""What does an article cost, by its length? Writes docs/cost.svg and prints a table.

python3 bench/cost.py [BINARY]. The texts are the project's own articles, one after another, until there are enough
words; each is read once to warm the disk's cache and then five times. Time is of the whole program, start included.
"""

import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LENGTHS = [200, 800, 2_000, 6_000, 20_000, 60_000, 200_000]
ROUNDS = 5


def example_paragraphs(binary):
    """Those of all example articles, one after another."""
    paragraphs = []
    for page in sorted((ROOT / "examples").glob("*.html")):
        out = subprocess.run([binary, "read", page, "--format", "json", "-q"], check=True, capture_output=True)
        paragraphs += json.loads(out.stdout)["article"]["text"].split("\n\n")
    return paragraphs


def text(paragraphs, n):
    """So many words of them, over and over, cut in the last paragraph."""
    out, left, i = [], n, 0
    while left > 0:
        some = paragraphs[i % len(paragraphs)].split()[:left]
        out.append(" ".join(some))
        left, i = left - len(some), i + 1
    return "\n\n".join(out)


def measure(binary, path):
    """Seconds, and megabytes (10^6 bytes) at most, of all rounds; Linux tells them in units of 1,024 bytes."""
    times, peak = [], 0
    for n in range(ROUNDS + 1):
        start = time.perf_counter()
        process = subprocess.Popen([binary, "read", path, "--format", "json", "-q"], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        assert status == 0, path
        times += [time.perf_counter() - start] if n else []
        peak = max(peak, usage.ru_maxrss * 1024 / 1e6)
    return statistics.median(times), min(times), max(times), peak


def plot(rows):
    """Both axes by powers of ten; the dashed line is in proportion to the words."""
    left, right, top, bottom = 70, 620, 20, 330
    x = lambda n: left + (math.log10(n) - 2) / 3.5 * (right - left)
    y = lambda s: bottom - (math.log10(s) + 2) / 4 * (bottom - top)
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 380" font-family="sans-serif" font-size="13">',
        '<rect width="660" height="380" fill="#fff"/>',
    ]
    for n in [100, 1_000, 10_000, 100_000]:
        parts.append(f'<path d="M{x(n):.1f} {top}V{bottom}" stroke="#ddd"/>')
        parts.append(f'<text x="{x(n):.1f}" y="{bottom + 20}" text-anchor="middle" fill="#333">{n:,}</text>')
    for s in [0.01, 0.1, 1, 10, 100]:
        parts.append(f'<path d="M{left} {y(s):.1f}H{right}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 8}" y="{y(s) + 4:.1f}" text-anchor="end" fill="#333">{s:g} s</text>')
    n0, s0 = rows[-1][0], rows[-1][1]
    line = f"M{x(n0):.1f} {y(s0):.1f}L{x(1000):.1f} {y(s0 * 1000 / n0):.1f}"
    parts.append(f'<path d="{line}" stroke="#888" stroke-dasharray="5 4" fill="none"/>')
    points = " ".join(f"{x(n):.1f},{y(s):.1f}" for n, s, *_ in rows)
    parts.append(f'<polyline points="{points}" stroke="#0a5" stroke-width="2" fill="none"/>')
    parts += [f'<circle cx="{x(n):.1f}" cy="{y(s):.1f}" r="4" fill="#0a5"/>' for n, s, *_ in rows]
    parts.append(f'<text x="{(left + right) / 2}" y="{bottom + 42}" text-anchor="middle" fill="#333">words</text>')
    parts.append("</svg>")
    (ROOT / "docs/cost.svg").write_text("\n".join(parts) + "\n")


def main():
    binary = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "target/release/sayso")
    paragraphs = example_paragraphs(binary)
    rows = []
    print("| words | seconds | least to most | ms for 1,000 words | peak MB |\n|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        for n in LENGTHS:
            path = Path(folder) / f"{n}.txt"
            path.write_text(text(paragraphs, n))
            median, least, most, peak = measure(binary, path)
            rows.append((n, median))
            each = 1e6 * median / n
            print(f"| {n:,} | {median:.2f} | {least:.2f} to {most:.2f} | {each:.0f} | {peak:.0f} |", flush=True)
    plot(rows)


main()
