using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Nn;

public class LogSoftmaxTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("log_softmax", x => x[0].LogSoftmax(), "torch.log_softmax(x0, -1)",
            Inputs.Normal(3, 5)).Also(Inputs.Normal(17)),
        new OpCase("log_softmax of inner dimensions", x => x[0].LogSoftmax(0),
            "torch.log_softmax(x0, 0)", Inputs.Normal(4, 3)),
    ];

    [Fact]
    public void Large_numbers_do_not_overflow() => Assert.Equal([-200f, 0f],
        Tensor.From(-100f, 100f).LogSoftmax().ToArray<float>());
}
