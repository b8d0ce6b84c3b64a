using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Limits as members of <see cref="Tensor"/>.</summary>
public static class ClampOps
{
    extension(Tensor x)
    {
        /// <summary>min(max(x, low), high), elementwise and broadcast. The gradient passes within
        /// the limits and at them; where low exceeds high, high wins.</summary>
        /// <param name="low">The lower limit, if there is one.</param>
        /// <param name="high">The upper limit, if there is one.</param>
        /// <exception cref="ArgumentException">There is neither.</exception>
        public Tensor Clamp(Tensor? low = null, Tensor? high = null)
        {
            if (low is null && high is null)
            {
                throw new ArgumentException("Clamp: needs a lower limit, an upper limit, or both");
            }
            var y = low is null ? x : Tensor.Where(x < low, low, x);
            return high is null ? y : Tensor.Where(y > high, high, y);
        }
    }
}
