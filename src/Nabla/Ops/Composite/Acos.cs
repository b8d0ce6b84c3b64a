using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The arccosine as a member of <see cref="Tensor"/>.</summary>
public static class AcosOps
{
    extension(Tensor x)
    {
        /// <summary>The angle in radians, in [0, π], whose cosine is x; NaN beyond ±1;
        /// elementwise.</summary>
        public Tensor Acos() => (1 - (x * x)).Sqrt().Atan2(x);
    }
}
