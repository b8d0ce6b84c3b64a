"""Fits the polynomials of src/Nabla/Kernels/Cpu/VectorMath*.cs.

Remez exchange on a fine grid in 60-digit arithmetic: minimises the largest |weight · (p − f)|.
Needs python3-mpmath and python3-numpy.
"""
import sys

import numpy as np
from mpmath import (
    mp, mpf, atan, cos, erf, erfc, exp, expm1, log, log1p, matrix, lu_solve, pi, sin, sqrt)

mp.dps = 60


def remez(f, weight, low, high, degree, grid=2001, rounds=12):
    """Coefficients of the minimax polynomial of f, and its weighted error."""
    n = degree + 2
    low, high = mpf(low), mpf(high)
    xs = [(low + high) / 2 + (high - low) / 2 * mp.cos(pi * (grid - i) / grid)
          for i in range(grid + 1)]
    fs, ws = [f(x) for x in xs], [weight(x) for x in xs]
    picks = [round(i * grid / (n - 1)) for i in range(n)]
    for _ in range(rounds):
        a, b = matrix(n, n), matrix(n, 1)
        for r, i in enumerate(picks):
            for c in range(degree + 1):
                a[r, c] = xs[i] ** c
            a[r, degree + 1] = (-1) ** r / ws[i]
            b[r] = fs[i]
        solution = lu_solve(a, b)
        coefficients = [solution[c] for c in range(degree + 1)]
        errors = [w * (mp.polyval(coefficients[::-1], x) - y) for x, y, w in zip(xs, fs, ws)]
        # The extremum of every run of equal sign; then the n that are largest and alternate.
        runs, start = [], 0
        for i in range(1, grid + 2):
            if i == grid + 1 or (errors[i] > 0) != (errors[start] > 0):
                runs.append(max(range(start, i), key=lambda j: abs(errors[j])))
                start = i
        while len(runs) > n:
            runs.pop(0 if abs(errors[runs[0]]) < abs(errors[runs[-1]]) else -1)
        if len(runs) < n or runs == picks:
            break
        picks = runs
    return coefficients, max(abs(e) for e in errors)


def fit(name, f, weight, low, high, degree):
    """Fits, rounds the coefficients to float32, and prints both errors."""
    cs, error = remez(f, weight, low, high, degree)
    rounded = [mpf(float(np.float32(float(c)))) for c in cs]
    grid = [low + (high - low) * mpf(i) / 998 for i in range(999)]
    after = max(weight(x) * abs(mp.polyval(rounded[::-1], x) - f(x)) for x in grid if x != 0)
    print(f"{name}: degree {degree}, error 2^{float(mp.log(error, 2)):.2f}, "
          f"rounded 2^{float(mp.log(after, 2)):.2f}")
    print("  " + ", ".join(f"{float(c):.9g}" for c in rounded))


TINY = mpf(10) ** -12


def away(x):
    """Keeps removable singularities at 0 out of the formulas."""
    return x if abs(x) > TINY else TINY


def main(which):
    third = mpf(1) / 3
    if "exp" in which:
        # e^r = 1 + r + r² Q(r) for |r| ≤ ½ log 2 (and some slack).
        h = log(2) / 2 * mpf("1.001")
        fit("exp Q", lambda r: (expm1(away(r)) - away(r)) / away(r) ** 2,
            lambda r: r * r / exp(r), -h, h, 4)
    if "log" in which:
        # log(1 + f) = f − f²/2 + f³ P(f) for f in −⅓ … ⅓.
        fit("log P", lambda x: (log1p(away(x)) - away(x) + away(x) ** 2 / 2) / away(x) ** 3,
            lambda x: abs(away(x) ** 3 / log1p(away(x))), -third, third, 7)
    if "sin" in which:
        q = (pi / 4) ** 2 * mpf("1.001")
        fit("sin S", lambda z: (sin(sqrt(away(z))) / sqrt(away(z)) - 1) / away(z),
            lambda z: abs(z * sqrt(away(z)) / sin(sqrt(away(z)))), TINY, q, 2)
        fit("cos C", lambda z: (cos(sqrt(away(z))) - 1 + away(z) / 2) / away(z) ** 2,
            lambda z: z * z, TINY, q, 2)
    if "atan" in which:
        # atan t = t + t³ A(t²) for t in 0 … 1.
        fit("atan A", lambda z: (atan(sqrt(away(z))) / sqrt(away(z)) - 1) / away(z),
            lambda z: abs(away(z) * sqrt(away(z)) / atan(sqrt(away(z)))), TINY, mpf(1), 8)
    if "erf" in which:
        # erf x = x + x E(x²) below the cut; 1 − exp(−(x + x T(x))) above it.
        cut = mpf("0.921875")
        fit("erf E", lambda z: erf(sqrt(away(z))) / sqrt(away(z)) - 1,
            lambda z: abs(sqrt(away(z)) / erf(sqrt(away(z)))), TINY, cut ** 2, 6)
        fit("erf T", lambda x: (-log(1 - erf(x)) - x) / x,
            lambda x: x * (1 - erf(x)) / erf(x), cut, mpf(4), 7)
    if "normal" in which:
        # (1 − Φ(x)) e^(x²/2) = (1 − s) N(s), s = c x/(1 + c x), for x in 0 … 15, with the c that
        # fits best.
        c = mpf("0.345")

        def tail(s):
            x = s / (1 - s) / c
            return erfc(x / sqrt(2)) / 2 * exp(x * x / 2) / (1 - s)
        fit("normal N", tail, lambda s: 1 / tail(s), mpf(0), 15 * c / (1 + 15 * c), 8)
    if "log2" in which:
        # log2 m = c·(s + s³/3 + s⁵ L(s²)), s = (m − 1)/(m + 1), c = 2/log 2.
        top = (mpf("0.2") * mpf("1.001")) ** 2
        fit("log2 L",
            lambda z: (mp.atanh(sqrt(away(z))) / sqrt(away(z)) - 1 - away(z) / 3) / away(z) ** 2,
            lambda z: z * z, TINY, top, 2)
    if "exp2" in which:
        # 2^r = 1 + r X(r) for |r| ≤ ½.
        fit("exp2 X", lambda r: (mpf(2) ** away(r) - 1) / away(r),
            lambda r: abs(r) / mpf(2) ** r, mpf("-0.5005"), mpf("0.5005"), 6)


if __name__ == "__main__":
    main(sys.argv[1:] or ["exp", "log", "sin", "atan", "erf", "normal", "log2", "exp2"])
