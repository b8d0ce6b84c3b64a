using Nabla.Autograd.Arithmetic;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Autograd.Arithmetic;

public class AddOpTests : Infrastructure.OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("add", x => AddOp.Instance.Apply(x[0], x[1]), "x0 + x1",
            Inputs.Normal(3, 4), Inputs.Normal(3, 4))
        {
            DTypes = [DType.Float32, DType.Float64, DType.Float16, DType.Int32, DType.Int64],
        }.Elementwise(),
    ];
}
