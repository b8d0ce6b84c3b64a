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
    }

    public override string Name { get; }

    public override double Flops { get; }

    /// <summary>The weights are read.</summary>
    public override double Bytes => Math.Max(
        0, (sizeof(float) * (double)_model.Parameters().Sum(p => p.Count)) - Machine.Cache);

    /// <summary>Compiled once the weights were saved, which the packed ones then replace.</summary>
    private CompiledModule Compiled => field ??= _model.Compile(_x, discardParameters: true);

    public override void Save(string folder) => BenchFiles.Write(folder, _model, _x);

    /// <summary>The largest difference of outputs over the largest output.</summary>
    public override double Compare(IReadOnlyList<Peer> peers, string folder)
    {
        var ours = Compiled.Call(_x);
        return peers.Max(peer => BenchFiles.Difference(peer, folder, ours));
    }

    public override double Step()
    {
        Compiled.Call(_x);
        return 0;
    }
}
