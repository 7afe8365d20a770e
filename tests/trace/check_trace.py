#!/usr/bin/env python3
"""Checks a trace file with numpy alone: nothing of Headlight is used to read it or to compute.

    headlight trace --model reader --text "..." --out t.safetensors
    python3 tests/trace/check_trace.py t.safetensors

Prints the largest error of each identity; exit status 1 when one is beyond float rounding, or when the check does not notice
a cell that it alters itself.
"""
import json
import struct
import sys

import numpy as np


def read(path):
    with open(path, "rb") as file:
        length = struct.unpack("<Q", file.read(8))[0]
        header = json.loads(file.read(length))
        data = file.read()
    metadata = header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        assert entry["dtype"] == "F32", name
        tensors[name] = np.frombuffer(data[begin:end], "<f4").reshape(entry["shape"]).astype(np.float64)
    return metadata, tensors


def softmax(scores):
    exponentials = np.exp(scores - scores.max(-1, keepdims=True))
    return exponentials / exponentials.sum(-1, keepdims=True)


def identities(stack, t):
    """Name, both sides, and what one rounding error of the recorded float32 numbers may amount to."""
    q, k, v = (t[f"{stack}.{name}"] for name in ("queries", "keys", "values"))
    scores, weights, context = (t[f"{stack}.{name}"] for name in ("scores", "weights", "context"))
    eps = np.finfo(np.float32).eps
    width = q.shape[-1]
    yield "rows sum to 1", weights.sum(-1), np.ones(weights.shape[:-1]), 4 * eps * np.ones(weights.shape[:-1])
    # exp carries an absolute error of a score into a relative one of its weight.
    size = 1 + np.abs(scores).max(-1, keepdims=True)
    yield "softmax(scores) = weights", softmax(scores), weights, 4 * eps * size * weights + 1e-30
    product = np.einsum("lhnd,lhmd->lhnm", q, k) / np.sqrt(width)
    terms = np.einsum("lhnd,lhmd->lhnm", np.abs(q), np.abs(k)) / np.sqrt(width)
    yield "queries x keys / sqrt(d) = scores", product, scores, 4 * eps * terms
    terms = np.einsum("lhnm,lhmd->lhnd", weights, np.abs(v))
    yield "weights x values = context", np.einsum("lhnm,lhmd->lhnd", weights, v), context, 4 * eps * terms


def check(tensors):
    good = True
    for name in [name for name in tensors if name.endswith(".weights")]:
        stack = name.removesuffix(".weights")
        for identity, left, right, allowed in identities(stack, tensors):
            error = np.abs(left - right)
            fine = bool((error <= allowed).all())
            good &= fine
            print(f"{stack}: {identity:36} {str(left.shape):18} largest error {error.max():.2e}  "
                  f"({(error / allowed).max():.2f} of what rounding allows){'' if fine else '  WRONG'}")
    return good


metadata, tensors = read(sys.argv[1])
print(metadata["model"], metadata["format"], metadata["version"], "|", metadata["text"])
print(" ".join(json.loads(metadata["tokens"])))
good = check(tensors)

print("the same with one recorded weight altered by 0.001 (must be noticed):")
altered = dict(tensors)
name = next(name for name in tensors if name.endswith(".weights"))
altered[name] = altered[name].copy()
altered[name][-1, 0, 0, 0] += 1e-3
noticed = not check(altered)
print("passed" if good and noticed else "FAILED")
sys.exit(0 if good and noticed else 1)
