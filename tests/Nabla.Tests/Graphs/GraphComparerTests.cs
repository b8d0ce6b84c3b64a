using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class GraphComparerTests
{
    private readonly Tensor _a = Tensor.From(1f, 2f);
    private readonly Tensor _b = Tensor.From(1f, 2f);

    [Fact]
    public void Two_traces_of_one_function_are_the_same() => Assert.Null(Difference(
        x => (x[0] * 2 + _a + Tensor.From(3f, 4f)).Sum(0),
        x => (x[0] * 2 + _a + Tensor.From(3f, 4f)).Sum(0)));

    [Fact]
    public void Another_op_is_named() =>
        Sees("op 0 is Exp", x => x[0].Exp(), x => x[0].Log());

    [Fact]
    public void Another_number_of_ops_is_seen() =>
        Sees("1 ops against 2", x => x[0].Exp(), x => x[0].Exp().Exp());

    [Fact]
    public void Another_attribute_is_seen() =>
        Sees("op 0 is Softmax", x => x[0].Softmax(0), x => x[0].Softmax(1));

    [Fact]
    public void Another_shape_is_seen() => Assert.Contains("shape", GraphComparer.Difference(
        Traces.Of(x => x[0].Exp(), Tensor.Randn(2, 3)),
        Traces.Of(x => x[0].Exp(), Tensor.Randn(3, 2))));

    [Fact]
    public void Another_type_is_seen() => Assert.NotNull(GraphComparer.Difference(
        Traces.Of(x => x[0].Exp(), Tensor.Randn(2, 3)),
        Traces.Of(x => x[0].Exp(), Tensor.Randn(2, 3).To(DType.Float64))));

    [Fact]
    public void Another_order_of_operands_is_seen() => Sees("input 0 of op 1, Sub, is another",
        x => { var y = x[0].Exp(); return x[0] - y; },
        x => { var y = x[0].Exp(); return y - x[0]; });

    [Fact]
    public void Another_C_sharp_number_is_seen() => Sees(
        "input 1 of op 0, Mul, is another value", x => x[0] * 2, x => x[0] * 3);

    [Fact]
    public void Another_constant_tensor_is_seen() => Sees("is another value",
        x => x[0] * Tensor.From(3f, 4f), x => x[0] * Tensor.From(3f, 5f));

    [Fact]
    public void Another_state_tensor_is_seen_even_with_the_same_elements() =>
        Sees("is another value", x => x[0] * _a, x => x[0] * _b);

    [Fact]
    public void Another_result_is_seen()
    {
        Sees("output 0 is another value",
            x => { var y = x[0].Exp(); _ = y.Log(); return y; },
            x => x[0].Exp().Log());
        Assert.Contains("number of outputs", GraphComparer.Difference(
            Capture.Trace(x => [x[0]], _a), Capture.Trace(x => [x[0], x[0]], _a)));
    }

    [Fact]
    public void Another_state_change_is_seen()
    {
        Sees("number of outputs or state changes",
            x => { _a.Assign(x[0][0]); return x[0]; },
            x => { _ = x[0][0]; return x[0]; });
        Sees("state change 0 is another",
            x => { _a.Assign(x[0][0]); return x[0]; },
            x => { _b.Assign(x[0][0]); return x[0]; });
    }

    private static void Sees(
        string expected, Func<Tensor[], Tensor> first, Func<Tensor[], Tensor> second) =>
        Assert.Contains(expected, Difference(first, second));

    private static string? Difference(
        Func<Tensor[], Tensor> first, Func<Tensor[], Tensor> second)
    {
        var x = Tensor.Randn(2, 2);
        return GraphComparer.Difference(Traces.Of(first, x), Traces.Of(second, x));
    }
}
