using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The fractional part as a member of <see cref="Tensor"/>.</summary>
public static class FracOps
{
    extension(Tensor x)
    {
        /// <summary>x less its integer part, with the sign of x; elementwise.</summary>
        public Tensor Frac() => x - x.Trunc();
    }
}
