using BenchmarkDotNet.Attributes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Benchmarks;

/// <summary>Functions of single numbers; within the first-level cache, and beyond the last.
/// </summary>
public class VectorMathBenchmarks
{
    private OpRun _exp = null!;
    private OpRun _log = null!;
    private OpRun _tanh = null!;
    private OpRun _sigmoid = null!;
    private OpRun _erf = null!;
    private OpRun _sin = null!;

    /// <summary>How many numbers.</summary>
    [Params(4096, 16 << 20)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var x = Tensor.Randn(Count);
        _exp = new OpRun(ExpOp.Instance, x);
        _log = new OpRun(LogOp.Instance, x.Abs());
        _tanh = new OpRun(TanhOp.Instance, x);
        _sigmoid = new OpRun(SigmoidOp.Instance, x);
        _erf = new OpRun(ErfOp.Instance, x);
        _sin = new OpRun(SinOp.Instance, x);
    }

    [Benchmark(Baseline = true)]
    public void Exp() => _exp.Run();

    [Benchmark]
    public void Log() => _log.Run();

    [Benchmark]
    public void Tanh() => _tanh.Run();

    [Benchmark]
    public void Sigmoid() => _sigmoid.Run();

    [Benchmark]
    public void Erf() => _erf.Run();

    [Benchmark]
    public void Sin() => _sin.Run();
}
