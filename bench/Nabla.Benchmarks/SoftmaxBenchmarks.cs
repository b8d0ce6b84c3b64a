using BenchmarkDotNet.Attributes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Benchmarks;

/// <summary>Softmax of rows, the loss on logits, and their gradients.</summary>
public class SoftmaxBenchmarks
{
    private OpRun _softmax = null!;
    private OpRun _softmaxBackward = null!;
    private OpRun _logSoftmax = null!;
    private OpRun _loss = null!;
    private OpRun _lossBackward = null!;

    /// <summary>Rows × classes.</summary>
    [Params("256x10", "4096x64", "1024x1000", "64x32000")]
    public string Size { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var n = Array.ConvertAll(Size.Split('x'), int.Parse);
        var x = Tensor.Randn(n[0], n[1]);
        _softmax = new OpRun(new SoftmaxOp(1), x);
        _softmaxBackward = new OpRun(
            new SoftmaxBackwardOp(1, Log: false), Tensor.RandnLike(x), _softmax.Outputs[0]);
        _logSoftmax = new OpRun(new LogSoftmaxOp(1), x);
        var settings = new CrossEntropySettings(-100, 0, IsReduced: true, IsMean: true);
        var classes = Tensor.Arange(n[0]).Remainder(n[1]);
        _loss = new OpRun(new CrossEntropyOp(settings), x, classes);
        _lossBackward = new OpRun(new CrossEntropyBackwardOp(settings),
            Tensor.Scalar(1f), x, classes, _loss.Outputs[1], _loss.Outputs[2]);
    }

    [Benchmark(Baseline = true)]
    public void Softmax() => _softmax.Run();

    [Benchmark]
    public void SoftmaxBackward() => _softmaxBackward.Run();

    [Benchmark]
    public void LogSoftmax() => _logSoftmax.Run();

    [Benchmark]
    public void CrossEntropy() => _loss.Run();

    [Benchmark]
    public void CrossEntropyBackward() => _lossBackward.Run();
}
