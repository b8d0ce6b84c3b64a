using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Create;

public class ArangeTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        Case("arange", () => Tensor.Arange(5), "torch.arange(5)"),
        Case("arange of none", () => Tensor.Arange(0), "torch.arange(0)"),
        Case("arange from to", () => Tensor.Arange(2, 9, 3), "torch.arange(2, 9, 3)"),
        Case("arange down", () => Tensor.Arange(5, 0, -2), "torch.arange(5, 0, -2)"),
        Case("arange of floats", () => Tensor.Arange(0.5, 2, 0.25),
            "torch.arange(0.5, 2, 0.25, dtype=torch.float32)"),
        Case("linspace", () => Tensor.Linspace(-1, 2, 7), "torch.linspace(-1, 2, 7)"),
        Case("linspace of one", () => Tensor.Linspace(3, 4, 1), "torch.linspace(3, 4, 1)"),
    ];

    [Fact]
    public void The_last_of_a_linspace_is_the_end_itself() =>
        Assert.Equal(0.7f, Tensor.Linspace(0.1, 0.7, 8)[-1].Item());

    [Fact]
    public void Wrong_inputs_are_named()
    {
        Throws("the step is not 0, got 0, 5, 0", () => Tensor.Arange(0, 5, 0));
        Throws("steps of -1 do not lead from 0 to 5", () => Tensor.Arange(0, 5, -1));
        Throws("got n = -1 and float32", () => Tensor.Linspace(0, 1, -1));
        Throws("got n = 3 and int64", () => Tensor.Linspace(0, 1, 3, DType.Int64));
    }

    [Fact]
    public void Ends_that_are_no_numbers_are_refused()
    {
        Fails("Linspace: start must be a finite number, got NaN",
            () => Tensor.Linspace(double.NaN, 1, 3));
        Fails("Linspace: end must be a finite number, got NaN",
            () => Tensor.Linspace(0, double.NaN, 3));
        Fails("Linspace: makes n ≥ 0 floating-point numbers, got n = -1 and float32",
            () => Tensor.Linspace(0, 1, -1));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }

    private static OpCase Case(string name, Func<Tensor> function, string torch) =>
        new(name, _ => function(), torch) { Differentiable = false, DTypes = [DType.Float32] };

    private static void Throws(string part, Func<Tensor> action) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(action).Message);
}
