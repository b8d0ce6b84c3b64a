using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The logarithm of a sum of exponentials as a member of <see cref="Tensor"/>.</summary>
public static class LogAddExpOps
{
    extension(Tensor x)
    {
        /// <summary>ln(eˣ + eʸ), elementwise and broadcast, without overflow.</summary>
        public Tensor LogAddExp(Tensor y) =>
            x.Maximum(y) + (-(x - y).Abs()).Exp().Log1p();
    }
}
