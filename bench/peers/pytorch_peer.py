"""The PyTorch side of `nabla bench --peers`: same network, same weights, same data.

Reads one JSON request a line on standard input and answers with one JSON line:
  {"do": "load", "workload": NAME, "folder": DIR}  weights and batches as raw files; an inference
                                                   workload is exported there as model.onnx
  {"do": "losses", "steps": N}                     losses of the first N training steps
  {"do": "outputs"}                                writes a product as y.raw
  {"do": "time", "steps": N}                       milliseconds of N timed steps, each reading its loss
  {"do": "memory"}                                 MiB held at most, over what was held after start-up
"""
import json
import os
import sys
import time

import numpy
import torch
from torch import nn

import networks


def tensors(folder):
    """All tensors that Nabla wrote, by name."""
    with open(os.path.join(folder, "tensors.json")) as listing:
        entries = json.load(listing)
    return {
        name: torch.from_numpy(numpy.fromfile(
            os.path.join(folder, name + ".raw"), entry["type"]).reshape(entry["shape"]))
        for name, entry in entries.items()}


class Training:
    def __init__(self, workload, folder, channels_last):
        known = tensors(folder)
        self.x, self.y = known.pop("x0"), known.pop("x1")
        self.model = networks.make(workload)
        # In place of copies, so that memory holds the weights once.
        for name, parameter in self.model.named_parameters():
            assert parameter.shape == known[name].shape, name
            parameter.data = known[name]
        if channels_last:
            self.model = self.model.to(memory_format=torch.channels_last)
            self.x = self.x.to(memory_format=torch.channels_last)
        parameters = self.model.parameters()
        if workload.startswith("transformer"):
            self.optimizer = torch.optim.AdamW(parameters, lr=1e-3)
        elif "adam" in workload or workload.startswith("char-"):
            self.optimizer = torch.optim.Adam(parameters, lr=1e-3)
        else:
            shallow = workload.startswith(("mlp", "lenet"))
            deep = workload.startswith("mobilenetv2")
            self.optimizer = torch.optim.SGD(
                parameters, lr=0.1 if shallow else 1e-6 if deep else 1e-4, momentum=0.9)
        self.loss = nn.CrossEntropyLoss()

    def step(self):
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss(self.model(self.x), self.y)
        loss.backward()
        self.optimizer.step()
        return loss.item()


class Product:
    def __init__(self, folder):
        known = tensors(folder)
        self.a, self.b = known["x0"], known["x1"]
        self.c = torch.empty(self.a.shape[0], self.b.shape[1])
        self.folder = folder

    def step(self):
        torch.mm(self.a, self.b, out=self.c)
        return 0.0

    def write_outputs(self):
        self.step()
        self.c.numpy().tofile(os.path.join(self.folder, "y.raw"))


def export(workload, folder):
    known = tensors(folder)
    x = known.pop("x0")
    model = networks.make(workload)
    model.load_state_dict(known)
    torch.onnx.export(model.eval(), x, os.path.join(folder, "model.onnx"), input_names=["x"],
                      output_names=["y"], opset_version=13)


def load(workload, folder, channels_last):
    if workload.startswith("gemm-"):
        return Product(folder)
    if workload.startswith("infer-"):
        return export(workload, folder)
    return Training(workload, folder, channels_last)


def memory(key):
    with open("/proc/self/status") as status:
        line = next(line for line in status if line.startswith(key))
    return int(line.split()[1]) / 1024


def version():
    """PyTorch's version, with a warning: OpenBLAS with threads of its own competes with OpenMP's."""
    torch.mm(torch.ones(2, 2), torch.ones(2, 2))
    with open("/proc/self/maps") as maps:
        pthreads = "openblas-pthread" in maps.read()
    return torch.__version__ + (" with OpenBLAS on pthreads, which is slower" if pthreads else "")


def main():
    before = memory("VmRSS:")
    torch.set_num_threads(int(os.environ.get("NABLA_PEER_THREADS", "2")))
    work = None
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "load":
            work = load(request["workload"], request["folder"], request.get("channels_last", False))
            answer = {"version": version()}
        elif request["do"] == "losses":
            answer = {"losses": [work.step() for _ in range(request["steps"])]}
        elif request["do"] == "outputs":
            work.write_outputs()
            answer = {}
        elif request["do"] == "memory":
            answer = {"peak_mb": memory("VmHWM:") - before}
        else:
            times = []
            for _ in range(request["steps"]):
                start = time.perf_counter()
                work.step()
                times.append((time.perf_counter() - start) * 1e3)
            answer = {"ms": times}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
