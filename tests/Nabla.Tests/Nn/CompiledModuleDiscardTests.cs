using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Kernels.Cpu;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Tensors;
using Nabla.Tests.Tensors;

namespace Nabla.Tests.Nn;

[Collection(nameof(MemoryCollection))]
public class CompiledModuleDiscardTests
{
    public static TheoryData<string, Action<Sequential>> Uses => new()
    {
        { "call", m => m.Call(Tensor.Zeros(1, 3, 16, 16)) },
        { "value", m => m.Parameters().First().ToArray<float>() },
        { "span", m => m.Buffers().First().AsSpan<float>() },
        { "op", m => GradMode.NoGrad(() => m.Parameters().First() * 2) },
        { "view", m => GradMode.NoGrad(() => m.Parameters().First()[0].ToArray<float>()) },
        { "write", m => GradMode.NoGrad(() => m.Parameters().First().Assign(0)) },
        { "draw", m => Init.Normal(m.Parameters().First()) },
        { "convert", m => m.To(DType.Float64) },
        { "state", m => m.StateDict() },
        { "load", m => m.LoadStateDict(Network().StateDict()) },
        { "compile", m => m.Compile(Tensor.Zeros(1, 3, 16, 16)) },
        { "step", m => new SGD(m, 0.1).Step() },
        { "capture", m => new CapturedStep(x => [m.Call(x[0])]).Run(Tensor.Zeros(1, 3, 16, 16)) },
    };

    [Fact]
    public void Outputs_are_those_of_a_module_that_keeps_its_parameters()
    {
        var (kept, discarded) = (Network(), Network());
        Tensor[] examples = [.. new[] { 1, 3, 70 }.Select(n => Tensor.Randn(n, 3, 16, 16))];
        var expected = kept.Compile(examples);
        var actual = discarded.Compile([.. examples, examples[0]], discardParameters: true);
        Assert.Equal(3, actual.Compilations);
        foreach (var x in examples)
        {
            Assert.Equal(expected.Call(x).ToArray<float>(), actual.Call(x).ToArray<float>());
        }
        Assert.Equal(3, expected.Compilations);
        Assert.NotEmpty(actual.Profile(examples[1], runs: 1));
    }

