using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary><see cref="Add"/> as a member of <see cref="Tensor"/>.</summary>
public static class AddOps
{
    extension(Tensor)
    {
        /// <summary>x + y, elementwise and broadcast.</summary>
        public static Tensor operator +(Tensor x, Tensor y) =>
            Elementwise.Binary(Add.Instance, x, y);
    }
}
