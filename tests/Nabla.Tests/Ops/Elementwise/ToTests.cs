using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class ToTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("to_double", x => x[0].Double(), "x0.double()",
            Inputs.Normal(3, 4)),
    ];
}