    [Fact]
    public void Packed_weights_replace_the_originals()
    {
        var model = new Sequential(
            new Conv2d(64, 256, 3, bias: false), new BatchNorm2d(256), new ReLU(),
            new Conv2d(256, 512, 3), new AdaptiveAvgPool2d(1), new Flatten(), new Linear(512, 9));
        var (weights, others) = (Storages(model, true), Storages(model, false));
        var x = Tensor.Randn(1, 64, 8, 8);
        MemoryPool.Trim();
        var before = MemoryPool.Outstanding;
        var compiled = model.Compile(x, discardParameters: true);
        Assert.All(weights, storage => Assert.False(storage.TryGetTarget(out _)));
        // What is read as it is, the last layer's weights, exists once.
        Assert.Equal(1, others.Count(storage => storage.TryGetTarget(out _)));
        Assert.InRange(MemoryPool.Outstanding, 0, before + (before / 4));
        Assert.Equal(9, compiled.Call(x).Count);
        Assert.All(model.Parameters(), p => Assert.True(p.Count > 0));
        GC.KeepAlive(model);
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public void Whoever_uses_the_parameters_is_told(string name, Action<Sequential> use)
    {
        var model = Network();
        var x = Tensor.Randn(2, 3, 16, 16);
        model.Call(x).Sum().Backward();
        var compiled = model.Compile(x, discardParameters: true);
        var error = Assert.Throws<InvalidOperationException>(() => use(model));
        Assert.Matches(@"^\d\.\w+ of Sequential was discarded .* call the compiled module",
            error.Message);
        Assert.All(model.Parameters(), p => Assert.Null(p.Grad));
        Assert.Equal(4 * 2, compiled.Call(x).Count);
        Assert.NotEmpty(name);
    }

    [Fact]
    public void A_shape_without_an_example_is_refused()
    {
        var compiled = Network().Compile(
            [Tensor.Zeros(1, 3, 16, 16), Tensor.Zeros(4, 3, 16, 16)], discardParameters: true);
        var error = Assert.Throws<InvalidOperationException>(
            () => compiled.Call(Tensor.Zeros(2, 3, 16, 16)));
        Assert.Contains("not for float32 (2, 3, 16, 16)", error.Message);
        Assert.Contains("float32 (1, 3, 16, 16)", error.Message);
        Assert.Contains("float32 (4, 3, 16, 16)", error.Message);
        Assert.Contains("pass an example of each shape", error.Message);
        Assert.Contains("float64", Assert.Throws<InvalidOperationException>(
            () => compiled.Profile(Tensor.Zeros([1, 3, 16, 16], DType.Float64))).Message);
    }

    [Fact]
    public void Other_rules_for_numbers_are_refused()
    {
        var x = Tensor.Zeros(1, 3, 16, 16);
        var compiled = Network().Compile(x, discardParameters: true);
        Numerics.Strict = !Numerics.Strict;
        try
        {
            Assert.Contains("set it before Compile",
                Assert.Throws<InvalidOperationException>(() => compiled.Call(x)).Message);
        }
        finally
        {
            Numerics.Strict = !Numerics.Strict;
        }
        compiled.Call(x);
    }

    [Fact]
    public void What_other_tensors_hold_stays_and_must_not_be_written()
    {
        var model = Network();
        var x = Tensor.Randn(1, 3, 16, 16);
        var state = model.StateDict();
        var values = state.ToDictionary(item => item.Key, item => item.Value.Clone());
        var view = GradMode.NoGrad(() => model.Parameters().First()[0]);
        var compiled = model.Compile(x, discardParameters: true);
        Assert.All(state, item => Assert.True(item.Value.Eq(values[item.Key]).All().IsTrue()));
        Assert.True(view.Eq(values["0.weight"][0]).All().IsTrue());
        var before = compiled.Call(x).ToArray<float>();
        state["0.weight"].Assign(0);
        Assert.Equal(before, compiled.Call(x).ToArray<float>());
        state["12.bias"].Assign(0);
        Assert.Contains("was written since",
            Assert.Throws<InvalidOperationException>(() => compiled.Call(x)).Message);
    }

    [Fact]
    public void Tied_weights_go_once_and_a_module_that_shares_them_says_so()
    {
        var weight = new Parameter(Tensor.Randn(80, 80));
        var (model, other) = (new Tied(weight), new Tied(weight));
        var x = Tensor.Randn(70, 80);
        var expected = new Tied(new Parameter(weight.Clone())).Compile(x).Call(x);
        var compiled = model.Compile(x, discardParameters: true);
        Assert.Equal(expected.ToArray<float>(), compiled.Call(x).ToArray<float>());
        Assert.Contains("weight of Tied was discarded",
            Assert.Throws<InvalidOperationException>(() => other.Call(x)).Message);
    }

    [Fact]
    public void A_tensor_beside_the_parameters_is_watched()
    {
        var model = new Tied(new Parameter(Tensor.Randn(80, 80)));
        var x = Tensor.Randn(70, 80);
        var compiled = model.Compile(x, discardParameters: true);
        compiled.Call(x);
        model.Scale.Assign(3);
        Assert.Contains("compile it after that",
            Assert.Throws<InvalidOperationException>(() => compiled.Call(x)).Message);
    }

    [Fact]
    public void What_can_not_be_compiled_keeps_its_parameters()
    {
        var model = new Reader();
        Assert.Throws<GraphBreakException>(
            () => model.Compile(Tensor.Zeros(2), discardParameters: true));
        Assert.Equal([1f, 2], model.Weight.ToArray<float>());
        Assert.Contains("there is no example",
            Assert.Throws<ArgumentException>(() => model.Compile([])).Message);
    }

    [Fact]
    public void Layers_whose_sizes_the_input_decides_get_them_first()
    {
        var model = new Sequential(Linear.Lazy(4), new ReLU(), Linear.Lazy(2));
        var x = Tensor.Randn(3, 5);
        var expected = model.Call(x).ToArray<float>();
        var actual = model.Compile(x, discardParameters: true).Call(x);
        Assert.Equal(expected, actual.ToArray<float>());
    }

    [Fact]
    public void More_examples_than_shapes_are_kept_are_all_compiled()
    {
        Tensor[] examples = [.. Enumerable.Range(1, CompiledModule.MaxShapes + 2)
            .Select(n => Tensor.Zeros(n, 5))];
        foreach (var discard in new[] { false, true })
        {
            var compiled = new Sequential(new Linear(5, 2)).Compile(examples, discard);
            Assert.All(examples, x => Assert.Equal(2 * x.Shape[0], compiled.Call(x).Count));
            Assert.Equal(examples.Length, compiled.Compilations);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<Storage>[] Storages(Sequential model, bool ofConvolutions) =>
        [.. model.Modules().Where(m => m is Conv2d == ofConvolutions)
            .SelectMany(m => m is Sequential ? [] : m.Parameters().Concat<Tensor>(m.Buffers()))
            .Where(tensor => tensor.Count >= 512)
            .Select(tensor => new WeakReference<Storage>(tensor.Storage))];

    private static Sequential Network()
    {
        Generator.ManualSeed(5);
        return new(
            new Conv2d(3, 8, 3, padding: 1), new BatchNorm2d(8), new ReLU6(),
            new MaxPool2d(2), new Conv2d(8, 12, 3, stride: 2, groups: 4, bias: false),
            new BatchNorm2d(12), new ReLU(), new Flatten(), new Dropout(0.5),
            new Linear(108, 100), new BatchNorm1d(100), new ReLU(), new Linear(100, 4));
    }

    /// <summary>y = x Wᵀ Wᵀ W · scale.</summary>
    private sealed class Tied(Parameter weight) : Module<Tensor, Tensor>
    {
        private readonly Parameter _weight = weight;
        private readonly Parameter[] _again = [weight];

        public Tensor Scale { get; } = Tensor.Scalar(2f);

        protected override Tensor Forward(Tensor x) =>
            x.Linear(_weight).Linear(_again[0]).MatMul(_weight) * Scale;
    }

    private sealed class Reader : Module<Tensor, Tensor>
    {
        public Parameter Weight { get; } = new(Tensor.From(1f, 2f));

        protected override Tensor Forward(Tensor x) => x * Weight * x[0].Item<float>();
    }
}
