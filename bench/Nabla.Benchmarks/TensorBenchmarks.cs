using BenchmarkDotNet.Attributes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Benchmarks;

/// <summary>Operations that memory bounds, as users call them.</summary>
public class TensorBenchmarks
{
    private Tensor _x = null!;
    private Tensor _y = null!;

    /// <summary>Rows of 1,024 numbers.</summary>
    [Params(1, 64, 4096)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Generator.ManualSeed(1);
        (_x, _y) = (Tensor.Randn(Rows, 1024), Tensor.Randn(Rows, 1024));
    }

    [Benchmark(Baseline = true)]
    public Tensor Add() => _x + _y;

    [Benchmark]
    public Tensor Exp() => _x.Exp();

    [Benchmark]
    public Tensor Tanh() => _x.Tanh();

    [Benchmark]
    public Tensor Gelu() => _x.Gelu();

    [Benchmark]
    public Tensor SumOfRows() => _x.Sum(1);

    [Benchmark]
    public Tensor SumOfColumns() => _x.Sum(0);

    [Benchmark]
    public Tensor Softmax() => _x.Softmax(1);

    [Benchmark]
    public Tensor Transposed() => _x.T.Contiguous();
}
