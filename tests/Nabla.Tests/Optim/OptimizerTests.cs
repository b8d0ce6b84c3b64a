using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Tensors;

namespace Nabla.Tests.Optim;

public class OptimizerTests
{
    [Fact]
    public void A_parameter_without_a_gradient_stays()
    {
        var x = Tensor.From(1f);
        var y = Tensor.From(1f);
        var optimizer = new Adam([new ParameterGroup([x, y])]);
        x.Grad = Tensor.From(1f);
        optimizer.Step();
        Assert.NotEqual(1f, x.Item());
        Assert.Equal(1f, y.Item());
        optimizer.ZeroGrad();
        Assert.Null(x.Grad);
    }

    [Fact]
    public void A_loaded_state_goes_on_bit_for_bit()
    {
        var (x, a) = Make();
        for (var i = 0; i < 3; i++)
        {
            Advance(x, a);
        }
        var state = a.StateDict().ToDictionary(p => p.Key, p => Tensor.From(
            p.Value.DType == DType.Float64
                ? [(float)p.Value.Item<double>()] : p.Value.ToArray<float>(), p.Value.Shape));
        state["step"] = Tensor.Scalar(a.StateDict()["step"].Item<double>());
        state["learning_rate.0"] = Tensor.Scalar(a.StateDict()["learning_rate.0"].Item<double>());
        state["learning_rate"] = Tensor.Scalar(a.LearningRate);
        var (y, b) = Make();
        GradMode.NoGrad(() => y.Assign(x));
        b.LoadStateDict(state);
        Assert.Equal(a.LearningRate, b.LearningRate);
        Advance(x, a);
        Advance(y, b);
        Assert.Equal(x.ToArray<float>(), y.ToArray<float>());
    }

    [Fact]
    public void A_foreign_state_is_refused_with_all_differences()
    {
        var (_, adam) = Make();
        var sgd = new SGD([new ParameterGroup([("y", Tensor.From(1f))])], momentum: 0.9);
        var error = Assert.Throws<ArgumentException>(() => adam.LoadStateDict(sgd.StateDict()));
        Assert.Contains("missing: x.m; missing: x.v", error.Message);
        Assert.Contains("unexpected: y.velocity", error.Message);
        var wide = new Adam([new ParameterGroup([("x", Tensor.From(1f, 2f, 3f))])]);
        Assert.Contains("shape of x.m: (2,) here, (3,) there",
            Assert.Throws<ArgumentException>(() => adam.LoadStateDict(wide.StateDict())).Message);
    }

    [Fact]
    public void A_new_learning_rate_needs_no_new_capture()
    {
        var x = Tensor.From(1f);
        var optimizer = new SGD([new ParameterGroup([x])], 0.1);
        var step = new CapturedStep(g =>
        {
            x.Grad = g[0];
            optimizer.Step();
            return [g[0]];
        });
        step.Run(Tensor.From(1f));
        var graph = step.Graph;
        Assert.Equal(0.9f, x.Item(), 1e-6f);
        optimizer.LearningRate = 0.4;
        step.Run(Tensor.From(1f));
        Assert.Equal(0.5f, x.Item(), 1e-6f);
        Assert.NotNull(graph);
        Assert.Same(graph, step.Graph);
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        var x = Tensor.From(1f);
        Assert.Contains("no parameter", Assert.Throws<ArgumentException>(
            () => new SGD(Array.Empty<ParameterGroup>())).Message);
        Assert.Contains("got -1", Assert.Throws<ArgumentOutOfRangeException>(
            () => new SGD([new ParameterGroup([x])], -1)).Message);
        Assert.Contains("called 'w'", Assert.Throws<ArgumentException>(
            () => new SGD([new ParameterGroup([("w", x), ("w", Tensor.From(2f))])])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new SGD([new ParameterGroup([x])]).LearningRate = double.NaN);
    }

    [Fact]
    public void Parameters_that_cannot_be_stepped_are_named()
    {
        var model = new Linear(2, 2);
        Throws("SGD: the parameter weight is in two groups; which options should it follow?",
            () => new SGD([ParameterGroup.Of(model), ParameterGroup.Of(model)]));
        var leaf = Tensor.Ones(2);
        leaf.RequiresGrad = true;
        Throws("Adam: w was computed by Mul; an optimizer steps leaves",
            () => new Adam([new ParameterGroup([("w", leaf * 2)])]));
        Throws("SGD: two parameters are called 'w'", () => new SGD(
            [new ParameterGroup([("w", Tensor.Ones(2)), ("w", Tensor.Ones(2))])]));
        Assert.Equal("model",
            Assert.Throws<ArgumentNullException>(() => new SGD((Module)null!)).ParamName);

        static void Throws(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }

    private static (Tensor X, Adam Optimizer) Make()
    {
        var x = Tensor.From(1f, -2f);
        return (x, new Adam([new ParameterGroup([("x", x)])], 0.01));
    }

    private static void Advance(Tensor x, Adam optimizer)
    {
        x.Grad = Tensor.From(x.ToArray<float>().Select(v => v * v).ToArray());
        optimizer.LearningRate *= 0.9;
        optimizer.Step();
    }

    [Fact]
    public void Gradients_are_recycled_by_ZeroGrad_unless_an_optimizer_of_others_saw_them()
    {
        var (x, y) = (Tensor.From(1f), Tensor.From(1f));
        var (ours, others) = (new SGD([new ParameterGroup([x])]), new Keeping(y));
        (x.RequiresGrad, y.RequiresGrad) = (true, true);
        for (var i = 0; i < 3; i++)
        {
            (x * y).Backward();
            ours.Step();
            others.Step();
            var hidden = GradState.Of(x)!.Grad!;
            ours.ZeroGrad();
            others.ZeroGrad();
            Assert.Throws<InvalidOperationException>(() => hidden.Item());
        }
        Assert.All(others.Seen, gradient => Assert.InRange(gradient.Item(), 0.9f, 1f));
    }

    [Fact]
    public void Clipped_gradients_are_recycled_as_well()
    {
        var x = Tensor.From(1f, 2f);
        x.RequiresGrad = true;
        var optimizer = new SGD([new ParameterGroup([x])], 1);
        (x * 3).Sum().Backward();
        var first = GradState.Of(x)!.Grad!;
        optimizer.ClipGradValue(2);
        var second = GradState.Of(x)!.Grad!;
        optimizer.ClipGradNorm(1);
        Assert.Throws<InvalidOperationException>(() => first.ToArray<float>());
        Assert.Throws<InvalidOperationException>(() => second.ToArray<float>());
        optimizer.Step();
        Assert.Equal(1 - MathF.Sqrt(0.5f), x.ToArray<float>()[0], 1e-5f);
    }

    /// <summary>An optimizer that remembers the gradients it saw.</summary>
    private sealed class Keeping(Tensor x) : Optimizer([new ParameterGroup([x])], 0.1, 0)
    {
        public List<Tensor> Seen { get; } = [];

        protected override void Update(Slot slot, Tensor gradient) => Seen.Add(gradient);
    }
}
