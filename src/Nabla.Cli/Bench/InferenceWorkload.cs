using Nabla.Autograd;
using Nabla.Models;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Cli.Bench;

/// <summary>A compiled forward pass.</summary>
internal sealed class InferenceWorkload : Workload
{
    private readonly Module<Tensor, Tensor> _model;
    private readonly Tensor _x;
    private readonly CompiledModule _compiled;

    public InferenceWorkload(string name, string model, int batch, int size)
    {
        Name = name;
        Generator.ManualSeed(1);
        var entry = ModelZoo.Find(model);
        _model = entry.Create(entry.Classes);
        foreach (var norm in _model.Modules().OfType<BatchNorm>())
        {
            // As after training, so that folding them away is seen to be right.
            Init.Normal(norm.RunningMean!, 0, 0.1);
            Init.Uniform(norm.RunningVar!, 0.5, 1.5);
        }
        _model.Eval();
        _x = Tensor.Randn(batch, entry.Input[0], size, size);
        Flops = 2.0 * ModuleSummary.Of(_model, _x.Shape).MultiplyAdds;
        _compiled = _model.Compile(_x);
    }

    public override string Name { get; }

    public override double Flops { get; }

    public override void Save(string folder) => BenchFiles.Write(folder, _model, _x);

    /// <summary>The largest difference of outputs over the largest output.</summary>
    public override double? Compare(Peer peer, string folder)
    {
        peer.WriteOutputs();
        var expected = BenchFiles.Read(folder, "y");
        var ours = _compiled.Call(_x).ToArray<float>();
        return ours.Length != expected.Length ? double.PositiveInfinity
            : ours.Zip(expected, (a, b) => Math.Abs((double)a - b)).Max()
                / expected.Max(v => Math.Abs((double)v));
    }

    public override double Step()
    {
        _compiled.Call(_x);
        return 0;
    }
}
