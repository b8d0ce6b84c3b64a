using BenchmarkDotNet.Attributes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Benchmarks;

/// <summary>Layer normalization of rows, and its gradient.</summary>
public class LayerNormBenchmarks
{
    private OpRun _forward = null!;
    private OpRun _backward = null!;

    /// <summary>Rows × features.</summary>
    [Params("4096x256", "1024x1024", "8x768")]
    public string Size { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var n = Array.ConvertAll(Size.Split('x'), int.Parse);
        var x = Tensor.Randn(n[0], n[1]);
        var (weight, bias) = (Tensor.Randn(n[1]), Tensor.Randn(n[1]));
        _forward = new OpRun(new LayerNormOp(1, 1e-5), x, weight, bias);
        var y = _forward.Outputs;
        _backward = new OpRun(
            new LayerNormBackwardOp(1, IsAffine: true), Tensor.RandnLike(x), x, y[1], y[2], weight);
    }

    [Benchmark(Baseline = true)]
    public void Forward() => _forward.Run();

    [Benchmark]
    public void Backward() => _backward.Run();
}
