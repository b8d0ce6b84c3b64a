using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Swapped dimensions as a member of <see cref="Tensor"/>.</summary>
public static class SwapAxesOps
{
    extension(Tensor x)
    {
        /// <summary>Two dimensions change places, as <c>Transpose</c>: NumPy's name for it.
        /// </summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
        public Tensor SwapAxes(int first, int second) => x.Transpose(first, second);
    }
}
