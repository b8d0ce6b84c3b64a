using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Tensors;

namespace Nabla.Tests.Nn.Layers;

[Collection(nameof(MemoryCollection))]
public class SequentialTests
{
    [Fact]
    public void Modules_run_in_order()
    {
        var model = new Sequential(new Shift(-2), new ReLU());
        Assert.Equal([0f, 1f], model.Call(Tensor.From(1f, 3f)).ToArray<float>());
    }

    [Fact]
    public void Names_are_numbers_as_in_PyTorch()
    {
        var model = new Sequential(new Linear(4, 3), new ReLU(), new Linear(3, 2, bias: false));
        Assert.Equal(["0.weight", "0.bias", "2.weight"], model.StateDict().Keys);
        Assert.Equal(3, model.Count);
        Assert.IsType<ReLU>(model[1]);
        Assert.Equal(model.Children(), model.AsEnumerable());
        Assert.StartsWith("Sequential(\n  (0): Linear(", model.ToString());
    }

    [Fact]
    public void It_survives_save_and_load() => LayerCheck.SurvivesSaveAndLoad(
        () => new Sequential(new Linear(3, 4), new BatchNorm1d(4)), LayerCheck.Wave(5, 3));

    [Fact]
    public void A_network_learns()
    {
        // y = x₀ − x₁ by gradient descent.
        var model = new Sequential(new Linear(2, 8), new Tanh(), new Linear(8, 1));
        var x = LayerCheck.Wave(16, 2);
        var target = LayerCheck.Wave(16, 2).MatMul(Tensor.From(new[,] { { 1f }, { -1f } }));
        var loss = new MSELoss();
        var first = loss.Call(model.Call(x), target).Item();
        for (var i = 0; i < 200; i++)
        {
            loss.Call(model.ZeroGrad().Call(x), target).Backward();
            GradMode.NoGrad(() =>
            {
                foreach (var parameter in model.Parameters())
                {
                    parameter.Assign(parameter - (parameter.Grad! * 0.1));
                }
            });
        }
        Assert.True(loss.Call(model.Call(x), target).Item() < 0.05 * first);
    }

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Throws("Sequential: there is no module 1; it has 1, numbered from 0",
            () => new Sequential(new ReLU())[1]);
        Throws("Sequential: module 1 is null", () => new Sequential(new ReLU(), null!));

        static void Throws(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }

    [Fact]
    public void What_passes_between_layers_is_recycled_by_the_backward_pass()
    {
        var model = new Sequential(
            new Linear(3, 4), new Sequential(new Sigmoid(), new Flatten()), new Linear(4, 2));
        var y = model.Call(LayerCheck.Wave(5, 3));
        var hidden = GradState.Of(y)!.Node!.SavedInput(0);
        Assert.Equal(5 * 4, hidden.ToArray<float>().Length);
        y.Sum().Backward(retainGraph: true);
        Assert.Equal(5 * 4, hidden.ToArray<float>().Length);
        y.Sum().Backward();
        Assert.Contains("one layer of a Sequential gave the next",
            Assert.Throws<InvalidOperationException>(() => hidden.ToArray<float>()).Message);
        Assert.Equal(5 * 2, y.ToArray<float>().Length);
    }

    [Fact]
    public void Inputs_outputs_and_what_others_saw_stay()
    {
        var tap = new Tap();
        var linear = new Linear(3, 3);
        var seen = new List<Tensor>();
        linear.RegisterForwardPreHook(t =>
        {
            seen.Add(t);
            return t;
        });
        linear.RegisterForwardHook((_, t) =>
        {
            seen.Add(t);
            return t;
        });
        var model = new Sequential(new Flatten(), new Identity(), new Linear(3, 3), tap,
            new Flatten(), new Dropout(0), new Tanh(), linear, new ReLU(), new Linear(3, 3),
            new Flatten());
        var x = LayerCheck.Wave(4, 3);
        var y = model.Call(x);
        var kept = new[] { x, y, tap.Seen!, seen[0], seen[1] };
        var values = kept.Select(t => t.ToArray<float>()).ToArray();
        y.Sum().Backward();
        var others = Enumerable.Range(0, 50).Select(_ => Tensor.Ones(4, 3)).ToArray();
        Assert.Equal(values, kept.Select(t => t.ToArray<float>()));
        GC.KeepAlive(others);
    }

    [Fact]
    public void Recycling_changes_no_gradient_of_first_or_second_order()
    {
        Module<Tensor, Tensor>[] layers = [new Linear(3, 4), new Tanh(), new Sigmoid(),
            new Flatten(), new Linear(4, 4), new ReLU(), new Linear(4, 2), new Softmax()];
        var model = new Sequential(layers);
        var x = LayerCheck.Wave(5, 3);
        x.RequiresGrad = true;
        // Composed by hand, nothing is handed over.
        var plain = Gradients(t => layers.Aggregate(t, (y, layer) => layer.Call(y)));
        Assert.Equal(plain, Gradients(model.Call));

        float[] Gradients(Func<Tensor, Tensor> forward)
        {
            var y = (forward(x) * LayerCheck.Wave(5, 2)).Sum();
            var first = Tensor.Gradients([y], [x], createGraph: true)[0]!;
            ((first * first).Sum() + y).Backward();
            return [.. first.ToArray<float>(), .. x.Grad!.ToArray<float>(),
                .. layers[0].Parameters().SelectMany(p => p.Grad!.ToArray<float>()), .. Reset()];
        }

        float[] Reset()
        {
            x.Grad = null;
            model.ZeroGrad();
            return [];
        }
    }

    [Fact]
    public void Without_a_tape_the_layers_take_turns_in_the_same_memory()
    {
        var model = new Sequential([.. Enumerable.Range(0, 40).Select(_ => new Tanh())]);
        var x = Tensor.Ones(1 << 18);
        model.Call(x);
        var before = MemoryPool.Outstanding;
        var y = GradMode.NoGrad(() => model.Call(x));
        var grown = (MemoryPool.Outstanding - before) / (x.Count * sizeof(float));
        Assert.InRange(grown, 0, 3);
        Assert.InRange(y.ToArray<float>()[7], 0.1f, 0.3f);
    }

    [Fact]
    public void A_summary_and_a_capture_see_the_layers_as_they_are()
    {
        var model = new Sequential(new Linear(3, 4), new Tanh(), new Linear(4, 2));
        Assert.Equal(3, ModuleSummary.Of(model, new Shape(1, 3)).Layers.Count(l => l.Parameters
            > 0 || l.Name == "1"));
        var step = new CapturedStep(x => [model.Call(x[0])]);
        var x = LayerCheck.Wave(5, 3);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(model.Call(x).ToArray<float>(), step.Run(x)[0].ToArray<float>());
        }
        Assert.True(step.WasCaptured);
    }

    /// <summary>A module of somebody else's, which keeps what passes.</summary>
    private sealed class Tap : Module<Tensor, Tensor>
    {
        public Tensor? Seen { get; private set; }

        protected override Tensor Forward(Tensor x) => Seen = x;
    }
}
