"""Fit the first look: a linear model over tokens, where a line may be allowed several classes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from cleaners.counting import count
from cleaners.judging.namer.concepts import default_concepts, find_concepts
from cleaners.judging.namer.model import Words, log_softmax
from cleaners.judging.namer.tokens import BUCKETS, tokens_of

Floats = NDArray[np.floating[Any]]
Bools = NDArray[np.bool_]

_DECAY: Final = 0.3
_STEPS: Final = 60
_HIGHEST: Final = 127
_AT_ONCE: Final = 2_000


def matrix(texts: Sequence[str]) -> csr_matrix:
    """The tokens of lines: a row a line, a column a bucket, as `Words` weighs them."""
    rows, columns, values = [], [], []
    for start in range(0, len(texts), _AT_ONCE):
        counted = count(texts[start : start + _AT_ONCE])
        for tokens in tokens_of(counted, find_concepts(counted, default_concepts())):
            for line, bucket in tokens.groups:
                rows.append(line + start)
                columns.append(bucket)
                values.append(1 / np.sqrt(tokens.count[line]))
    found = (np.concatenate(rows), np.concatenate(columns))
    shape = (len(texts), BUCKETS)
    return csr_matrix((np.concatenate(values).astype(np.float32), found), shape=shape)


def fit_words(tokens: csr_matrix, allowed: Bools, weights: Floats) -> Words:
    """The model that finds each line's allowed classes the likeliest, all together.

    Buckets that no line has stay 0.
    """
    used = np.flatnonzero(np.bincount(tokens.indices, minlength=BUCKETS))
    inside = tokens[:, used].tocsr()
    across = inside.T.tocsr()
    size, classes = len(used), allowed.shape[1]
    wanted = allowed.astype(np.float32)

    def loss(flat: Floats) -> tuple[float, Floats]:
        table = flat[:-classes].reshape(size, classes).astype(np.float32)
        logs = log_softmax(inside @ table + flat[-classes:].astype(np.float32))
        likely = np.exp(logs)
        right = likely * wanted
        share = np.maximum(right.sum(axis=1), 1e-12)
        gradient = (likely - right / share[:, None]) * weights[:, None]
        down = across @ gradient + _DECAY * table
        total = -float(weights @ np.log(share)) + _DECAY / 2 * float((table**2).sum())
        return total, np.concatenate((down.ravel(), gradient.sum(axis=0))).astype(np.float64)

    start = np.zeros((size + 1) * classes)
    options = {"maxiter": _STEPS, "maxcor": 8}
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x
    whole = np.zeros((BUCKETS, classes), np.float32)
    whole[used] = found[:-classes].reshape(size, classes)
    return _rounded(whole, found[-classes:].astype(np.float32))


def _rounded(table: Floats, bias: Floats) -> Words:
    """The model with whole numbers in its table, each class with its own scale."""
    scale = np.maximum(np.abs(table).max(axis=0), 1e-6) / _HIGHEST
    return Words(np.round(table / scale).astype(np.int8), scale.astype(np.float32), bias)
