using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Powers of two as a member of <see cref="Tensor"/>.</summary>
public static class Exp2Ops
{
    extension(Tensor x)
    {
        /// <summary>2ˣ = exp(x·ln 2), elementwise.</summary>
        public Tensor Exp2() => (x * Math.Log(2)).Exp();
    }
}
