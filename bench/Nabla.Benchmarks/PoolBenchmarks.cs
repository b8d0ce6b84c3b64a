using BenchmarkDotNet.Attributes;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Benchmarks;

/// <summary>Pooling of (8, 64, size, size), and its gradients.</summary>
public class PoolBenchmarks
{
    private OpRun _max = null!;
    private OpRun _maxBackward = null!;
    private OpRun _average = null!;
    private OpRun _averageBackward = null!;
    private OpRun _channelsLast = null!;

    /// <summary>H = W.</summary>
    [Params(28, 112)]
    public int Size { get; set; }

    /// <summary>Kernel and stride; 3 with padding.</summary>
    [Params("2,2", "3,2")]
    public string Window { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var window = Array.ConvertAll(Window.Split(','), int.Parse);
        var geometry = new Pool2dGeometry(window[0], window[1], window[0] / 3, 1, false);
        var x = Tensor.Randn(8, 64, Size, Size);
        _max = new OpRun(new MaxPool2dOp(geometry, HasIndices: true), x);
        var (y, at) = (_max.Outputs[0], _max.Outputs[1]);
        _maxBackward = new OpRun(new MaxPool2dBackwardOp(new(Size, Size)), y, at);
        var average = new AvgPool2dOp(geometry, CountPadding: true, Divisor: 0);
        _average = new OpRun(average, x);
        _averageBackward = new OpRun(new AvgPool2dBackwardOp(average, x.Shape), y);
        _channelsLast = new OpRun(
            new ChannelsLastMaxPool2d(geometry), Tensor.Randn(8, Size, Size, 64));
    }

    [Benchmark(Baseline = true)]
    public void Max() => _max.Run();

    [Benchmark]
    public void MaxBackward() => _maxBackward.Run();

    [Benchmark]
    public void Average() => _average.Run();

    [Benchmark]
    public void AverageBackward() => _averageBackward.Run();

    [Benchmark]
    public void MaxChannelsLast() => _channelsLast.Run();
}
