using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>The conversions that training runs often, eight or four numbers at a time.</summary>
internal static unsafe class CastSimd
{
    public static delegate*<void*, void*, nint, void> ByteToFloat => &BytesToFloats;

    public static delegate*<void*, void*, nint, void> IntToFloat => &IntsToFloats;

    public static delegate*<void*, void*, nint, void> LongToFloat => &LongsToFloats;

    public static delegate*<void*, void*, nint, void> BFloat16ToFloat => &BFloat16sToFloats;

    public static delegate*<void*, void*, nint, void> FromFloat(DType to) => to switch
    {
        DType.Bool => &FloatsToBools,
        DType.BFloat16 => &FloatsToBFloat16s,
        _ => Cast.From<float>(to),
    };

    [MethodImpl(AggressiveOptimization)]
    private static void BytesToFloats(void* source, void* destination, nint n)
    {
        var x = (byte*)source;
        var y = (float*)destination;
        nint i = 0;
        for (; i <= n - 16; i += 16)
        {
            var (low, high) = Vector128.Widen(Vector128.Load(x + i));
            var (a, b) = Vector128.Widen(low);
            var (c, d) = Vector128.Widen(high);
            Vector128.ConvertToSingle(a.AsInt32()).Store(y + i);
            Vector128.ConvertToSingle(b.AsInt32()).Store(y + i + 4);
            Vector128.ConvertToSingle(c.AsInt32()).Store(y + i + 8);
            Vector128.ConvertToSingle(d.AsInt32()).Store(y + i + 12);
        }

        for (; i < n; i++)
        {
            y[i] = x[i];
        }
    }

    [MethodImpl(AggressiveOptimization)]
    private static void IntsToFloats(void* source, void* destination, nint n)
    {
        var x = (int*)source;
        var y = (float*)destination;
        nint i = 0;
        for (; i <= n - 8; i += 8)
        {
            Vector256.ConvertToSingle(Vector256.Load(x + i)).Store(y + i);
        }

        for (; i < n; i++)
        {
            y[i] = x[i];
        }
    }

    [MethodImpl(AggressiveOptimization)]
    private static void LongsToFloats(void* source, void* destination, nint n)
    {
        var x = (long*)source;
        var y = (float*)destination;
        nint i = 0;
        if (Avx512DQ.IsSupported)
        {
            for (; i <= n - 8; i += 8)
            {
                Avx512DQ.ConvertToVector256Single(Vector512.Load(x + i)).Store(y + i);
            }
        }

        for (; i < n; i++)
        {
            y[i] = x[i];
        }
    }

    [MethodImpl(AggressiveOptimization)]
    private static void FloatsToBools(void* source, void* destination, nint n)
    {
        var x = (float*)source;
        var y = (byte*)destination;
        nint i = 0;
        for (; i <= n - 16; i += 16)
        {
            var ab = Vector128.Narrow(Truth(x + i), Truth(x + i + 4));
            var cd = Vector128.Narrow(Truth(x + i + 8), Truth(x + i + 12));
            Vector128.Narrow(ab, cd).Store(y + i);
        }

        for (; i < n; i++)
        {
            y[i] = (byte)(x[i] != 0 ? 1 : 0);
        }
    }

    [MethodImpl(AggressiveInlining)]
    private static Vector128<uint> Truth(float* x) => Vector128.AndNot(
        Vector128<uint>.One, Vector128.Equals(Vector128.Load(x), Vector128<float>.Zero).AsUInt32());

    [MethodImpl(AggressiveOptimization)]
    private static void BFloat16sToFloats(void* source, void* destination, nint n)
    {
        var x = (ushort*)source;
        var y = (uint*)destination;
        nint i = 0;
        for (; i <= n - 16; i += 16)
        {
            var (low, high) = Vector256.Widen(Vector256.Load(x + i));
            (low << 16).Store(y + i);
            (high << 16).Store(y + i + 8);
        }

        for (; i < n; i++)
        {
            y[i] = (uint)x[i] << 16;
        }
    }

    [MethodImpl(AggressiveOptimization)]
    private static void FloatsToBFloat16s(void* source, void* destination, nint n)
    {
        var x = (float*)source;
        var y = (ushort*)destination;
        nint i = 0;
        for (; i <= n - 16; i += 16)
        {
            Vector256.Narrow(Upper(x + i), Upper(x + i + 8)).Store(y + i);
        }

        for (; i < n; i++)
        {
            y[i] = ((BFloat16)x[i]).Bits;
        }
    }

    [MethodImpl(AggressiveInlining)]
    private static Vector256<uint> Upper(float* source)
    {
        var value = Vector256.Load(source);
        var bits = value.AsUInt32();
        var upper = bits >> 16;
        var even = (upper & Vector256<uint>.One) + Vector256.Create(0x7FFFu);
        return Vector256.ConditionalSelect(Vector256.Equals(value, value).AsUInt32(),
            (bits + even) >> 16, upper | Vector256.Create(0x40u));
    }
}
