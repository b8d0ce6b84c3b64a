// The ONNX Runtime side of `nabla bench --peers`: the network that pytorch_peer.py exported.
//
// Reads one JSON request a line on standard input and answers with one JSON line:
//   {"do": "load", "folder": DIR, "threads": N}  model.onnx and the input's raw float32 file
//   {"do": "outputs"}                            writes the outputs as y.raw
//   {"do": "time", "steps": N}                   milliseconds of N forward passes
//   {"do": "memory"}                             MiB held at most, over what was held after start-up
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const readline = require("node:readline");

function memory(key) {
  const line = fs.readFileSync("/proc/self/status", "utf8").split("\n").find((l) => l.startsWith(key));
  return parseInt(line.slice(key.length).trim(), 10) / 1024;
}

const ort = require("onnxruntime-node");
const before = memory("VmRSS:");
let folder, session, input;

async function answer(request) {
  switch (request.do) {
    case "load": {
      folder = request.folder;
      session = await ort.InferenceSession.create(path.join(folder, "model.onnx"), {
        intraOpNumThreads: request.threads,
        interOpNumThreads: 1,
        executionMode: "sequential",
        graphOptimizationLevel: "all",
      });
      const { shape } = JSON.parse(fs.readFileSync(path.join(folder, "tensors.json"), "utf8")).x0;
      const raw = fs.readFileSync(path.join(folder, "x0.raw"));
      const values = new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length));
      input = { x: new ort.Tensor("float32", values, shape) };
      return { version: ort.env.versions.node };
    }
    case "outputs": {
      const { y } = await session.run(input);
      fs.writeFileSync(path.join(folder, "y.raw"), Buffer.from(y.data.buffer, y.data.byteOffset, y.data.byteLength));
      return {};
    }
    case "memory":
      return { peak_mb: memory("VmHWM:") - before };
    default: {
      const ms = [];
      for (let i = 0; i < request.steps; i++) {
        const start = process.hrtime.bigint();
        await session.run(input);
        ms.push(Number(process.hrtime.bigint() - start) / 1e6);
      }
      return { ms };
    }
  }
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    process.stdout.write(JSON.stringify(await answer(JSON.parse(line))) + "\n");
  }
})();
