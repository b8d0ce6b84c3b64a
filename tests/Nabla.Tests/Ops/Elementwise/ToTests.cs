using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class ToTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("to float64", x => x[0].Double(), "x0.double()", Inputs.Normal(3, 4))
        { DTypes = Types.Whole },
        new OpCase("to int64", x => x[0].Long(), "x0.long()", Inputs.Normal(3, 4))
        { DTypes = Types.All, Differentiable = false },
        new OpCase("to int32", x => x[0].Int(), "x0.int()", Inputs.Normal(3, 4))
        { DTypes = Types.All, Differentiable = false },
        new OpCase("to uint8", x => x[0].Byte(), "x0.byte()", Inputs.Uniform(0, 9, 3, 4))
        { DTypes = Types.All, Differentiable = false },
        new OpCase("to bool", x => x[0].Bool(), "x0.bool()",
            Inputs.Values(0, 0.25, -3, double.NaN, double.PositiveInfinity))
        { Differentiable = false },
        new OpCase("to a type by name", x => x[0].To(DType.Int32), "x0.int()", Inputs.Normal(3, 4))
        { Differentiable = false },
    ];

    [Fact]
    public void Of_the_same_type_it_is_the_tensor_itself()
    {
        var x = Tensor.From(1f);
        Assert.Same(x, x.Float());
    }

    [Fact]
    public void Sixteen_bits_round_to_the_nearest()
    {
        var x = Tensor.From(1.0009765625f + 0.0003f, 1.0078125f, 70000f);
        Assert.Equal([1.0009765625, 1.0078125, double.PositiveInfinity], x.Half().Numbers());
        Assert.Equal([1, 1.0078125, 70144], x.BFloat16().Numbers());
    }

    [Fact]
    public void Gradients_come_back_in_the_type_they_left()
    {
        var x = Tensor.From(1.5f, 2.5f);
        x.RequiresGrad = true;
        (x.Double() * x.Half().Float()).Sum().Backward();
        Assert.Equal(DType.Float32, x.Grad!.DType);
        Assert.Equal([3f, 5f], x.Grad!.ToArray<float>());
    }
}
