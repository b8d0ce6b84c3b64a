using BenchmarkDotNet.Attributes;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Tensors;

namespace Nabla.Benchmarks;

/// <summary>A step of an optimizer for one parameter: within a cache, and beyond the last.
/// </summary>
public class OptimizerBenchmarks
{
    private OpRun _sgd = null!;
    private OpRun _momentum = null!;
    private OpRun _adam = null!;

    /// <summary>Numbers of the parameter.</summary>
    [Params(64 << 10, 8 << 20)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var (x, g) = (Tensor.Randn(Count), Tensor.Randn(Count));
        var (m, v) = (Tensor.Randn(Count), Tensor.Rand(Count));
        var rate = Tensor.Scalar(1e-3);
        var step = Tensor.Scalar(3.0);
        _sgd = new OpRun(
            new SGDUpdateOp(new(0, 0, false, 0), HasVelocity: false), x, g, rate, step);
        _momentum = new OpRun(
            new SGDUpdateOp(new(0.9, 0, false, 1e-4), HasVelocity: true), x, g, rate, step, m);
        _adam = new OpRun(
            new AdamUpdateOp(new(0.9, 0.999, 1e-8, 0, false)), x, g, m, v, rate, step);
    }

    [Benchmark(Baseline = true)]
    public void Sgd() => _sgd.Run();

    [Benchmark]
    public void Momentum() => _momentum.Run();

    [Benchmark]
    public void Adam() => _adam.Run();
}
