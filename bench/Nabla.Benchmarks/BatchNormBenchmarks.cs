using BenchmarkDotNet.Attributes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Benchmarks;

/// <summary>Batch normalization: training's, its gradient, and with fixed statistics.</summary>
public class BatchNormBenchmarks
{
    private OpRun _forward = null!;
    private OpRun _backward = null!;
    private OpRun _inference = null!;

    /// <summary>N, C, H = W.</summary>
    [Params("32,64,32", "128,512,4", "256,1024,1")]
    public string Shape { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var n = Array.ConvertAll(Shape.Split(','), int.Parse);
        var x = Tensor.Randn(n[0], n[1], n[2], n[2]);
        var (weight, bias) = (Tensor.Randn(n[1]), Tensor.Randn(n[1]));
        _forward = new OpRun(new BatchNormOp(1e-5), x, weight, bias);
        var y = _forward.Outputs;
        _backward = new OpRun(
            new BatchNormBackwardOp(IsAffine: true), Tensor.RandnLike(x), x, y[1], y[3], weight);
        _inference = new OpRun(new BatchNormInferenceOp(1e-5), x, y[1], y[2], weight, bias);
    }

    [Benchmark(Baseline = true)]
    public void Forward() => _forward.Run();

    [Benchmark]
    public void Backward() => _backward.Run();

    [Benchmark]
    public void Inference() => _inference.Run();
}
