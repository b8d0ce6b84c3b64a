using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The length of a right triangle's longest side as a member of
/// <see cref="Tensor"/>.</summary>
public static class HypotOps
{
    extension(Tensor x)
    {
        /// <summary>√(x² + y²), elementwise and broadcast, without overflow on the way.</summary>
        public Tensor Hypot(Tensor y)
        {
            var (a, b) = (x.Abs(), y.Abs());
            var (large, small) = (a.Maximum(b), a.Minimum(b));
            // 0 / 0 for two zeros: divide by 1 there.
            var ratio = small / Tensor.Where(large.Eq(0), 1, large);
            return large * ((ratio * ratio) + 1).Sqrt();
        }
    }
}
