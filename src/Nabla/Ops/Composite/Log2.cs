using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Base-2 logarithms as a member of <see cref="Tensor"/>.</summary>
public static class Log2Ops
{
    extension(Tensor x)
    {
        /// <summary>log₂ x = ln x / ln 2, elementwise.</summary>
        public Tensor Log2() => x.Log() * (1 / Math.Log(2));
    }
}
