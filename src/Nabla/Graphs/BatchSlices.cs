using System.Runtime.CompilerServices;
using System.Text;
using Nabla.Autograd;
using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// Ops that compute each image of a batch by itself, run one after another for some images before
/// the next ones begin: what lies between them stays in the caches. Slices run side by side.
/// </summary>
/// <param name="Nodes">The ops, in order.</param>
/// <param name="Sources">What stands for the inputs in them, and whether it is a slice.</param>
/// <param name="Results">What is read outside of them.</param>
/// <param name="Slices">Into how many slices the batch is cut.</param>
internal sealed record BatchSlices(
    GraphNode[] Nodes, (GraphValue Value, bool IsSlice)[] Sources, GraphValue[] Results, int Slices)
    : Op, ICountsWork
{
    private readonly Stack<BatchSlicesLane> _free = new();

    public override string Name =>
        $"{Slices} slices[{string.Join(' ', Nodes.Select(n => n.Op.Name))}]";

    public override int OutputCount => Results.Length;

    public override bool IsDifferentiable => false;

    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
    {
        for (var i = 0; i < y.Length; i++)
        {
            y[i] = Results[i].Spec;
        }
    }

    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        var body = new Body { Op = this, X = x.ToArray(), Y = y.ToArray() };

        // A thread takes a slice at a time; the rest, too few for all threads, they share.
        var apart = Slices - (Slices % WorkerTeam.Threads);
        WorkerTeam.For(apart, ref body);
        for (var slice = apart; slice < Slices; slice++)
        {
            body.Run(slice);
        }
    }

    public long MultiplyAdds(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        var lane = Rent();
        lane.Bind(0, x, y);
        var sum = Slices * lane.MultiplyAdds();
        Return(lane);
        return sum;
    }

    public bool Equals(BatchSlices? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => Results[0].Spec;

    protected override bool PrintMembers(StringBuilder builder) => false;

    private BatchSlicesLane Rent()
    {
        lock (_free)
        {
            if (_free.TryPop(out var lane))
            {
                return lane;
            }
        }
        return new BatchSlicesLane(this);
    }

    private void Return(BatchSlicesLane lane)
    {
        lock (_free)
        {
            _free.Push(lane);
        }
    }

    private struct Body : IChunkBody
    {
        public BatchSlices Op;
        public Tensor[] X;
        public Tensor[] Y;

        public readonly void Run(int chunk)
        {
            var lane = Op.Rent();
            lane.Bind(chunk, X, Y);
            lane.Run();
            Op.Return(lane);
        }
    }
}
