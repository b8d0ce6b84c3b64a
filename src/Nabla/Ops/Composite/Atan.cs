using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The arctangent as a member of <see cref="Tensor"/>.</summary>
public static class AtanOps
{
    extension(Tensor x)
    {
        /// <summary>The angle in radians, in (−π/2, π/2), whose tangent is x;
        /// elementwise.</summary>
        public Tensor Atan() => x.Atan2(1);
    }
}
