using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The complementary error function as a member of <see cref="Tensor"/>.</summary>
public static class ErfcOps
{
    extension(Tensor x)
    {
        /// <summary>1 − erf x, elementwise.</summary>
        public Tensor Erfc() => 1 - x.Erf();
    }
}
