using Nabla.Autograd.Arithmetic;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Autograd.Arithmetic;

public class FullOpTests : Infrastructure.OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("full", _ => new FullOp([2, 17], 1.5, DType.Float32).Apply(),
            "torch.full((2, 17), 1.5, dtype=torch.float32)")
        { DTypes = [DType.Float32], Differentiable = false },
        new OpCase("full scalar", _ => new FullOp([], -3, DType.Int32).Apply(),
            "torch.tensor(-3, dtype=torch.int32)")
        { DTypes = [DType.Int32], Differentiable = false },
        new OpCase("full of truth", _ => new FullOp([3], 1, DType.Bool).Apply(),
            "torch.ones(3, dtype=torch.bool)")
        { DTypes = [DType.Bool], Differentiable = false },
        new OpCase("full of nothing", _ => new FullOp([0, 4], 1, DType.Int64).Apply(),
            "torch.ones(0, 4, dtype=torch.int64)")
        { DTypes = [DType.Int64], Differentiable = false },
    ];
}
