using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>Runs a float64 function lane by lane: for rare arguments, where right beats
/// fast.</summary>
internal static unsafe class Lanewise
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Map<V>(V x, delegate*<double, double> function)
        where V : unmanaged, IF32Lanes<V>
    {
        var values = stackalloc float[V.Count];
        V.Store(x, values);
        for (var i = 0; i < V.Count; i++)
        {
            values[i] = (float)function(values[i]);
        }

        return V.Load(values);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Map<V>(V x, V y, delegate*<double, double, double> function)
        where V : unmanaged, IF32Lanes<V>
    {
        var values = stackalloc float[2 * V.Count];
        V.Store(x, values);
        V.Store(y, values + V.Count);
        for (var i = 0; i < V.Count; i++)
        {
            values[i] = (float)function(values[i], values[V.Count + i]);
        }

        return V.Load(values);
    }
}
