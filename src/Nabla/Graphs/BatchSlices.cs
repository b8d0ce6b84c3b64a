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
    private readonly Stack<BatchSlicesLane> _lanes = new();
    private readonly Stack<BatchSlicesViews> _views = new();

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
        Return(_views, body.Views);
    }

    public long MultiplyAdds(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        var (views, lane) = (Views(x, y), Rent(_lanes) ?? new(this));
        lane.Bind(0, views);
        var sum = Slices * lane.MultiplyAdds();
        Return(_lanes, lane);
        Return(_views, views);
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
        var views = Rent(_views) ?? new(this);
        views.Cut(x, y);
        return views;
    }

    private static T? Rent<T>(Stack<T> free) where T : class
    {
        lock (free)
        {
            return free.TryPop(out var item) ? item : null;
        }
    }

    private static void Return<T>(Stack<T> free, T item) where T : class
    {
        lock (free)
        {
            free.Push(item);
        }
    }

    private struct Body : IChunkBody
    {
        public BatchSlices Op;
        public BatchSlicesViews Views;

        public readonly void Run(int chunk)
        {
            var lane = Rent(Op._lanes) ?? new(Op);
            lane.Bind(chunk, Views);
            lane.Run();
            Return(Op._lanes, lane);
        }
    }
}
