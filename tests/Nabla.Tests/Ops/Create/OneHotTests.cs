using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Create;

public class OneHotTests
{
    [Fact]
    public void Each_class_has_its_own_place()
    {
        var y = Tensor.From(2L, 0L).OneHot(3);
        Assert.Equal((new Shape(2, 3), DType.Int64), (y.Shape, y.DType));
        Assert.Equal([0L, 0, 1, 1, 0, 0], y.ToArray<long>());
        Assert.Equal(new Shape(0, 4, 3), Tensor.Zeros([0, 4], DType.Int64).OneHot(3).Shape);
    }

    [Fact]
    public void Wrong_inputs_are_named()
    {
        Throws("the classes 0 … 3 are not all in [0, 3)", () => Tensor.From(0L, 3L).OneHot(3));
        Throws("the classes -1 … 1 are not all", () => Tensor.From(-1L, 1L).OneHot(3));
        Throws("got float32 and n = 3", () => Tensor.From(1f).OneHot(3));
        Throws("got int64 and n = 0", () => Tensor.From(1L).OneHot(0));
    }

    [Fact]
    public void Floats_are_no_classes()
    {
        Fails("OneHot: needs integers and n ≥ 1, got float32 and n = 3",
            () => Tensor.Ones(2).OneHot(3));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }

    private static void Throws(string part, Func<Tensor> action) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(action).Message);
}
