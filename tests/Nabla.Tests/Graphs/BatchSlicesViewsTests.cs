using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class BatchSlicesViewsTests
{
    [Fact]
    public void Batches_are_cut_and_weights_are_not()
    {
        var (op, views) = Make();
        var (x, w, y) = (Tensor.Arange(12).Reshape(6, 2), Tensor.Arange(4),
            Tensor.Arange(6).Reshape(6, 1));
        views.Cut([x, w], [y]);
        Assert.Equal(new Shape(2, 2), op.Slice(x.Shape));
        Assert.Equal([4L, 5, 6, 7], views.At(1, 0).ToArray<long>());
        Assert.Same(w, views.At(2, 1));
        Assert.Equal([4L, 5], views.At(2, 2).ToArray<long>());
    }

    [Fact]
    public void Only_what_is_another_tensor_is_cut_again()
    {
        var (_, views) = Make();
        var (x, w, y) = (Tensor.Zeros(6, 2), Tensor.Zeros(4), Tensor.Zeros(6, 1));
        views.Cut([x, w], [y]);
        var (first, result) = (views.At(0, 0), views.At(0, 2));
        views.Cut([x, w], [Tensor.Ones(6, 1)]);
        Assert.Same(first, views.At(0, 0));
        Assert.NotSame(result, views.At(0, 2));
        Assert.Equal([1f, 1f], views.At(0, 2).ToArray<float>());
    }

    /// <summary>Three slices of a batch, with weights.</summary>
    private static (BatchSlices Op, BatchSlicesViews Views) Make()
    {
        var x = new GraphValue(new TensorSpec(new Shape(6, 2), DType.Float32), null, 0, null);
        var w = new GraphValue(new TensorSpec(new Shape(4), DType.Float32), null, 0, null);
        var y = new GraphValue(new TensorSpec(new Shape(6, 1), DType.Float32), null, 0, null);
        var op = new BatchSlices([], [(x, true), (w, false)], [y], 3);
        return (op, new BatchSlicesViews(op));
    }
}
