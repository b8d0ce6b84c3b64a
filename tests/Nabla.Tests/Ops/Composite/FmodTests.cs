using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Composite;

public class FmodTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("fmod", x => x[0].Fmod(x[1]), "torch.fmod(x0, x1)",
            Inputs.Normal(3, 4), Inputs.Uniform(0.5, 2, 3, 4)).Elementwise(),
    ];

    [Fact]
    public void Integers_stay_integers_and_exact()
    {
        const long Big = (1L << 60) + 1;
        var y = Tensor.From(7L, -7L, 7L, Big).Fmod(Tensor.From(3L, 3L, -3L, 1L << 30));
        Assert.Equal([1L, -1L, 1L, 1L], y.ToArray<long>());
    }
}
