using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Base-10 logarithms as a member of <see cref="Tensor"/>.</summary>
public static class Log10Ops
{
    extension(Tensor x)
    {
        /// <summary>log₁₀ x = ln x / ln 10, elementwise.</summary>
        public Tensor Log10() => x.Log() * (1 / Math.Log(10));
    }
}
