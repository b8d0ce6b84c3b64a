using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Tensors;

namespace Nabla.Tests.Nn;

public class CompiledModuleTests
{
    [Fact]
    public void It_computes_the_eager_forward_pass_of_eval_mode()
    {
        var model = Network();
        var x = Tensor.Randn(3, 3, 16, 16);
        var compiled = model.Compile(x);
        AssertEager(model, compiled, x);
        Assert.DoesNotContain("BatchNorm", compiled.Graph.ToString());
        Assert.DoesNotContain("Relu(", compiled.Graph.ToString());
    }

    [Fact]
    public void A_module_in_training_mode_stays_in_it()
    {
        var model = Network().Train();
        model.Modules().OfType<Dropout>().Single().Eval();
        var compiled = model.Compile(Tensor.Randn(2, 3, 16, 16));
        Assert.True(model.IsTraining);
        Assert.All(model.Modules(), m => Assert.Equal(m is not Dropout, m.IsTraining));
        AssertEager(model, compiled, Tensor.Randn(2, 3, 16, 16));
    }

    [Fact]
    public void Each_input_shape_is_compiled_once()
    {
        var model = Network();
        var compiled = model.Compile(Tensor.Zeros(1, 3, 16, 16));
        foreach (var batch in new[] { 1, 4, 1, 4, 2 })
        {
            AssertEager(model, compiled, Tensor.Randn(batch, 3, 16, 16));
        }
        Assert.Equal(3, compiled.Compilations);
    }

    [Fact]
    public void Beyond_the_cache_calls_run_eagerly_and_nothing_is_compiled_again()
    {
        var model = Network().Train();
        var compiled = model.Compile(Tensor.Zeros(1, 3, 16, 16));
        for (var round = 0; round < 3; round++)
        {
            for (var batch = 1; batch <= CompiledModule.MaxShapes + 1; batch++)
            {
                AssertEager(model, compiled, Tensor.Randn(batch, 3, 16, 16));
            }
        }
        Assert.Equal(CompiledModule.MaxShapes, compiled.Compilations);
        var x = Tensor.Randn(CompiledModule.MaxShapes + 1, 3, 16, 16);
        Assert.False(compiled.Call(x).RequiresGrad);
        Assert.True(model.IsTraining);
        Assert.Contains("runs eagerly",
            Assert.Throws<InvalidOperationException>(() => compiled.Profile(x)).Message);
    }

    [Fact]
    public void A_shape_gets_the_graph_of_one_that_is_called_no_more()
    {
        var compiled = new Sequential(new Identity()).Compile(Tensor.Zeros(1));
        for (var n = 2; n <= CompiledModule.MaxShapes; n++)
        {
            compiled.Call(Tensor.Zeros(n));
        }
        var x = Tensor.Randn(20);
        for (var call = 0; call < 2 * CompiledModule.IdleCalls; call++)
        {
            var y = compiled.Call(call % 2 == 0 ? x : Tensor.Zeros(3));
            Assert.NotSame(x.Storage, y.Storage);
        }
        Assert.Equal(CompiledModule.MaxShapes + 1, compiled.Compilations);
        Assert.Equal(x.ToArray<float>(), compiled.Call(x).ToArray<float>());
    }

    [Fact]
    public void Shapes_share_the_memory_that_the_largest_needs()
    {
        var compiled = Network().Compile(Tensor.Zeros(8, 3, 16, 16));
        var x = Tensor.Randn(8, 3, 16, 16);
        var before = compiled.Call(x).ToArray<float>();
        var bytes = compiled.Bytes;
        Assert.InRange(bytes, 1, long.MaxValue);
        compiled.Call(x[..3]);
        Assert.Equal(bytes, compiled.Bytes);
        Assert.Equal(before, compiled.Call(x).ToArray<float>());
    }

    [Fact]
    public void Changed_weights_are_compiled_in_anew()
    {
        var model = Network();
        var x = Tensor.Randn(2, 3, 16, 16);
        var compiled = model.Compile(x);
        var optimizer = new SGD(model, 0.1);
        model.Train();
        model.Call(x).Square().Mean().Backward();
        optimizer.Step();
        AssertEager(model, compiled, x);
        Assert.Equal(2, compiled.Compilations);

        model.LoadStateDict(Network().StateDict());
        AssertEager(model, compiled, x);
        Assert.Equal(3, compiled.Compilations);

        model.To(DType.Float64);
        AssertEager(model, compiled, x.To(DType.Float64));
        compiled.Call(x.To(DType.Float64));
        Assert.Equal(4, compiled.Compilations);
    }

