"""The PyTorch side of `nabla bench --peers`: same network, same weights, same data.

Reads one JSON request a line on standard input and answers with one JSON line:
  {"do": "load", "workload": NAME, "folder": DIR}  weights and batches as raw float32 files
  {"do": "losses", "steps": N}                     losses of N training steps from the start
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


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.Sigmoid(), nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5), nn.Sigmoid(), nn.AvgPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), nn.Sigmoid(), nn.Linear(120, 84), nn.Sigmoid(), nn.Linear(84, 10))


def mlp():
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))


class Training:
    def __init__(self, make, optimizer, folder, channels_last):
        self.folder, self.make, self.optimizer = folder, make, optimizer
        self.channels_last = channels_last
        self.reset()

    def reset(self):
        self.model = self.make()
        for name, parameter in self.model.named_parameters():
            raw = numpy.fromfile(os.path.join(self.folder, name + ".f32"), numpy.float32)
            parameter.data = torch.from_numpy(raw.reshape(parameter.shape))
        x = numpy.fromfile(os.path.join(self.folder, "x.f32"), numpy.float32)
        y = numpy.fromfile(os.path.join(self.folder, "y.i64"), numpy.int64)
        self.x = torch.from_numpy(x.reshape(len(y), 1, 28, 28))
        self.y = torch.from_numpy(y)
        if self.channels_last:
            self.model = self.model.to(memory_format=torch.channels_last)
            self.x = self.x.to(memory_format=torch.channels_last)
        self.optim = self.optimizer(self.model.parameters())
        self.loss = nn.CrossEntropyLoss()

    def step(self):
        self.optim.zero_grad(set_to_none=True)
        loss = self.loss(self.model(self.x), self.y)
        loss.backward()
        self.optim.step()
        return loss.item()


class Product:
    def __init__(self, n):
        self.a, self.b = torch.randn(n, n), torch.randn(n, n)
        self.c = torch.empty(n, n)

    def reset(self):
        pass

    def step(self):
        torch.mm(self.a, self.b, out=self.c)
        return 0.0


def load(workload, folder, channels_last):
    if workload.startswith("gemm-"):
        return Product(int(workload.split("-")[1]))
    sgd = lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9)
    adam = lambda p: torch.optim.Adam(p, lr=1e-3)
    make = lenet if workload.startswith("lenet") else mlp
    return Training(make, adam if "adam" in workload else sgd, folder, channels_last)


def memory(key):
    with open("/proc/self/status") as status:
        line = next(line for line in status if line.startswith(key))
    return int(line.split()[1]) / 1024


def main():
    before = memory("VmRSS:")
    torch.set_num_threads(int(os.environ.get("NABLA_PEER_THREADS", "2")))
    work = None
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "load":
            work = load(request["workload"], request["folder"], request.get("channels_last", False))
            answer = {"version": torch.__version__}
        elif request["do"] == "losses":
            work.reset()
            answer = {"losses": [work.step() for _ in range(request["steps"])]}
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
