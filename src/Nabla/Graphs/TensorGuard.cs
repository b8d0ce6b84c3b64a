using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>Watches a tensor from outside a captured step.</summary>
internal static class TensorGuard
{
    /// <summary>Looks at a tensor now; the result says later what has changed, or null.</summary>
    public static Func<string?> Of(Tensor x)
    {
        var (storage, wanted, hooks) = (x.Storage, x.RequiresGrad, Hooks(x));
        return () => x.Storage != storage ? "a tensor holds other elements, as after To(dtype)"
            : x.RequiresGrad != wanted ? "RequiresGrad of a tensor has changed"
            : Hooks(x) != hooks ? "a tensor's hooks have changed"
            : null;
    }

    private static int Hooks(Tensor x) => GradState.Of(x)?.Hooks?.Count ?? 0;
}
