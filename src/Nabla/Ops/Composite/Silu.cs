using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The sigmoid linear unit as a member of <see cref="Tensor"/>.</summary>
public static class SiluOps
{
    extension(Tensor x)
    {
        /// <summary>x · sigmoid(x), elementwise; also called swish.</summary>
        /// <remarks>Source: Elfwing, Uchibe and Doya (2018), section 2.</remarks>
        public Tensor Silu() => x * x.Sigmoid();
    }
}
