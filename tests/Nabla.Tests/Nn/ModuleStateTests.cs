using Nabla.Autograd;
using Nabla.Nn;
using Nabla.Tensors;

namespace Nabla.Tests.Nn;

public class ModuleStateTests
{
    [Fact]
    public void The_state_dict_is_in_PyTorchs_order_and_shares_the_memory()
    {
        var module = new TwoShifts();
        var state = module.StateDict();
        Assert.Equal(["first.weight", "first.seen", "second.weight", "second.seen"], state.Keys);
        Assert.False(state["first.weight"].RequiresGrad);
        state["second.weight"].Assign(Tensor.From(7f, 8f));
        Assert.Equal([7f, 8f], module.Second.Weight.ToArray<float>());
    }

    [Fact]
    public void Loading_copies_in_place()
    {
        var (from, to) = (new TwoShifts(), new TwoShifts());
        GradMode.NoGrad(() => from.Second.Weight.Assign(Tensor.From(3f, 4f)));
        var weight = to.Second.Weight;
        var alias = weight.Detach();
        var result = to.LoadStateDict(from.StateDict());
        Assert.Empty(result.Missing);
        Assert.Empty(result.Unexpected);
        Assert.Same(weight, to.Second.Weight);
        Assert.Equal([3f, 4f], alias.ToArray<float>());
        GradMode.NoGrad(() => from.Second.Weight.Assign(Tensor.From(0f)));
        Assert.Equal([3f, 4f], weight.ToArray<float>());
    }

    [Fact]
    public void Loading_converts_element_types()
    {
        var module = new TwoShifts();
        var state = new TwoShifts().To(DType.Float64).StateDict();
        module.LoadStateDict(state);
        Assert.Equal(DType.Float32, module.Second.Weight.DType);
    }

    [Fact]
    public void All_mismatches_are_listed_at_once_and_nothing_is_written()
    {
        var module = new TwoShifts();
        var state = new Dictionary<string, Tensor>
        {
            ["first.weight"] = Tensor.From(9f, 9f),
            ["first.seen"] = Tensor.From(1L),
            ["second.weight"] = Tensor.From(1f, 2f, 3f),
            ["third.weight"] = Tensor.From(1f),
        };
        var error = Assert.Throws<ArgumentException>(() => module.LoadStateDict(state));
        Assert.Equal(
            "LoadStateDict: the state dict does not fit TwoShifts:\n"
            + "  missing: second.seen\n  unexpected: third.weight\n"
            + "  shape of second.weight: the module has (2,), the state dict (3,)\n"
            + "Pass strict: false to load what fits by name.", error.Message);
        Assert.Equal([1f, 2f], module.Parameters().First().ToArray<float>());
    }

    [Fact]
    public void Not_strict_loads_what_fits_and_reports_the_rest()
    {
        var module = new TwoShifts();
        var result = module.LoadStateDict(new Dictionary<string, Tensor>
        {
            ["second.weight"] = Tensor.From(5f, 6f),
            ["other"] = Tensor.From(1f),
        }, strict: false);
        Assert.Equal(["first.weight", "first.seen", "second.seen"], result.Missing);
        Assert.Equal(["other"], result.Unexpected);
        Assert.Equal([5f, 6f], module.Second.Weight.ToArray<float>());
    }

    [Fact]
    public void Not_strict_does_not_excuse_a_wrong_shape()
    {
        var error = Assert.Throws<ArgumentException>(() => new TwoShifts().LoadStateDict(
            new Dictionary<string, Tensor> { ["second.weight"] = Tensor.From(5f) },
            strict: false));
        Assert.EndsWith("the module has (2,), the state dict (1,)", error.Message);
    }

    [Fact]
    public void Buffers_may_be_left_out_or_optional()
    {
        var module = new Buffers();
        Assert.Equal(["optional"], module.StateDict().Keys);
        Assert.Empty(module.LoadStateDict(new Dictionary<string, Tensor>()).Missing);
    }

    [Fact]
    public void Shared_parameters_appear_under_every_name()
    {
        var shift = new Shift(1);
        Assert.Equal(["weight", "inner.weight", "inner.seen"], new Tied(shift).StateDict().Keys);
    }

    [Fact]
    public void A_deferred_parameter_is_loaded_but_not_saved()
    {
        var module = new Deferred();
        var error = Assert.Throws<InvalidOperationException>(() => module.StateDict());
        Assert.Contains("StateDict: weight has no shape before the first input", error.Message);
        var value = Tensor.From(1f, 2f);
        module.LoadStateDict(new Dictionary<string, Tensor> { ["weight"] = value });
        value.Assign(Tensor.From(0f));
        Assert.Equal([1f, 2f], module.Weight.ToArray<float>());
        Assert.False(module.Weight.IsDeferred);
    }

    private sealed class Buffers : Module
    {
        public ModuleBuffer Temporary { get; } = new(Tensor.From(1f), persistent: false);

        public ModuleBuffer Optional { get; } = new(Tensor.From(1f)) { IsOptional = true };
    }

    private sealed class Tied(Shift inner) : Module
    {
        public Parameter Weight { get; } = inner.Weight;

        public Shift Inner { get; } = inner;
    }

    private sealed class Deferred : Module
    {
        public Parameter Weight { get; } = Parameter.Deferred();
    }
}
