// A whole training step as a static graph: recorded once, then replayed without allocating.
using System.Diagnostics;
using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Tensors;

Generator.ManualSeed(1);
var x = Tensor.Randn(64, 32);
var y = x.Square().Sum(1, keepDim: true);

var eager = Train(captured: false);
var replayed = Train(captured: true);
Console.WriteLine($"equal losses: {eager.SequenceEqual(replayed)}");
return eager.SequenceEqual(replayed) ? 0 : 1;

float[] Train(bool captured)
{
    Generator.ManualSeed(2);
    var model = new Sequential(new Linear(32, 64), new Tanh(), new Linear(64, 1));
    var optimizer = new SGD(model, learningRate: 1e-3, momentum: 0.9);
    var loss = new MSELoss();

    // What the step computes may depend on its inputs and on tensors only.
    Tensor[] Step(Tensor[] inputs)
    {
        optimizer.ZeroGrad();
        var error = loss.Call(model.Call(inputs[0]), inputs[1]);
        error.Backward();
        optimizer.Step();
        return [error.Detach()];
    }

    var step = new CapturedStep(Step);
    var losses = new float[50];
    var clock = Stopwatch.StartNew();
    for (var i = 0; i < losses.Length; i++)
    {
        var outputs = captured ? step.Run(x, y) : Step([x, y]);
        losses[i] = outputs[0].Item<float>();
    }
    Console.WriteLine($"{(captured ? "captured" : "eager")}: loss {losses[0]:0.00} to "
        + $"{losses[^1]:0.00}, {clock.Elapsed.TotalMilliseconds / losses.Length:0.000} ms a step");
    return losses;
}
