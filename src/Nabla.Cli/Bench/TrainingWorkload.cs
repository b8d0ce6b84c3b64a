using System.Runtime.InteropServices;
using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Nn;
using Nabla.Optim;
using Nabla.Tensors;

namespace Nabla.Cli.Bench;

/// <summary>A training step: forward, backward, update.</summary>
internal sealed class TrainingWorkload : Workload
{
    private readonly Func<Module<Tensor, Tensor>> _make;
    private readonly Func<Module<Tensor, Tensor>, Optimizer> _optimizer;
    private readonly bool _eager;
    private readonly CrossEntropyLoss _loss = new();
    private readonly Tensor[] _batch;
    private readonly Dictionary<string, float[]> _weights;
    private Func<Tensor[], Tensor[]> _step = x => x;
    private CapturedStep? _captured;

    public TrainingWorkload(string name, int batch, bool eager,
        Func<Module<Tensor, Tensor>> make, Func<Module<Tensor, Tensor>, Optimizer> optimizer)
    {
        Name = name;
        _make = make;
        _optimizer = optimizer;
        _eager = eager;
        var random = new Random(1);
        var x = new float[batch * 784];
        var y = new long[batch];
        for (var i = 0; i < batch; i++)
        {
            y[i] = random.Next(10);
            for (var j = 0; j < 784; j++)
            {
                // Ten noisy patterns: something there is to learn.
                x[(i * 784) + j] = ((j * (y[i] + 3) % 29) / 29f) + (random.NextSingle() * 0.5f);
            }
        }
        _batch = [Tensor.From(x, new Shape(batch, 1, 28, 28)), Tensor.From(y, new Shape(batch))];
        Nabla.Ops.Generator.ManualSeed(1);
        var model = make();
        Flops = FlopsOf(ModuleSummary.Of(model, _batch[0].Shape));
        _weights = model.NamedParameters().ToDictionary(
            p => p.Name, p => p.Parameter.ToArray<float>());
        Reset();
    }

    public override string Name { get; }

    public override double Flops { get; }

    public override bool HasImages => Name.StartsWith("lenet", StringComparison.Ordinal);

    public override void Save(string folder)
    {
        foreach (var (name, values) in _weights)
        {
            var plain = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
            File.WriteAllBytes(Path.Combine(folder, plain + ".f32"),
                MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        }
        File.WriteAllBytes(Path.Combine(folder, "x.f32"),
            MemoryMarshal.AsBytes(_batch[0].ToArray<float>().AsSpan()).ToArray());
        File.WriteAllBytes(Path.Combine(folder, "y.i64"),
            MemoryMarshal.AsBytes(_batch[1].ToArray<long>().AsSpan()).ToArray());
    }

    public override void Reset()
    {
        var model = _make();
        foreach (var (name, parameter) in model.NamedParameters())
        {
            _weights[name].CopyTo(parameter.AsSpan<float>());
        }
        var optimizer = _optimizer(model);
        _step = x =>
        {
            optimizer.ZeroGrad();
            var loss = _loss.Call((model.Call(x[0]), x[1]));
            loss.Backward();
            optimizer.Step();
            return [loss];
        };
        _captured = _eager ? null : new CapturedStep(_step);
    }

    public override double Step()
    {
        if (_captured is null)
        {
            return _step(_batch)[0].Item();
        }
        if (!_captured.TryReplay(_batch))
        {
            throw new InvalidOperationException(
                $"{Name} was not captured: {_captured.BreakReason}");
        }
        return _captured.Outputs[0].Item();
    }

    /// <summary>Forward, both gradients of each layer; the first layer's input needs none. An
    /// update's work is small beside it.</summary>
    private static double FlopsOf(ModuleSummary summary) => 2.0 * ((3 * summary.MultiplyAdds)
        - summary.Layers.First(layer => layer.MultiplyAdds > 0).MultiplyAdds);
}
