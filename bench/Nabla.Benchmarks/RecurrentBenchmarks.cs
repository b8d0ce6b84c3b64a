using BenchmarkDotNet.Attributes;
using Nabla.Autograd;
using Nabla.Kernels;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Benchmarks;

/// <summary>Recurrent cells over all time steps, and their gradients, without the input's product.
/// </summary>
public class RecurrentBenchmarks
{
    private OpRun _forward = null!;
    private OpRun _backward = null!;

    [Params(RecurrentCell.Tanh, RecurrentCell.Gru, RecurrentCell.Lstm)]
    public RecurrentCell Cell { get; set; }

    /// <summary>Steps, sequences, hidden units.</summary>
    [Params("64,32,256", "128,1,512")]
    public string Shape { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var n = Array.ConvertAll(Shape.Split(','), int.Parse);
        var gates = Cell switch { RecurrentCell.Lstm => 4, RecurrentCell.Gru => 3, _ => 1 };
        Op cell = Cell switch
        {
            RecurrentCell.Lstm => new LstmOp(false),
            RecurrentCell.Gru => new GruOp(false),
            _ => new RnnOp(false, false),
        };
        var state = Tensor.Zeros(n[1], n[2]);
        var weight = Tensor.Randn(gates * n[2], n[2]) * 0.05;
        Tensor[] cells = Cell == RecurrentCell.Lstm ? [state] : [];
        _forward = new OpRun(cell,
            [Tensor.Randn(n[0], n[1], gates * n[2]), state, weight, Tensor.Randn(gates * n[2]),
                .. cells]);
        var y = _forward.Outputs;
        Tensor[] kept = Cell switch
        {
            RecurrentCell.Lstm => [y[2], state, y[1]],
            RecurrentCell.Gru => [y[1], y[2]],
            _ => [],
        };
        _backward = new OpRun(new RecurrentBackwardOp(Cell, false, gates),
            [Tensor.RandnLike(y[0]), y[0], state, weight, .. kept]);
    }

    [Benchmark(Baseline = true)]
    public void Forward() => _forward.Run();

    [Benchmark]
    public void Backward() => _backward.Run();
}
