using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>Sixteen 32-bit unsigned numbers in one 512-bit register.</summary>
internal readonly unsafe struct U32x16(Vector512<uint> value) : IU32Lanes<U32x16>
{
    private readonly Vector512<uint> _v = value;

    public static int Count => 16;

    private static Vector512<uint> OddLanes => Vector512.Create(0xFFFFFFFF00000000).AsUInt32();

    [MethodImpl(AggressiveInlining)]
    public static U32x16 Consecutive(uint first) =>
        new(Vector512.Create(first) + Vector512<uint>.Indices);

    [MethodImpl(AggressiveInlining)]
    public static U32x16 Const(uint value) => new(Vector512.Create(value));

    [MethodImpl(AggressiveInlining)]
    public static U32x16 Xor(U32x16 a, U32x16 b) => new(a._v ^ b._v);

    [MethodImpl(AggressiveInlining)]
    public static U32x16 Multiply(U32x16 a, uint factor, out U32x16 low)
    {
        var factors = Vector512.Create(factor);
        var even = Avx512F.Multiply(a._v, factors);
        var odd = Avx512F.Multiply((a._v.AsUInt64() >> 32).AsUInt32(), factors);
        low = new(Vector512.ConditionalSelect(
            OddLanes, (odd << 32).AsUInt32(), even.AsUInt32()));
        return new(Vector512.ConditionalSelect(
            OddLanes, odd.AsUInt32(), (even >> 32).AsUInt32()));
    }

    [MethodImpl(AggressiveInlining)]
    public static void Store(U32x16 value, uint* destination) => value._v.Store(destination);
}
