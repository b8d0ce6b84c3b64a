using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary><see cref="AddOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class AddOps
{
    extension(Tensor)
    {
        /// <summary>x + y, elementwise and broadcast.</summary>
        public static Tensor operator +(Tensor x, Tensor y) =>
            Elementwise.Binary(AddOp.Instance, x, y);
    }

    extension(Tensor x)
    {
        /// <summary>x ← x + y, in place; y broadcasts to x.</summary>
        /// <exception cref="ArgumentException">y is larger than x, or the result is of a kind that
        /// x cannot hold (a fraction in an integer).</exception>
        public void operator +=(Tensor y) => Elementwise.Update("+=", x, x + y);
    }
}
