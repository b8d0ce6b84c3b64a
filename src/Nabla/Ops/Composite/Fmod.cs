using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The remainder of C as a member of <see cref="Tensor"/>.</summary>
public static class FmodOps
{
    extension(Tensor x)
    {
        /// <summary>The remainder of x / y with the sign of x, as C's <c>fmod</c>; elementwise and
        /// broadcast.</summary>
        public Tensor Fmod(Tensor y) => x.DType.IsFloat || y.DType.IsFloat
            ? x - ((x / y).Trunc() * y)
            // Exact, where a quotient of integers would be rounded.
            : x.Abs().Remainder(y.Abs()) * x.Sign();
    }
}
