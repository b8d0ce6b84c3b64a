"""Computes reference values with PyTorch: evaluate.py QUESTIONS.json ANSWERS.json.

A question is an expression of x0, x1 ... with the arguments' types, shapes and values; the answer
holds the outputs and the gradients of sum(output * cotangent). Floats are computed in float64.
Run it through ./test --goldens.
"""

import json
import math
import re
import sys
import textwrap

import torch
import torch.nn.functional as F

TYPES = {
    "float64": torch.float64,
    "int64": torch.int64,
    "int32": torch.int32,
    "uint8": torch.uint8,
    "bool": torch.bool,
}


def cotangent(y, output):
    """Numeric.Cotangent of the C# tests."""
    i = torch.arange(y.numel(), dtype=torch.int64)
    return (((i * 37 + output * 11) % 41 - 19.5) / 16).to(y.dtype).reshape(y.shape)


def function(expression, count):
    body = expression if re.search(r"\breturn ", expression) else "return " + expression
    names = ", ".join(f"x{i}" for i in range(count))
    scope = {"torch": torch, "F": F, "math": math}
    exec(f"def f({names}):\n" + textwrap.indent(body, "    "), scope)
    return scope["f"]


def text(y):
    numbers = y.detach().reshape(-1).to(torch.float64).tolist()
    return {
        "type": str(y.dtype).removeprefix("torch."),
        "shape": list(y.shape),
        "values": " ".join("%.10g" % number for number in numbers),
    }


def answer(question):
    x = []
    for item in question["inputs"]:
        numbers = [float(number) for number in item["values"]]  # "NaN" and "Infinity" are strings
        tensor = torch.tensor(numbers, dtype=torch.float64).to(TYPES[item["type"]])
        tensor = tensor.reshape(item["shape"])
        x.append(tensor.requires_grad_(question["differentiable"] and item["has_gradient"]))
    y = function(question["torch"], len(x))(*x)
    y = list(y) if isinstance(y, (tuple, list)) else [y]
    gradients = [None] * len(x)
    roots = [(k, out) for k, out in enumerate(y) if out.requires_grad]
    wanted = [i for i, item in enumerate(x) if item.requires_grad]
    if roots and wanted:
        found = torch.autograd.grad(
            [out for _, out in roots],
            [x[i] for i in wanted],
            [cotangent(out, k) for k, out in roots],
            allow_unused=True,
        )
        for i, gradient in zip(wanted, found):
            gradients[i] = None if gradient is None else text(gradient)
    return {"outputs": [text(out) for out in y], "gradients": gradients}


def main():
    torch.manual_seed(0)
    with open(sys.argv[1], encoding="utf-8") as file:
        questions = json.load(file)
    answers = []
    for question in questions:
        result = {"tests": question["tests"], "key": question["key"]}
        try:
            result |= answer(question)
        except Exception as error:
            result["error"] = f"{type(error).__name__}: {error}"
        answers.append(result)
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump(answers, file)


main()
