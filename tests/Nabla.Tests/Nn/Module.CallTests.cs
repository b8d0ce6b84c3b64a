using Nabla.Autograd.Arithmetic;
using Nabla.Nn;
using Nabla.Tensors;

namespace Nabla.Tests.Nn;

public class ModuleCallTests
{
    [Fact]
    public void A_call_runs_the_forward() =>
        Assert.Equal([11f, 22f], new TwoShifts().Call(Tensor.From(0f, 0f)).ToArray<float>());

    [Fact]
    public void A_hook_before_may_change_the_input()
    {
        var module = new Shift(1, 1);
        using (module.RegisterForwardPreHook(x => AddOp.Instance.Apply(x, x)))
        {
            Assert.Equal([5f, 7f], module.Call(Tensor.From(2f, 3f)).ToArray<float>());
        }
        Assert.Equal([3f, 4f], module.Call(Tensor.From(2f, 3f)).ToArray<float>());
    }

    [Fact]
    public void A_hook_after_sees_the_input_and_may_change_the_output()
    {
        var module = new Shift(1, 1);
        using (module.RegisterForwardHook((x, y) => AddOp.Instance.Apply(x, y)))
        {
            Assert.Equal([5f, 7f], module.Call(Tensor.From(2f, 3f)).ToArray<float>());
        }
        Assert.Equal([3f, 4f], module.Call(Tensor.From(2f, 3f)).ToArray<float>());
    }

    [Fact]
    public void A_hook_is_removed_once()
    {
        var module = new Shift(1);
        Func<Tensor, Tensor> twice = x => AddOp.Instance.Apply(x, x);
        var first = module.RegisterForwardPreHook(twice);
        module.RegisterForwardPreHook(twice);
        first.Dispose();
        first.Dispose();
        Assert.Equal([5f], module.Call(Tensor.From(2f)).ToArray<float>());
    }

    [Fact]
    public void A_layer_prepares_once_at_the_first_input()
    {
        var module = new Lazy();
        Assert.True(module.Weight.IsDeferred);
        Assert.Equal([1f, 1f, 1f], module.Call(Tensor.From(1f, 1f, 1f)).ToArray<float>());
        Assert.Equal(new Shape(3), module.Weight.Shape);
        module.Call(Tensor.From(1f, 1f, 1f));
        Assert.Equal(1, module.Preparations);
    }

    [Fact]
    public void Several_inputs_are_a_tuple() => Assert.Equal([4f],
        new Sum().Call((Tensor.From(1f), Tensor.From(3f))).ToArray<float>());

    private sealed class Lazy : Module<Tensor, Tensor>
    {
        public Parameter Weight { get; } = Parameter.Deferred();

        public int Preparations { get; private set; }

        protected override void Prepare(Tensor x)
        {
            Preparations++;
            Weight.Materialize(new FullOp(x.Shape, 0, DType.Float32).Apply());
        }

        protected override Tensor Forward(Tensor x) => AddOp.Instance.Apply(x, Weight);
    }

    private sealed class Sum : Module<(Tensor A, Tensor B), Tensor>
    {
        protected override Tensor Forward((Tensor A, Tensor B) x) => AddOp.Instance.Apply(x.A, x.B);
    }
}
