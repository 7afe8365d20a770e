"""Head metrics, similarity and rollout of a saved trace, computed from their definitions with numpy alone.

usage: metrics_oracle.py TRACE MODEL RELATIONS: two safetensors files and "kind query key ..." triples.
Prints one JSON document. Shares no code with the engine.
"""

import json
import struct
import sys

import numpy as np

TYPES = {"F32": np.float32, "F16": np.float16}


def read(path):
    with open(path, "rb") as file:
        content = file.read()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    data = content[8 + length :]
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        if entry["dtype"] in TYPES:
            tensors[name] = (
                np.frombuffer(data[begin:end], TYPES[entry["dtype"]]).reshape(entry["shape"]).astype(np.float64)
            )
    return tensors, metadata


def entropy(p):
    safe = np.where(p > 0, p, 1)
    return -(p * np.log2(safe)).sum(axis=-1)


def divergence(p, q):
    return (entropy((p + q) / 2) - (entropy(p) + entropy(q)) / 2).mean()


def metrics(a, values, output, tokens, special, relations):
    n = len(a)
    i = np.arange(n)[:, None]
    j = np.arange(n)[None, :]
    far = np.abs(i - j)
    same = np.array(tokens)[:, None] == np.array(tokens)[None, :]
    words = ~np.array(special)
    earlier = same & (j < i) & words[:, None] & words[None, :]
    shifted = np.zeros_like(earlier)
    shifted[:, 1:] = earlier[:, :-1]
    repeated = earlier.any(axis=1)
    length = np.linalg.norm(values @ output.T, axis=1)
    norms = a * length[None, :]
    found = {
        "entropy": entropy(a).mean(),
        "largest-weight": a.max(axis=1).mean(),
        "mean-distance": (a * far).sum(axis=1).mean(),
        "diagonality": (1 - (a * far).sum(axis=1) / far.max(axis=1)).mean(),
        "previous": np.diagonal(a, -1).mean(),
        "next": np.diagonal(a, 1).mean(),
        "same": np.diagonal(a).mean(),
        "first": a[:, 0].mean(),
        "special": a[:, special].sum(axis=1).mean(),
        "induction": (a * shifted).sum(axis=1)[repeated].mean(),
        "duplicate": (a * earlier).sum(axis=1)[repeated].mean(),
        "value-norm": norms.sum(axis=1).mean(),
        "value-norm-special": (norms[:, special].sum(axis=1) / norms.sum(axis=1)).mean(),
    }
    names = {"pronoun-antecedent": "pronoun-antecedent", "verb-subject": "verb-subject", "painted": "relation"}
    for kind, name in names.items():
        pairs = [(q, k) for which, q, k in relations if which == kind]
        found[name] = np.mean([a[q, k] for q, k in pairs])
        found[name + "-strongest"] = np.mean([float(a[q].argmax() == k) for q, k in pairs])
    return {name: float(value) for name, value in found.items()}


def main():
    trace, metadata = read(sys.argv[1])
    model, _ = read(sys.argv[2])
    words = sys.argv[3].split()
    relations = [(words[at], int(words[at + 1]), int(words[at + 2])) for at in range(0, len(words), 3)]
    tokens = json.loads(metadata["tokens"])
    special = [token.startswith("[") for token in tokens]
    weights = trace["encoder.weights"]  # (L, H, n, n)
    layers, heads, n, _ = weights.shape
    result = {"metrics": {}, "similarity": [], "rollout": []}
    for layer in range(layers):
        dense = model[f"bert.encoder.layer.{layer}.attention.output.dense.weight"]
        width = dense.shape[1] // heads
        for head in range(heads):
            result["metrics"][f"encoder.{layer}.head.{head}"] = metrics(
                weights[layer, head],
                trace["encoder.values"][layer, head],
                dense[:, head * width : (head + 1) * width],
                tokens,
                special,
                relations,
            )
    flat = weights.reshape(layers * heads, n, n)
    result["similarity"] = [[float(divergence(p, q)) for q in flat] for p in flat]
    product = np.eye(n)
    for layer in range(layers):
        product = (0.5 * weights[layer].mean(axis=0) + 0.5 * np.eye(n)) @ product
        result["rollout"].append(product.ravel().tolist())
    json.dump(result, sys.stdout)


main()
