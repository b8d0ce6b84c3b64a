using Nabla.Kernels;

namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>y = f(x); x broadcasts to y's shape.</summary>
    void Unary<TFn>(DType compute, Tensor x, Tensor y) where TFn : struct, IUnaryFn;

    /// <summary>y = f(a, b); a and b broadcast to y's shape.</summary>
    void Binary<TFn>(DType compute, Tensor a, Tensor b, Tensor y) where TFn : struct, IBinaryFn;

    /// <summary>y = f(a, b, c); all broadcast to y's shape.</summary>
    void Ternary<TFn>(DType compute, Tensor a, Tensor b, Tensor c, Tensor y)
        where TFn : struct, ITernaryFn;

    /// <summary>y = x, converted to y's type; x broadcasts to y's shape.</summary>
    void Copy(Tensor x, Tensor y);

    /// <summary>y = value everywhere.</summary>
    void Fill(double value, Tensor y);
}
