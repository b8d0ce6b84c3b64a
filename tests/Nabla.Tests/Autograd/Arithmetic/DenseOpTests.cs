using Nabla.Autograd.Arithmetic;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Autograd.Arithmetic;

public class DenseOpTests : Infrastructure.OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("dense", x => DenseOp.Instance.Apply(x[0]), "x0.clone()", Inputs.Normal(3, 4))
        {
            DTypes =
            [
                DType.Float32, DType.Float64, DType.Float16, DType.Int64, DType.Int32, DType.UInt8,
                DType.Bool,
            ],
        }.Elementwise().Also(Inputs.Normal(2, 1, 3, 1, 2, 1, 1, 2)),
        new OpCase("dense of a transpose", x => DenseOp.Of(x[0].T), "x0.T.contiguous()",
            Inputs.Normal(17, 33)),
    ];

    [Fact]
    public void A_dense_tensor_is_itself()
    {
        var x = Tensor.From([1f, 2f, 3f, 4f], [2, 2]);
        Assert.Same(x, DenseOp.Of(x));
        Assert.NotSame(x.Storage, DenseOp.Of(x.T).Storage);
    }
}
