using BenchmarkDotNet.Attributes;
using Nabla.Kernels.Cpu;

namespace Nabla.Benchmarks;

/// <summary>Convolutions of channels-last images with packed weights: inference.</summary>
public unsafe class ChannelsLastConvBenchmarks
{
    private Numbers _x = null!;
    private Numbers _packed = null!;
    private Numbers _y = null!;
    private Conv2dShape _shape;

    /// <summary>N, C, K, H = W, kernel, stride.</summary>
    [Params("1,64,64,56,3,1", "1,512,512,7,3,1", "1,256,1024,14,1,1", "1,128,256,28,3,2",
        "1,3,64,224,7,2", "16,64,64,56,3,1")]
    public string Shape { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var n = Array.ConvertAll(Shape.Split(','), int.Parse);
        var pad = n[4] / 2;
        _shape = new(n[0], n[1], n[3], n[3], n[2], n[4], n[4], n[5], n[5], pad, pad, 1, 1, 1);
        _x = new((long)_shape.N * _shape.H * _shape.W * _shape.C);
        _y = new((long)_shape.N * _shape.OutH * _shape.OutW * _shape.K);
        _packed = new(NhwcConv.PackedSize(_shape));
        using var weights = new Numbers((long)_shape.K * _shape.C * _shape.R * _shape.S);
        NhwcConv.Pack(_shape, weights.Pointer, null, _packed.Pointer);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _x.Dispose();
        _packed.Dispose();
        _y.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Forward() => NhwcConv.Forward(
        _shape, channelsFirst: false, _x.Pointer, _packed.Pointer, _y.Pointer, default);

    /// <summary>The first layer's way: it also orders the image.</summary>
    [Benchmark]
    public void FromChannelsFirst() => NhwcConv.Forward(
        _shape, channelsFirst: true, _x.Pointer, _packed.Pointer, _y.Pointer, default);
}
