using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>One row of a convolution's tile: <typeparamref name="C"/> sums that stay in registers.
/// </summary>
internal unsafe struct ConvTileRow<V, C>
    where V : unmanaged, IConvVector<V>
    where C : struct, IGemmConst
{
    private V _0;
    private V _1;
    private V _2;
    private V _3;

    /// <summary>All sums begin with one number.</summary>
    [MethodImpl(AggressiveInlining)]
    public void Start(float value)
    {
        _0 = V.Broadcast(value);
        (_1, _2, _3) = (_0, _0, _0);
    }

    /// <summary>Sums that lie side by side in memory.</summary>
    [MethodImpl(AggressiveInlining)]
    public void Load(float* from)
    {
        _0 = V.Load(from);
        if (C.Value > 1)
        {
            _1 = V.Load(from + V.Count);
        }
        if (C.Value > 2)
        {
            _2 = V.Load(from + (2 * V.Count));
        }
        if (C.Value > 3)
        {
            _3 = V.Load(from + (3 * V.Count));
        }
    }

    /// <summary>Adds factor · x to the sums.</summary>
    [MethodImpl(AggressiveInlining)]
    public void Add(V factor, V x0, V x1, V x2, V x3)
    {
        _0 = V.Fma(factor, x0, _0);
        if (C.Value > 1)
        {
            _1 = V.Fma(factor, x1, _1);
        }
        if (C.Value > 2)
        {
            _2 = V.Fma(factor, x2, _2);
        }
        if (C.Value > 3)
        {
            _3 = V.Fma(factor, x3, _3);
        }
    }

    /// <summary>Writes the sums side by side.</summary>
    [MethodImpl(AggressiveInlining)]
    public readonly void Store(float* to)
    {
        V.Store(_0, to);
        if (C.Value > 1)
        {
            V.Store(_1, to + V.Count);
        }
        if (C.Value > 2)
        {
            V.Store(_2, to + (2 * V.Count));
        }
        if (C.Value > 3)
        {
            V.Store(_3, to + (3 * V.Count));
        }
    }
}
