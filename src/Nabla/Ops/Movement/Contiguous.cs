using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary><see cref="DenseOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class ContiguousOps
{
    extension(Tensor x)
    {
        /// <summary>x with its elements in row-major order: itself if it has them so, else a copy.
        /// </summary>
        public Tensor Contiguous() => DenseOp.Of(x);

        /// <summary>A copy with memory of its own, in row-major order.</summary>
        public Tensor Clone() => DenseOp.Instance.Apply(x);
    }
}
