using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The arcsine as a member of <see cref="Tensor"/>.</summary>
public static class AsinOps
{
    extension(Tensor x)
    {
        /// <summary>The angle in radians, in [−π/2, π/2], whose sine is x; NaN beyond ±1;
        /// elementwise.</summary>
        public Tensor Asin() => x.Atan2((1 - (x * x)).Sqrt());
    }
}
