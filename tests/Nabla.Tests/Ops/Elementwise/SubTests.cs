using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class SubTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("sub", x => x[0] - x[1], "x0 - x1",
            Inputs.Normal(3, 4), Inputs.Normal(3, 4))
        { DTypes = Types.Numbers }.Elementwise(),
        new OpCase("subtract a fraction", x => x[0] - 2.5, "x0 - 2.5", Inputs.Normal(3, 4))
        { DTypes = Types.Numbers },
        new OpCase("subtract from an integer", x => 3 - x[0], "3 - x0", Inputs.Normal(3, 4))
        { DTypes = Types.Numbers },
    ];

    [Fact]
    public void In_place_it_changes_the_tensor_and_all_its_views()
    {
        var x = Tensor.From([8f, 6f, 4f, 2f], [2, 2]);
        var view = x.Reshape(4);
        var same = x;
        x -= Tensor.From(2f, 4f);
        Assert.Same(same, x);
        Assert.Equal([6f, 2f, 2f, -2f], view.ToArray<float>());
    }

    [Fact]
    public void In_place_it_passes_gradients_on()
    {
        var a = Tensor.From(1f, 2f);
        var b = Tensor.From(4f, 8f);
        a.RequiresGrad = b.RequiresGrad = true;
        var x = a * 1;
        x -= b;
        x.Sum().Backward();
        var c = a.Detach();
        var d = b.Detach();
        c.RequiresGrad = d.RequiresGrad = true;
        (c - d).Sum().Backward();
        Assert.Equal(c.Grad!.ToArray<float>(), a.Grad!.ToArray<float>());
        Assert.Equal(d.Grad!.ToArray<float>(), b.Grad!.ToArray<float>());
    }

    [Fact]
    public void Booleans_have_no_difference()
    {
        var x = Tensor.From(true, false);
        Assert.Contains("^", Assert.Throws<ArgumentException>(() => x - x).Message);
        Assert.Equal([0L, 1L], (1 - x).ToArray<long>());
    }
}
