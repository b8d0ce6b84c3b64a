using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Autograd.Arithmetic;

public class StridedViewOpTests : Infrastructure.OpTests
{
    // The second and fourth column of a (3, 5) matrix, transposed.
    private static readonly Layout Columns = new([2, 3], [2, 5], 1);

    private static readonly Layout Matrix = Layout.Contiguous([3, 5]);

    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("view", x => new StridedViewOp(Columns, Matrix).Apply(DenseOp.Of(x[0])),
            "torch.as_strided(x0, (2, 3), (2, 5), 1)", Inputs.Normal(3, 5)),
        new OpCase("scatter",
            x => new StridedScatterOp(Columns, Matrix).Apply(x[0], x[1]),
            "y = x0.clone(); y[:, 1::2] = x1.T; return y",
            Inputs.Normal(3, 5), Inputs.Normal(2, 3)),
        new OpCase("write to a view",
            x =>
            {
                var y = x[0] * 2;
                new StridedViewOp(Columns, y.Layout).Apply(y).Assign(x[1]);
                return y * x[0];
            },
            "y = x0 * 2; y[:, 1::2] = x1.T; return y * x0",
            Inputs.Normal(3, 5), Inputs.Normal(2, 3)),
        new OpCase("read a view of what was written",
            x =>
            {
                var y = x[0] * 2;
                var view = new StridedViewOp(Columns, y.Layout).Apply(y);
                y.Assign(x[0] * x[0]);
                return view * x[1];
            },
            "(x0 * x0)[:, 1::2].T * x1",
            Inputs.Normal(3, 5), Inputs.Normal(2, 3)),
    ];

    [Fact]
    public void The_base_may_lie_elsewhere()
    {
        var memory = Tensor.From([.. Enumerable.Range(0, 20).Select(i => (float)i)], [20]);
        var moved = memory.Alias(Matrix with { Offset = 5 });
        Assert.Equal([6f, 11f, 16f, 8f, 13f, 18f],
            new StridedViewOp(Columns, Matrix).Apply(moved).ToArray<float>());
    }
}
