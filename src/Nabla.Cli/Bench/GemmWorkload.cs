using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Cli.Bench;

/// <summary>A product of two square matrices.</summary>
internal sealed class GemmWorkload(int n) : Workload
{
    private readonly Tensor _a = Tensor.Randn(n, n);
    private readonly Tensor _b = Tensor.Randn(n, n);
    private readonly Tensor _c = Tensor.Empty(new Shape(n, n));

    public override string Name => $"gemm-{n}";

    public override double Flops => 2.0 * n * n * n;

    public override void Save(string folder) => BenchFiles.Write(folder, _a, _b);

    /// <summary>The largest difference of the products over the largest number.</summary>
    public override double Compare(IReadOnlyList<Peer> peers, string folder)
    {
        Step();
        return peers.Max(peer => BenchFiles.Difference(peer, folder, _c));
    }

    public override double Step()
    {
        // Both sides write into a result that is there already.
        _a.Device.MatMul(_a, _b, _c);
        return 0;
    }
}
