using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>Eight 32-bit unsigned numbers in one 256-bit register.</summary>
internal readonly unsafe struct U32x8(Vector256<uint> value) : IU32Lanes<U32x8>
{
    private readonly Vector256<uint> _v = value;

    public static int Count => 8;

    [MethodImpl(AggressiveInlining)]
    public static U32x8 Consecutive(uint first) =>
        new(Vector256.Create(first) + Vector256<uint>.Indices);

    [MethodImpl(AggressiveInlining)]
    public static U32x8 Const(uint value) => new(Vector256.Create(value));

    [MethodImpl(AggressiveInlining)]
    public static U32x8 Xor(U32x8 a, U32x8 b) => new(a._v ^ b._v);

    [MethodImpl(AggressiveInlining)]
    public static U32x8 Multiply(U32x8 a, uint factor, out U32x8 low)
    {
        var factors = Vector256.Create(factor);
        var even = Avx2.Multiply(a._v, factors).AsUInt32();
        var odd = Avx2.Multiply((a._v.AsUInt64() >> 32).AsUInt32(), factors).AsUInt32();
        low = new(Avx2.Blend(even, (odd.AsUInt64() << 32).AsUInt32(), 0xAA));
        return new(Avx2.Blend((even.AsUInt64() >> 32).AsUInt32(), odd, 0xAA));
    }

    [MethodImpl(AggressiveInlining)]
    public static void Store(U32x8 value, uint* destination) => value._v.Store(destination);
}
