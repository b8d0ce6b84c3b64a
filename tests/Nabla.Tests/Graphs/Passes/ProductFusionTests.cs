using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class ProductFusionTests
{
    private static readonly Tensor W;
    private static readonly Tensor B;

    /// <summary>Before any trace: what a trace draws has no value.</summary>
    static ProductFusionTests()
    {
        W = Tensor.Randn(6, 6);
        B = Tensor.Randn(6);
    }

    public static TheoryData<string, Func<Tensor, Tensor>, string> Cases => new()
    {
        { "relu", x => x.Linear(W, B).Relu(), "FusedLinear[Relu]" },
        { "relu of a view", x => x.Reshape(2, 5, 6).Linear(W, B).Relu(),
            "Reshape Reshape FusedLinear[Relu] Reshape" },
        { "residual", x => x + x.Linear(W, B), "FusedLinear[Add]" },
        { "residual of a view, then relu", x => { var y = x.Reshape(2, 5, 6);
            return (y + y.Linear(W)).Relu(); },
            "Reshape Reshape Reshape FusedLinear[Add] Reshape Relu" },
        { "residual of a product", x => x.MatMul(W) + x, "FusedMatMul[Add]" },
        { "two products", x => x.MatMul(W) + x.Linear(W), "MatMul FusedLinear[Add]" },
        { "a residual of another shape", x => x.Linear(W, B) + x[..1], "Linear Slice Add" },
        { "relu's gradient", x => Tensor.Where(x > 0, x.MatMul(W), 0), "FusedMatMul[Where]" },
        { "another limit", x => Tensor.Where(x > 1, x.MatMul(W), 0), "Less MatMul Where" },
        { "another value", x => Tensor.Where(x > 0, x.MatMul(W), 1), "Less MatMul Where" },
        { "another reader", x => { var y = x.Linear(W); return y.Relu() + y; },
            "Linear Relu Add" },
        { "twice itself", x => { var y = x.Linear(W); return y + y; }, "Linear Add" },
        { "a strided residual", x => x.MatMul(W).Reshape(5, 12)
            + x.Reshape(12, 5).Transpose(), "MatMul Reshape Reshape Permute Add" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_product_takes_over_what_reads_it(
        string name, Func<Tensor, Tensor> function, string ops)
    {
        var x = Tensor.Randn(10, 6);
        var expected = function(x).ToArray<float>();
        var graph = new DeadCode().Run(new ProductFusion().Run(
            Traces.Of(i => function(i[0]), x)));
        Assert.Equal($"{name}: {ops}", $"{name}: {string.Join(' ', graph.Names())}");
        var actual = graph.Replay(x);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-5f * (1 + Math.Abs(expected[i])));
        }
    }

    [Fact]
    public void Doubles_and_results_are_left_alone()
    {
        var x = Tensor.Randn(10, 6);
        Assert.Contains("Relu", new ProductFusion().Run(Traces.Of(
            i => i[0].To(DType.Float64).Linear(W.To(DType.Float64)).Relu(), x)).Names());
        var graph = Capture.Trace(i =>
        {
            var y = i[0].Linear(W);
            return [y, y.Relu()];
        }, x);
        Assert.Contains("Relu", new ProductFusion().Run(graph).Names());
    }

    /// <summary>The whole way: forward, both gradients, the bias's with them.</summary>
    [Fact]
    public void A_feed_forward_step_with_a_residual_is_products_alone()
    {
        var (w1, b1) = (Tensor.Randn(40, 6), Tensor.Randn(40));
        var (w2, b2) = (Tensor.Randn(6, 40), Tensor.Randn(6));
        Tensor[] parameters = [w1, b1, w2, b2];
        foreach (var parameter in parameters)
        {
            parameter.RequiresGrad = true;
        }
        Tensor Step(Tensor[] x)
        {
            var y = x[0] + x[0].Linear(w1, b1).Relu().Linear(w2, b2);
            var gradients = Tensor.Gradients([(y * x[1]).Sum()], parameters);
            return Tensor.Cat([.. gradients.Select(g => g!.Reshape(-1))], 0);
        }
        Tensor[] x = [Tensor.Randn(2, 5, 6), Tensor.Randn(2, 5, 6)];
        var expected = Step(x).ToArray<float>();
        var graph = Compiler.Optimize(Traces.Of(Step, x), null);
        var names = graph.Names();
        Assert.Contains("FusedLinear[Relu]", names);
        Assert.Contains("FusedMatMul[Where SumTo]", names);
        Assert.DoesNotContain("Relu", names);
        Assert.DoesNotContain("Where", names);
        var actual = graph.Replay(x);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-4f * (1 + Math.Abs(expected[i])));
        }
    }
}
