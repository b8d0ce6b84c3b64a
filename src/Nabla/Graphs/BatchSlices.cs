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
    private readonly FreeList<BatchSlicesLane> _lanes = new();
    private readonly FreeList<BatchSlicesViews> _views = new();

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
        var body = new Body { Op = this, Views = Views(x, y) };

        // A thread takes a slice at a time; the rest, too few for all threads, they share.
        var apart = Slices - (Slices % WorkerTeam.Threads);
        WorkerTeam.For(apart, ref body);
        for (var slice = apart; slice < Slices; slice++)
        {
            body.Run(slice);
        }
        _views.Put(body.Views);
    }

    public long MultiplyAdds(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        var (views, lane) = (Views(x, y), _lanes.TryTake() ?? new(this));
        lane.Bind(0, views);
        var sum = Slices * lane.MultiplyAdds();
        _lanes.Put(lane);
        _views.Put(views);
        return sum;
    }

    public bool Equals(BatchSlices? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <summary>The shape of a slice of a batch.</summary>
    internal Shape Slice(Shape shape) => new([shape[0] / Slices, .. shape.Dims[1..]]);

    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => Results[0].Spec;

    protected override bool PrintMembers(StringBuilder builder) => false;

    private BatchSlicesViews Views(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        var views = _views.TryTake() ?? new(this);
        views.Cut(x, y);
        return views;
    }

    private struct Body : IChunkBody
    {
        public BatchSlices Op;
        public BatchSlicesViews Views;

        public readonly void Run(int chunk)
        {
            var lane = Op._lanes.TryTake() ?? new(Op);
            lane.Bind(chunk, Views);
            lane.Run();
            Op._lanes.Put(lane);
        }
    }
}
