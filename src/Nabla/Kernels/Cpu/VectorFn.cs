using System.Reflection;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// A primitive's <c>Invoke</c>, closed over one kind of lanes, as a method that emitted code calls.
/// Found through a delegate, not by name, so trimming can't lose it.
/// </summary>
public static class VectorFn
{
    /// <summary>The method V Invoke(V) of <typeparamref name="TFn"/>.</summary>
    public static MethodInfo Unary<TFn, V>()
        where TFn : struct, IUnaryFn where V : unmanaged, ILanes<V> =>
        ((Func<V, V>)TFn.Invoke<V>).Method;

    /// <summary>The method V Invoke(V, V) of <typeparamref name="TFn"/>.</summary>
    public static MethodInfo Binary<TFn, V>()
        where TFn : struct, IBinaryFn where V : unmanaged, ILanes<V> =>
        ((Func<V, V, V>)TFn.Invoke<V>).Method;

    /// <summary>The method V Invoke(V, V, V) of <typeparamref name="TFn"/>.</summary>
    public static MethodInfo Ternary<TFn, V>()
        where TFn : struct, ITernaryFn where V : unmanaged, ILanes<V> =>
        ((Func<V, V, V, V>)TFn.Invoke<V>).Method;
}
