using BenchmarkDotNet.Attributes;
using Nabla.Kernels.Cpu;

namespace Nabla.Benchmarks;

/// <summary>Convolutions and their gradients, direct and by Winograd's algorithm.</summary>
public unsafe class Conv2dBenchmarks
{
    private Numbers _x = null!;
    private Numbers _w = null!;
    private Numbers _y = null!;
    private Conv2dShape _shape;

    /// <summary>N, C, K, H = W, kernel, stride.</summary>
    [Params("8,64,64,56,3,1", "8,256,256,14,3,1", "32,512,512,4,3,1", "32,64,128,32,3,2",
        "8,64,256,56,1,1", "256,1,6,28,5,1")]
    public string Shape { get; set; } = "";

    /// <summary>Only the direct sums.</summary>
    [Params(false, true)]
    public bool Strict { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var n = Array.ConvertAll(Shape.Split(','), int.Parse);
        var pad = n[4] / 2;
        _shape = new(n[0], n[1], n[3], n[3], n[2], n[4], n[4], n[5], n[5], pad, pad, 1, 1, 1);
        _x = new((long)_shape.N * _shape.C * _shape.H * _shape.W);
        _w = new((long)_shape.K * _shape.C * _shape.R * _shape.S);
        _y = new((long)_shape.N * _shape.K * _shape.OutH * _shape.OutW);
        Numerics.Strict = Strict;
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _x.Dispose();
        _w.Dispose();
        _y.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Forward() =>
        Conv2dKernels.Forward(_x.Pointer, _w.Pointer, null, _y.Pointer, _shape);

    [Benchmark]
    public void BackwardData() =>
        Conv2dKernels.BackwardData(_y.Pointer, _w.Pointer, _x.Pointer, _shape);

    [Benchmark]
    public void BackwardWeights() =>
        Conv2dKernels.BackwardWeights(_x.Pointer, _y.Pointer, _w.Pointer, _shape);
}
