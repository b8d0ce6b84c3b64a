using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class FusedLinearTests
{
    [Fact]
    public void It_ends_with_the_relu()
    {
        var (x, w, b) = (Tensor.Randn(7, 5), Tensor.Randn(9, 5), Tensor.Randn(9));
        Assert.Equal(x.Linear(w, b).Relu().ToArray<float>(),
            new FusedLinear().Apply(x, w, b).ToArray<float>());
        Assert.Equal(x.Linear(w).Relu().ToArray<float>(),
            new FusedLinear().Apply(x, w).ToArray<float>());
    }

    [Fact]
    public void Operands_that_do_not_fit_are_refused() => Assert.Contains(
        "(O, I) and a residual (N, O) but got (3, 4), (5, 4), (3, 4)",
        Assert.Throws<ArgumentException>(() => new FusedLinear(true, true).Apply(
            Tensor.Randn(3, 4), Tensor.Randn(5, 4), Tensor.Randn(3, 4))).Message);

    [Fact]
    public void It_adds_a_residual_before_the_relu()
    {
        var (x, w, b) = (Tensor.Randn(40, 35), Tensor.Randn(50, 35), Tensor.Randn(50));
        var residual = Tensor.Randn(40, 50);
        var sum = x.Linear(w, b) + residual;
        foreach (var (expected, op) in new[]
        {
            (sum, new FusedLinear(IsRelu: false, HasResidual: true)),
            (sum.Relu(), new FusedLinear(IsRelu: true, HasResidual: true)),
        })
        {
            Assert.All(expected.ToArray<float>()
                .Zip(op.Apply(x, w, b, residual).ToArray<float>()),
                pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        }
        Assert.Equal("FusedLinear[Add]", new FusedLinear(false, true).Name);
        Assert.Equal("FusedLinear[Relu]", new FusedLinear().Name);
    }
}
