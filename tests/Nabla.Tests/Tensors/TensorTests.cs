using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Tensors;

public class TensorTests
{
    [Fact]
    public void A_handle_that_was_discarded_leaves_the_elements_to_others()
    {
        var x = Tensor.From(1f, 2f);
        var (other, version) = (x.Alias(), x.Version);
        x.Discard("gone");
        Assert.Equal("gone", Assert.Throws<InvalidOperationException>(
            () => x.ToArray<float>()).Message);
        Assert.Equal((new Shape(2), DType.Float32), (x.Shape, x.DType));
        Assert.True(x.Version > version);
        Assert.Equal([1f, 2f], other.ToArray<float>());
    }

    [Fact]
    public void A_tensor_tells_its_shape_strides_and_type()
    {
        var x = Tensor.Empty([2, 3, 4], DType.Float64);
        Assert.Equal([2, 3, 4], x.Shape);
        Assert.Equal([12, 4, 1], x.Strides.ToArray());
        Assert.Equal(DType.Float64, x.DType);
        Assert.Equal(3, x.Rank);
        Assert.Equal(24, x.Count);
        Assert.True(x.IsContiguous);
        Assert.Equal("cpu", x.Device.Name);
    }

    [Fact]
    public void A_handle_on_part_of_a_storage_sees_its_elements()
    {
        var x = Tensor.From([1f, 2f, 3f, 4f, 5f, 6f], [2, 3]);
        var column = x.Alias(new Layout([2], [3], 1));
        Assert.False(column.IsContiguous);
        Assert.Equal([2f, 5f], column.ToArray<float>());
        Assert.Equal([2f, 5f], column.Dense().ToArray<float>());
        Assert.Same(x, x.Dense());
    }

    [Fact]
    public void A_version_is_shared_by_all_views()
    {
        var x = Tensor.From([1f, 2f], [2, 1]);
        var view = x.T;
        view.Assign(3);
        Assert.Equal(1, x.Version);
        Assert.Equal(1, view.Version);
    }

    [Fact]
    public void A_handle_that_becomes_another_tensor_is_noticed_by_the_tape()
    {
        var x = Tensor.From(1f, 2f);
        x.RequiresGrad = true;
        var y = x.Square().Sum();
        x.Become(Tensor.From([3f, 4f, 5f, 6f], [2, 2]).T);
        Assert.Equal([2, 2], x.Shape);
        Assert.False(x.IsContiguous);
        Assert.Equal([3f, 5f, 4f, 6f], x.ToArray<float>());
        Assert.Throws<InvalidOperationException>(() => y.Backward());
    }

    [Fact]
    public void Equality_is_that_of_the_handle()
    {
        Tensor? nothing = null;
        var x = Tensor.From(1f);
        Assert.True(nothing == null);
        Assert.False(x == Tensor.From(1f));
        Assert.True(x != null);
    }
}
