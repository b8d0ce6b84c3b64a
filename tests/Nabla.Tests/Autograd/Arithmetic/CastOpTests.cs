using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Autograd.Arithmetic;

public class CastOpTests : Infrastructure.OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("to float64", x => CastOp.Of(x[0], DType.Float64), "x0.double()",
            Inputs.Normal(3, 4))
        {
            // A cast of a double is itself.
            DTypes = [DType.Int64, DType.Bool],
        },
        new OpCase("to float32", x => CastOp.Of(x[0], DType.Float32).Numbers32(), "x0",
            Inputs.Normal(3, 17))
        {
            // There and back again: the numbers are exact in float32, not so finite differences.
            DTypes = [DType.Float32],
        },
        new OpCase("to int64", x => CastOp.Of(x[0], DType.Int64), "x0.long()", Inputs.Normal(17))
        {
            DTypes = [DType.Float32, DType.Float64, DType.Int32, DType.UInt8, DType.Bool],
            Differentiable = false,
        },
        new OpCase("to bool", x => CastOp.Of(x[0], DType.Bool), "x0.bool()", Inputs.Normal(3, 4))
        {
            DTypes = [DType.Float32, DType.Float64, DType.Int32, DType.Int64],
            Differentiable = false,
        }.Also(Inputs.Values(0, -0.0, 1, -1)),
    ];

    [Fact]
    public void A_tensor_of_the_type_is_itself()
    {
        var x = Tensor.From(1f);
        Assert.Same(x, CastOp.Of(x, DType.Float32));
    }
}

file static class Casts
{
    /// <summary>Through float64, so that a cast and its gradient run.</summary>
    public static Tensor Numbers32(this Tensor x) =>
        CastOp.Of(CastOp.Of(x, DType.Float64), DType.Float32);
}
