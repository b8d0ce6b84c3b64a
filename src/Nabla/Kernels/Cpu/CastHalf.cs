using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>float16 ↔ float32 by integer arithmetic on the bits, eight at a time.</summary>
internal static unsafe class CastHalf
{
    private const int Sign = 0x8000;

    /// <summary>Exponents differ by 112, and lie 13 bits apart.</summary>
    private const int Rebias = 112 << 23;

    public readonly struct ToFloat : ICastStep
    {
        public static int From => 2;

        public static int To => 4;

        [MethodImpl(AggressiveInlining)]
        public static void Sixteen(byte* source, byte* destination)
        {
            var (low, high) = Vector256.Widen(Vector256.Load((ushort*)source));
            Widen(low.AsInt32()).Store((int*)destination);
            Widen(high.AsInt32()).Store((int*)destination + 8);
        }

        [MethodImpl(AggressiveInlining)]
        private static Vector256<int> Widen(Vector256<int> half)
        {
            var bits = (half & Vector256.Create(0x7FFF)) << 13;
            var normal = bits + Vector256.Create(Rebias);
            // Infinities and NaNs have the largest exponent there as here.
            normal += Vector256.GreaterThanOrEqual(bits, Vector256.Create(0x7C00 << 13))
                & Vector256.Create(Rebias);
            // A subnormal is its fraction times 2⁻²⁴.
            var subnormal = (Vector256.ConvertToSingle(bits >> 13)
                * Vector256.Create(1f / (1 << 24))).AsInt32();
            var result = Vector256.ConditionalSelect(
                Vector256.LessThan(bits, Vector256.Create(1 << 23)), subnormal, normal);
            return result | ((half & Vector256.Create(Sign)) << 16);
        }
    }

    public readonly struct FromFloat : ICastStep
    {
        public static int From => 4;

        public static int To => 2;

        [MethodImpl(AggressiveInlining)]
        public static void Sixteen(byte* source, byte* destination) => Vector256.Narrow(
            Narrow(Vector256.Load((int*)source)).AsUInt32(),
            Narrow(Vector256.Load((int*)source + 8)).AsUInt32()).Store((ushort*)destination);

        [MethodImpl(AggressiveInlining)]
        private static Vector256<int> Narrow(Vector256<int> value)
        {
            var bits = value & Vector256.Create(int.MaxValue);
            // Nearest, ties to even: half a unit less one, and one more for an odd result.
            var odd = (bits >> 13) & Vector256<int>.One;
            var normal = (bits - Vector256.Create(Rebias - 0xFFF) + odd) >> 13;
            // Adding ½ makes the float32 adder round at the subnormals' unit, 2⁻²⁴.
            var magic = Vector256.Create(0.5f);
            var subnormal = (bits.AsSingle() + magic).AsInt32() - magic.AsInt32();
            var result = Vector256.ConditionalSelect(
                Vector256.LessThan(bits, Vector256.Create(113 << 23)), subnormal, normal);
            var huge = Vector256.GreaterThan(bits, Vector256.Create((143 << 23) - 1));
            var isNaN = Vector256.GreaterThan(bits, Vector256.Create(0x7F800000));
            var special = Vector256.Create(0x7C00) | (isNaN & Vector256.Create(0x200));
            result = Vector256.ConditionalSelect(huge, special, result);
            return result | ((value >> 16) & Vector256.Create(Sign));
        }
    }
}
