using Nabla.Autograd;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Nn;

/// <summary>What every layer must do besides computing.</summary>
internal static class LayerCheck
{
    /// <summary>A new layer that loads another's state gives the same outputs.</summary>
    public static void SurvivesSaveAndLoad(Func<Module<Tensor, Tensor>> make, Tensor x)
    {
        var (saved, loaded) = (make(), make());
        GradMode.NoGrad(() =>
        {
            // Running statistics move, too.
            saved.Call(x);
            saved.Call(x);
            loaded.LoadStateDict(saved.StateDict());
            var (expected, actual) = (saved.Eval().Call(x), loaded.Eval().Call(x));
            Assert.Equal(expected.ToArray<float>(), actual.ToArray<float>());
        });
        Assert.Equal(saved.StateDict().Keys, loaded.StateDict().Keys);
    }

    /// <summary>The layer with weights that are the arguments of a case.</summary>
    public static T With<T>(this T layer, params Tensor[] weights) where T : Module
    {
        foreach (var (parameter, weight) in layer.Parameters().Zip(weights))
        {
            parameter.Become(weight.Detach().Clone());
        }
        return layer;
    }

    /// <summary>Numbers without pattern.</summary>
    public static Tensor Wave(params ReadOnlySpan<long> shape)
    {
        var sizes = new Shape(shape);
        return Tensor.From(
            Enumerable.Range(0, (int)sizes.Count).Select(i => MathF.Sin(1.7f * i)).ToArray(),
            sizes);
    }
}
