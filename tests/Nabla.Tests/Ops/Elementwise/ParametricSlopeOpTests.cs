using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

/// <summary>What functions with a number that shapes them have in common.</summary>
public class ParametricSlopeOpTests : OpTests
{
    private static readonly SortedDictionary<string, Func<Tensor, Tensor>> Functions = new()
    {
        ["elu"] = x => x.Elu(0.7),
        ["leaky relu"] = x => x.LeakyRelu(0.2),
        ["softplus"] = x => x.Softplus(1, 3),
        ["sharp softplus"] = x => x.Softplus(3, 3),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    /// <summary>Users give numbers, for which no gradient is asked; the rules hold for tensors.
    /// </summary>
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("elu by a tensor", x => EluOp.Instance.Apply(x[0], x[1]),
            "torch.where(x0 > 0, x0, x1 * torch.expm1(x0))", Inputs.Normal(3, 4),
            Inputs.Uniform(0.5, 1.5, 4)),
        new OpCase("leaky relu by a tensor", x => LeakyReluOp.Instance.Apply(x[0], x[1]),
            "torch.where(x0 > 0, x0, x1 * x0)", Inputs.Normal(3, 4), Inputs.Uniform(0.1, 0.5, 4)),
    ];

    [Theory, MemberData(nameof(Names))]
    public void Values_and_slopes_have_the_digits_of_float32(string name) =>
        Slopes.HaveTheDigitsOfFloat32(Functions[name]);

    [Theory, MemberData(nameof(Names))]
    public void Captured_they_have_the_eager_bits(string name) =>
        Slopes.HaveTheirBitsInGraphs(Functions[name]);
}
