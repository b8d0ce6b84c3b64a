using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The hyperbolic sine as a member of <see cref="Tensor"/>.</summary>
public static class SinhOps
{
    extension(Tensor x)
    {
        /// <summary>(eˣ − e⁻ˣ) / 2, elementwise, without cancellation near 0.</summary>
        public Tensor Sinh() => (x.Expm1() - (-x).Expm1()) * 0.5;
    }
}
