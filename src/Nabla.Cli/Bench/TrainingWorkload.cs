using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Tensors;

namespace Nabla.Cli.Bench;

/// <summary>A training step: forward, backward, update.</summary>
internal sealed class TrainingWorkload : Workload
{
    private const int Losses = 20;

    private readonly Module<Tensor, Tensor> _model;
    private readonly Tensor[] _batch;
    private readonly Func<Tensor[], Tensor[]> _step;
    private readonly CapturedStep? _captured;

    /// <summary>Makes a step with first weights that are always the same.</summary>
    /// <param name="name">The row's name.</param>
    /// <param name="eager">Whether it runs without capture.</param>
    /// <param name="batch">Inputs and targets.</param>
    /// <param name="make">Makes the network.</param>
    /// <param name="optimizer">Makes its optimizer.</param>
    /// <param name="multiplyAdds">Multiply-adds of a forward pass, where a summary of the network
    /// cannot tell them.</param>
    public TrainingWorkload(string name, bool eager, Tensor[] batch,
        Func<Module<Tensor, Tensor>> make, Func<Module<Tensor, Tensor>, Optimizer> optimizer,
        double? multiplyAdds = null)
    {
        Name = name;
        _batch = batch;
        Generator.ManualSeed(1);
        _model = make();
        Flops = multiplyAdds is { } known
            ? 2 * 3 * known
            : FlopsOf(ModuleSummary.Of(_model, batch[0].Shape));
        var update = optimizer(_model);
        var weights = sizeof(float) * (double)_model.Parameters().Sum(p => p.Count);
        var state = weights * (update is Adam ? 2 : 1);
        Bytes = Math.Max(0, weights + state - Machine.Cache) / (weights + state)
            * ((3 * weights) + (2 * state));
        var criterion = new CrossEntropyLoss();
        _step = x =>
        {
            update.ZeroGrad();
            var logits = _model.Call(x[0]);
            var loss = criterion.Call((logits.Reshape(-1, logits.Shape[^1]), x[1]));
            loss.Backward();
            update.Step();
            return [loss];
        };
        _captured = eager ? null : new CapturedStep(_step);
    }

    public override string Name { get; }

    public override double Flops { get; }

    /// <summary>Forward reads the weights. Backward has to read them and the optimizer's state, and
    /// to write both; gradients could be used up in the caches.</summary>
    public override double Bytes { get; }

    public override bool HasImages => _batch[0].Rank == 4 && _model is not Nabla.Models.Mlp;

    public override void Save(string folder) => BenchFiles.Write(folder, _model, _batch);

    /// <summary>The largest relative difference of 20 losses from equal weights.</summary>
    public override double Compare(IReadOnlyList<Peer> peers, string folder)
    {
        var ours = Enumerable.Range(0, Losses).Select(_ => Step()).ToList();
        return peers.Max(peer => ours.Zip(
            peer.Losses(Losses), (loss, expected) => Math.Abs(loss - expected) / Math.Abs(expected))
            .Max());
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
