using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The remainder of C as a member of <see cref="Tensor"/>.</summary>
public static class FmodOps
{
    extension(Tensor x)
    {
        /// <summary>The remainder of x / y with the sign of x, as C's <c>fmod</c>; elementwise and
        /// broadcast.</summary>
        public Tensor Fmod(Tensor y) => x - ((x / y).Trunc() * y);
    }
}
