using BenchmarkDotNet.Attributes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Benchmarks;

/// <summary>Scaled dot-product attention, and its gradients.</summary>
public class AttentionBenchmarks
{
    private OpRun _forward = null!;
    private OpRun _backward = null!;

    /// <summary>Batch, heads, queries = keys, features.</summary>
    [Params("32,4,128,64", "4,8,512,64", "1,8,2048,64")]
    public string Shape { get; set; } = "";

    [Params(false, true)]
    public bool Causal { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var n = Array.ConvertAll(Shape.Split(','), long.Parse);
        var settings = new AttentionSettings(1 / Math.Sqrt(n[3]), Causal, 0, TokensFirst: false);
        var (q, k, v) = (Tensor.Randn(n), Tensor.Randn(n), Tensor.Randn(n));
        _forward = new OpRun(
            new ScaledDotProductAttentionOp(settings, HasMask: false, Ordinal: 0), q, k, v);
        var y = _forward.Outputs;
        _backward = new OpRun(new ScaledDotProductAttentionBackwardOp(settings, HasMask: false),
            Tensor.RandnLike(q), q, k, v, y[0], y[1]);
    }

    [Benchmark(Baseline = true)]
    public void Forward() => _forward.Run();

    [Benchmark]
    public void Backward() => _backward.Run();
}
