using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The hyperbolic cosine as a member of <see cref="Tensor"/>.</summary>
public static class CoshOps
{
    extension(Tensor x)
    {
        /// <summary>(eˣ + e⁻ˣ) / 2, elementwise.</summary>
        public Tensor Cosh() => (x.Exp() + (-x).Exp()) * 0.5;
    }
}
