"""Writes Tensors/Promotion.txt: torch.result_type of every pair of operands, one pair a line.

An operand is a type and a kind: "dims" (a tensor with dimensions), "none" (a tensor without), or
"number" (a Python number). Run it with a Python that has torch.
"""

import pathlib

import torch

TYPES = ["float32", "float64", "float16", "bfloat16", "int64", "int32", "uint8", "bool"]


def operands():
    for name in TYPES:
        dtype = getattr(torch, name)
        yield f"{name} dims", torch.ones(2, dtype=dtype)
        yield f"{name} none", torch.ones((), dtype=dtype)
    yield "float32 number", 1.5
    yield "int64 number", 1


def main():
    lines = []
    for a, x in operands():
        for b, y in operands():
            result = str(torch.result_type(x, y)).removeprefix("torch.")
            lines.append(f"{a}, {b}: {result}\n")
    folder = pathlib.Path(__file__).parent / "Tensors"
    folder.mkdir(exist_ok=True)
    (folder / "Promotion.txt").write_text("".join(lines), encoding="utf-8")


main()
