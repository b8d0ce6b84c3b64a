using Nabla.Autograd;
using Nabla.Nn;
using Nabla.Tensors;

namespace Nabla.Tests.Nn;

public class ModuleModesTests
{
    [Fact]
    public void Train_and_eval_reach_every_module()
    {
        var module = new TwoShifts().Eval();
        Assert.All(module.Modules(), inner => Assert.False(inner.IsTraining));
        Assert.Same(module, module.Train());
        Assert.All(module.Modules(), inner => Assert.True(inner.IsTraining));
    }

    [Fact]
    public void Apply_visits_children_before_parents()
    {
        var module = new TwoShifts();
        var seen = new List<Module>();
        module.Apply(seen.Add);
        Assert.Equal(3, seen.Count);
        Assert.Same(module, seen[^1]);
    }

    [Fact]
    public void Frozen_parameters_get_no_gradient()
    {
        var module = new TwoShifts();
        module.Second.RequiresGrad_(false);
        module.Call(Tensor.From(0f, 0f)).Backward(Tensor.From(1f, 2f));
        Assert.Null(module.Second.Weight.Grad);
        Assert.Equal([1f, 2f], module.Parameters().First().Grad!.ToArray<float>());
        Assert.True(module.RequiresGrad_().Parameters().All(p => p.RequiresGrad));
    }

    [Fact]
    public void ZeroGrad_forgets_the_gradients()
    {
        var module = new Shift(1);
        module.Call(Tensor.From(0f)).Backward();
        Assert.NotNull(module.Weight.Grad);
        Assert.Null(module.ZeroGrad().Weight.Grad);
    }

    [Fact]
    public void To_converts_floats_in_place_and_leaves_integers()
    {
        var module = new TwoShifts();
        var (weight, seen) = (module.Second.Weight, module.Second.Seen);
        module.To(DType.Float64);
        Assert.Same(weight, module.Second.Weight);
        Assert.Equal(DType.Float64, weight.DType);
        Assert.Equal([10d, 20d], weight.ToArray<double>());
        Assert.True(weight.RequiresGrad);
        Assert.Equal(DType.Int64, seen.DType);
        module.Call(Tensor.From(0d, 0d)).Backward(Tensor.From(1d, 2d));
        Assert.Equal(DType.Float64, weight.Grad!.DType);
    }

    [Fact]
    public void To_takes_floating_types_only() => Assert.Contains(
        "To: parameters are floating point, not int32",
        Assert.Throws<ArgumentException>(() => new Shift(1).To(DType.Int32)).Message);

}
