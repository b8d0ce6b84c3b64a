using BenchmarkDotNet.Attributes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Benchmarks;

/// <summary>Rows of a table by index, and the gradient, which adds rows of the same index.
/// </summary>
public class EmbeddingBenchmarks
{
    private OpRun _forward = null!;
    private OpRun _backward = null!;

    /// <summary>Rows of the table, features, indices.</summary>
    [Params("64,128,2048", "32000,512,4096")]
    public string Shape { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var n = Array.ConvertAll(Shape.Split(','), int.Parse);
        var random = new Random(1);
        var index = Tensor.From([.. Enumerable.Range(0, n[2]).Select(_ => random.NextInt64(n[0]))]);
        _forward = new OpRun(new EmbeddingOp(-1), Tensor.Randn(n[0], n[1]), index);
        _backward = new OpRun(
            new IndexAddOp(0), Tensor.Zeros(n[0], n[1]), index, Tensor.Randn(n[2], n[1]));
    }

    [Benchmark(Baseline = true)]
    public void Forward() => _forward.Run();

    [Benchmark]
    public void Gradient() => _backward.Run();
}
