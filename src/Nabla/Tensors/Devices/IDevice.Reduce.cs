using Nabla.Kernels;

namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>y = the fold of x over some dimensions: those of size 1 in y, and those that y
    /// lacks in front.</summary>
    void Reduce<TFn>(DType compute, Tensor x, Tensor y) where TFn : struct, IReduceFn;

    /// <summary>y (int64) = where the largest element is, among the reduced ones.</summary>
    void ArgMax(Tensor x, Tensor y);

    /// <summary>y (int64) = where the smallest element is, among the reduced ones.</summary>
    void ArgMin(Tensor x, Tensor y);
}
