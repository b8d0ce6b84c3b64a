using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Nn;

public class LogSigmoidTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("logsigmoid", x => x[0].LogSigmoid(), "F.logsigmoid(x0)",
            Inputs.Normal(3, 4)).Elementwise(),
    ];

    [Fact]
    public void Large_numbers_do_not_overflow() => Assert.Equal([-1e4f, 0f],
        Tensor.From(-1e4f, 1e4f).LogSigmoid().ToArray<float>());
}
