using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using static Nabla.Tests.Autograd.Leaves;

namespace Nabla.Tests.Autograd;

public class OpTests
{
    [Fact]
    public void Ops_with_equal_attributes_are_equal()
    {
        Assert.Equal(new PermuteOp([1, 0]), new PermuteOp([1, 0]));
        Assert.NotEqual(new PermuteOp([1, 0]), new PermuteOp([0, 1]));
    }

    [Fact]
    public void An_op_is_named_after_its_type()
    {
        Assert.Equal("Permute", new PermuteOp([0]).Name);
        Assert.Equal("Bare", new BareOp().Name);
        Assert.Same(new BareOp().Name, new BareOp().Name);
    }

    [Fact]
    public void An_op_without_a_rule_says_so_when_a_gradient_comes()
    {
        var y = new BareOp().Apply(Leaf(1)).Sum();
        var error = Assert.Throws<NotSupportedException>(() => y.Backward());
        Assert.Contains("Bare has no gradient", error.Message);
    }

    [Fact]
    public void A_view_op_copies_when_it_is_given_memory()
    {
        var x = Tensor.From([1f, 2f, 3f, 4f], [2, 2]);
        var y = Tensor.Empty([2, 2]);
        new PermuteOp([1, 0]).Forward([x], [y]);
        Assert.Equal([1f, 3f, 2f, 4f], y.ToArray<float>());
    }

    private sealed record BareOp : Op
    {
        public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
            x[0].Device.Copy(x[0], y[0]);

        protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[0]);
    }
}