    [Fact]
    public void Weights_are_packed_once_for_all_shapes()
    {
        var compiled = Network().Compile(Tensor.Zeros(1, 3, 16, 16));
        var first = Weights();
        compiled.Call(Tensor.Zeros(4, 3, 16, 16));
        Assert.Equal(2, compiled.Compilations);
        Assert.All(Weights(), w => Assert.Contains(first, t => ReferenceEquals(t, w)));

        Tensor[] Weights() => [.. compiled.Graph.Nodes.SelectMany(n => n.Inputs)
            .Select(v => v.External).OfType<Tensor>().Where(t => t.Count > 1024)];
    }

    [Fact]
    public void A_profile_times_every_op()
    {
        var compiled = Network().Compile(Tensor.Zeros(1, 3, 16, 16));
        var profile = compiled.Profile(Tensor.Zeros(2, 3, 16, 16), runs: 2);
        Assert.Equal(2 * 8 * 16 * 16 * 27, profile[0].MultiplyAdds);
        Assert.All(profile, timing => Assert.InRange(timing.Milliseconds, 0, 10_000));
        Assert.Equal(["ChannelsLastConv2d", "ChannelsLastMaxPool2d", "ChannelsLastConv2d", "Dense",
            "FusedLinear[Relu]", "PackedLinear"], profile.Select(timing => timing.Op));
        Assert.Equal(2 * 10 * 108, profile[4].MultiplyAdds);
    }

    [Fact]
    public void Outputs_are_tensors_of_their_own()
    {
        var compiled = Network().Compile(Tensor.Zeros(1, 3, 16, 16));
        var first = compiled.Call(Tensor.Zeros(1, 3, 16, 16));
        var before = first.ToArray<float>();
        compiled.Call(Tensor.Ones(1, 3, 16, 16));
        Assert.Equal(before, first.ToArray<float>());
        Assert.False(first.RequiresGrad);
    }

    [Fact]
    public void Many_threads_may_call_it()
    {
        var model = Network();
        var compiled = model.Compile(Tensor.Zeros(1, 3, 16, 16));
        var x = Enumerable.Range(0, 8).Select(_ => Tensor.Randn(1, 3, 16, 16)).ToArray();
        var expected = x.Select(t => compiled.Call(t).ToArray<float>()).ToArray();
        Parallel.For(0, 64, i => Assert.Equal(
            expected[i % 8], compiled.Call(x[i % 8]).ToArray<float>()));
        Assert.Equal(1, compiled.Compilations);
    }

    [Fact]
    public void Layers_whose_sizes_the_input_decides_get_them()
    {
        var model = new Sequential(Linear.Lazy(4), new ReLU(), Linear.Lazy(2));
        var x = Tensor.Randn(3, 5);
        AssertEager(model, model.Compile(x), x);
    }

    [Fact]
    public void What_can_not_be_compiled_says_why()
    {
        var error = Assert.Throws<GraphBreakException>(
            () => new Reader().Compile(Tensor.Zeros(2)));
        Assert.Contains("breaks the graph", error.Message);
        var compiled = Network().Compile(Tensor.Zeros(1, 3, 16, 16));
        Assert.Contains("call the module itself", Assert.Throws<InvalidOperationException>(
            () => Capture.Trace(x => [compiled.Call(x[0])], Tensor.Zeros(1, 3, 16, 16))).Message);
    }

    private static Sequential Network()
    {
        var model = new Sequential(
            new Conv2d(3, 8, 3, padding: 1), new BatchNorm2d(8), new ReLU6(),
            new MaxPool2d(2), new Conv2d(8, 12, 3, stride: 2, groups: 4, bias: false),
            new BatchNorm2d(12), new ReLU(), new Flatten(), new Dropout(0.5),
            new Linear(108, 10), new BatchNorm1d(10), new ReLU(), new Linear(10, 4));
        foreach (var norm in model.Modules().OfType<BatchNorm>())
        {
            Init.Normal(norm.RunningMean!, 0, 0.3);
            Init.Uniform(norm.RunningVar!, 0.5, 1.5);
        }
        return model;
    }

    private static void AssertEager(
        Module<Tensor, Tensor> model, CompiledModule compiled, Tensor x)
    {
        var training = model.Modules().Where(m => m.IsTraining).ToArray();
        model.Eval();
        Tensor expected;
        using (GradMode.NoGrad())
        {
            expected = model.Call(x);
        }
        Array.ForEach(training, m => m.SetTraining(true));
        var actual = compiled.Call(x);
        Assert.Equal(expected.Shape, actual.Shape);
        var scale = expected.Abs().Max().Item();
        Assert.InRange((expected - actual).Abs().Max().Item(), 0, 1e-5 * scale);
    }

    private sealed class Reader : Module<Tensor, Tensor>
    {
        protected override Tensor Forward(Tensor x) => x * x[0].Item<float>();
    }
}
