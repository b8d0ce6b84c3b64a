using BenchmarkDotNet.Attributes;
using Nabla.Kernels.Cpu;

namespace Nabla.Benchmarks;

/// <summary>Convolutions of each channel by itself: training's, and inference's channels last.
/// </summary>
public unsafe class DepthwiseBenchmarks
{
    private Numbers _x = null!;
    private Numbers _w = null!;
    private Numbers _packed = null!;
    private Numbers _y = null!;
    private Conv2dShape _shape;

    /// <summary>N, C, H = W, stride; MobileNetV2's.</summary>
    [Params("1,96,112,2", "1,144,56,1", "1,960,7,1", "16,384,14,1")]
    public string Shape { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var n = Array.ConvertAll(Shape.Split(','), int.Parse);
        _shape = new(n[0], n[1], n[2], n[2], n[1], 3, 3, n[3], n[3], 1, 1, 1, 1, n[1]);
        _x = new((long)_shape.N * _shape.C * _shape.H * _shape.W);
        _w = new((long)_shape.K * _shape.R * _shape.S);
        _y = new((long)_shape.N * _shape.K * _shape.OutH * _shape.OutW);
        _packed = new(NhwcConv.PackedSize(_shape));
        NhwcConv.Pack(_shape, _w.Pointer, null, _packed.Pointer);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _x.Dispose();
        _w.Dispose();
        _packed.Dispose();
        _y.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void ChannelsLast() => NhwcConv.Forward(
        _shape, channelsFirst: false, _x.Pointer, _packed.Pointer, _y.Pointer, default);

    [Benchmark]
    public void Forward() =>
        Conv2dKernels.Forward(_x.Pointer, _w.Pointer, null, _y.Pointer, _shape);

    [Benchmark]
    public void BackwardData() =>
        Conv2dKernels.BackwardData(_y.Pointer, _w.Pointer, _x.Pointer, _shape);

    [Benchmark]
    public void BackwardWeights() =>
        Conv2dKernels.BackwardWeights(_x.Pointer, _y.Pointer, _w.Pointer, _shape);
}
