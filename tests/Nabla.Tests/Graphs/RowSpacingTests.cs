using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class RowSpacingTests
{
    private const int Rows = 40, Width = 9, Hidden = 1024;

    private readonly Tensor _x = Tensor.Randn(Rows, Width);
    private readonly Tensor _wide = Tensor.Randn(Hidden, Width);
    private readonly Tensor _narrow = Tensor.Randn(Width, Hidden);
    private readonly Tensor _bias = Tensor.Randn(Hidden);

    /// <summary>Two layers of which the first has rows of a page, forward and backward: its output
    /// and the gradient of it lie spaced, and all gradients are what they are eagerly.</summary>
    [Fact]
    public void Rows_of_a_page_between_products_are_spaced()
    {
        Parameter[] parameters =
            [new Parameter(_wide), new Parameter(_bias), new Parameter(_narrow)];
        Tensor Step(Tensor[] x)
        {
            foreach (var parameter in parameters)
            {
                parameter.Grad = null;
            }
            var hidden = x[0].Reshape(Rows, Width).Linear(parameters[0], parameters[1]).Relu();
            hidden.Reshape(4, 10, Hidden).Reshape(Rows, Hidden).Linear(parameters[2])
                .Square().Mean().Backward();
            return Tensor.Cat([.. parameters.Select(p => p.Grad!.Reshape(-1))], 0);
        }
        var x = _x.Reshape(4, 10, Width);
        var expected = Step([x]).ToArray<float>();
        var graph = Compiler.Optimize(Traces.Of(Step, x));
        Assert.Equal(["FusedLinear[Relu]", "FusedMatMul[Where SumTo]"], Spaced(graph));
        Close(expected, graph.Replay(x));
    }

    [Fact]
    public void What_else_is_read_or_looked_at_is_not_spaced()
    {
        Tensor Hidden(Tensor x) => x.Linear(_wide, _bias).Relu();
        Assert.Equal(["FusedLinear[Relu]"], SpacedOf(x => Hidden(x).Linear(_narrow)));
        Assert.Equal(["FusedLinear[Relu]"], SpacedOf(x => Hidden(x).Transpose().MatMul(x)));
        Assert.Empty(SpacedOf(Hidden));
        Assert.Empty(SpacedOf(x => Hidden(x).Exp().Linear(_narrow)));
        Assert.Empty(SpacedOf(x => Hidden(x).Reshape(2 * Rows, 512).Linear(_narrow[.., ..512])));
        Assert.Empty(SpacedOf(x =>
        {
            var hidden = Hidden(x);
            return hidden.Linear(_narrow) + hidden.Exp().Sum();
        }));
        Assert.Empty(SpacedOf(x => Hidden(x)[1..].Linear(_narrow)));
    }

    [Fact]
    public void Few_or_other_rows_are_not_spaced()
    {
        Assert.Empty(SpacedOf(x => x[..16].Linear(_wide).Relu().Linear(_narrow)));
        Assert.Equal(["FusedLinear[Relu]"],
            SpacedOf(x => x[..17].Linear(_wide).Relu().Linear(_narrow)));
        Assert.Empty(SpacedOf(x => x.Linear(_wide[1..]).Relu().Linear(_narrow[.., 1..])));
    }

    /// <summary>A residual lies as the sum that it is added to: both are spaced, or none.</summary>
    [Fact]
    public void A_residual_lies_as_its_sum()
    {
        var square = Tensor.Randn(Hidden, Hidden) * 0.01f;
        Tensor Sum(Tensor residual) => residual.Linear(square, _bias) + residual;
        Assert.Equal(["FusedLinear[Relu]", "FusedLinear[Add]"],
            SpacedOf(x => Sum(x.Linear(_wide).Relu()).Linear(_narrow)));
        Assert.Empty(SpacedOf(x => Sum(x.Linear(_wide).Exp()).Linear(_narrow)));
        Assert.Empty(SpacedOf(x => Sum(Sum(x.Linear(_wide).Relu())).Exp()));
    }

    /// <summary>Columns of a square matrix have its shape, too.</summary>
    [Fact]
    public void A_transpose_is_no_residual_of_spaced_rows()
    {
        var square = Tensor.Randn(Hidden, Hidden) * 0.01f;
        var first = Tensor.Randn(Hidden, Width);
        Assert.Empty(Spaced(Compiler.Optimize(Traces.Of(x =>
        {
            var hidden = x[0].Linear(_wide).Relu();
            return (hidden.Linear(square) + hidden.Transpose()).Linear(_narrow);
        }, first))).Except(["FusedLinear[Add]"]));
    }

    /// <summary>The ops whose outputs are spaced in the graph of a function, which gives what it
    /// gives eagerly.</summary>
    private string[] SpacedOf(Func<Tensor, Tensor> function)
    {
        var graph = Compiler.Optimize(Traces.Of(x => function(x[0]), _x));
        Close(function(_x).ToArray<float>(), graph.Replay(_x));
        return Spaced(graph);
    }

    private static string[] Spaced(Graph graph)
    {
        var names = new List<string>();
        foreach (var step in Planner.Build(graph).Steps)
        {
            if (!step.Outputs[0].IsContiguous)
            {
                Assert.Equal(Hidden + 16, step.Outputs[0].Strides[0]);
                names.Add(step.Op.Name);
            }
        }
        return [.. names];
    }

    private static void Close(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        // Sums of a thousand terms of either sign.
        var tolerance = 1e-5f * expected.Max(MathF.Abs);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }
}
