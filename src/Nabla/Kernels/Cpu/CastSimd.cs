using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>The conversions that training runs often, in vectors.</summary>
internal static unsafe class CastSimd
{
    /// <summary>The vector loop for a pair of types, or null.</summary>
    public static delegate*<void*, void*, nint, void> Tile(
        DType from, DType to) => (from, to) switch
        {
            (DType.UInt8 or DType.Bool, DType.Float32) => &Loop<ByteToFloat>,
            (DType.Int32, DType.Float32) => &Loop<IntToFloat>,
            (DType.Int64, DType.Float32) => &Loop<LongToFloat>,
            (DType.Float64, DType.Float32) => &Loop<DoubleToFloat>,
            (DType.Float16, DType.Float32) => &Loop<CastHalf.ToFloat>,
            (DType.BFloat16, DType.Float32) => &Loop<BFloat16ToFloat>,
            (DType.Float32, DType.Bool) => &Loop<FloatToBool>,
            (DType.Float32, DType.Float64) => &Loop<FloatToDouble>,
            (DType.Float32, DType.Float16) => &Loop<CastHalf.FromFloat>,
            (DType.Float32, DType.BFloat16) => &Loop<FloatToBFloat16>,
            _ => null,
        };

    [MethodImpl(AggressiveOptimization)]
    [SkipLocalsInit]
    private static void Loop<TStep>(void* source, void* destination, nint n)
        where TStep : struct, ICastStep
    {
        var x = (byte*)source;
        var y = (byte*)destination;
        for (; n >= 16; n -= 16)
        {
            TStep.Sixteen(x, y);
            x += 16 * TStep.From;
            y += 16 * TStep.To;
        }

        if (n > 0)
        {
            var padded = stackalloc byte[32 * sizeof(long)];
            Unsafe.CopyBlockUnaligned(padded, x, (uint)(n * TStep.From));
            TStep.Sixteen(padded, padded + (16 * sizeof(long)));
            Unsafe.CopyBlockUnaligned(y, padded + (16 * sizeof(long)), (uint)(n * TStep.To));
        }
    }

    private readonly struct ByteToFloat : ICastStep
    {
        public static int From => 1;

        public static int To => 4;

        [MethodImpl(AggressiveInlining)]
        public static void Sixteen(byte* source, byte* destination)
        {
            var (low, high) = Vector256.Widen(
                Vector256.WidenLower(Vector128.Load(source).ToVector256Unsafe()));
            Vector256.ConvertToSingle(low.AsInt32()).Store((float*)destination);
            Vector256.ConvertToSingle(high.AsInt32()).Store((float*)destination + 8);
        }
    }

    private readonly struct IntToFloat : ICastStep
    {
        public static int From => 4;

        public static int To => 4;

        [MethodImpl(AggressiveInlining)]
        public static void Sixteen(byte* source, byte* destination) =>
            Vector512.ConvertToSingle(Vector512.Load((int*)source)).Store((float*)destination);
    }

    private readonly struct LongToFloat : ICastStep
    {
        public static int From => 8;

        public static int To => 4;

        [MethodImpl(AggressiveInlining)]
        public static void Sixteen(byte* source, byte* destination)
        {
            var x = (long*)source;
            var y = (float*)destination;
            if (Avx512DQ.IsSupported)
            {
                Avx512DQ.ConvertToVector256Single(Vector512.Load(x)).Store(y);
                Avx512DQ.ConvertToVector256Single(Vector512.Load(x + 8)).Store(y + 8);
                return;
            }

            for (var i = 0; i < 16; i++)
            {
                y[i] = x[i];
            }
        }
    }

    private readonly struct DoubleToFloat : ICastStep
    {
        public static int From => 8;

        public static int To => 4;

        [MethodImpl(AggressiveInlining)]
        public static void Sixteen(byte* source, byte* destination)
        {
            var x = (double*)source;
            Vector256.Narrow(Vector256.Load(x), Vector256.Load(x + 4)).Store((float*)destination);
            Vector256.Narrow(Vector256.Load(x + 8), Vector256.Load(x + 12))
                .Store((float*)destination + 8);
        }
    }

    private readonly struct FloatToDouble : ICastStep
    {
        public static int From => 4;

        public static int To => 8;

        [MethodImpl(AggressiveInlining)]
        public static void Sixteen(byte* source, byte* destination)
        {
            var y = (double*)destination;
            var (a, b) = Vector256.Widen(Vector256.Load((float*)source));
            var (c, d) = Vector256.Widen(Vector256.Load((float*)source + 8));
            a.Store(y);
            b.Store(y + 4);
            c.Store(y + 8);
            d.Store(y + 12);
        }
    }

    private readonly struct FloatToBool : ICastStep
    {
        public static int From => 4;

        public static int To => 1;

        [MethodImpl(AggressiveInlining)]
        public static void Sixteen(byte* source, byte* destination)
        {
            var truth = Vector256.Narrow(Truth((float*)source), Truth((float*)source + 8));
            Vector128.Narrow(truth.GetLower(), truth.GetUpper()).Store(destination);
        }

        [MethodImpl(AggressiveInlining)]
        private static Vector256<uint> Truth(float* x) => Vector256.AndNot(Vector256<uint>.One,
            Vector256.Equals(Vector256.Load(x), Vector256<float>.Zero).AsUInt32());
    }

    private readonly struct BFloat16ToFloat : ICastStep
    {
        public static int From => 2;

        public static int To => 4;

        [MethodImpl(AggressiveInlining)]
        public static void Sixteen(byte* source, byte* destination)
        {
            var (low, high) = Vector256.Widen(Vector256.Load((ushort*)source));
            (low << 16).Store((uint*)destination);
            (high << 16).Store((uint*)destination + 8);
        }
    }

    private readonly struct FloatToBFloat16 : ICastStep
    {
        public static int From => 4;

        public static int To => 2;

        [MethodImpl(AggressiveInlining)]
        public static void Sixteen(byte* source, byte* destination) =>
            Vector256.Narrow(Upper((float*)source), Upper((float*)source + 8))
                .Store((ushort*)destination);

        [MethodImpl(AggressiveInlining)]
        private static Vector256<uint> Upper(float* source)
        {
            var value = Vector256.Load(source);
            var upper = value.AsUInt32() >> 16;
            var half = (upper & Vector256<uint>.One) + Vector256.Create(0x7FFFu);
            return Vector256.ConditionalSelect(Vector256.Equals(value, value).AsUInt32(),
                (value.AsUInt32() + half) >> 16, upper | Vector256.Create(0x40u));
        }
    }
}
