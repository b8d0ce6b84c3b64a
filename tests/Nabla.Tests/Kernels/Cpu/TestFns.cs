using Nabla.Kernels;

namespace Nabla.Tests.Kernels.Cpu;

internal struct AddFn : IBinaryFn
{
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => x + y;
}

internal struct DivFn : IBinaryFn
{
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => x / y;
}

internal struct RemainderFn : IBinaryFn
{
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => V.Remainder(x, y);
}

internal struct LessFn : IBinaryFn
{
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => V.Less(x, y);
}

internal struct SigmoidFn : IUnaryFn
{
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Sigmoid(x);
}

internal struct SquareFn : IUnaryFn
{
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => x * x;
}

internal struct SelectFn : ITernaryFn
{
    public static V Invoke<V>(V x, V y, V z) where V : unmanaged, ILanes<V> => V.Select(x, y, z);
}
