using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// One boolean, a byte of 0 or 1. Arithmetic is logic: + is or, · is and, − is exclusive or;
/// every other function is the real one's value seen as a boolean (not 0).
/// </summary>
internal readonly unsafe struct BoolLane : ILanes<BoolLane>
{
    // 0 or 1 as an integer: the JIT turns logic on bools into branches.
    private readonly byte _v;

    public BoolLane(bool value) => _v = (byte)(value ? 1 : 0);

    private BoolLane(int bit) => _v = (byte)bit;

    public static int Count => 1;

    public static bool IsFloat => false;

    public static BoolLane Lowest => new(false);

    public static BoolLane Highest => new(true);

    [MethodImpl(AggressiveInlining)]
    public static BoolLane Const(double value) => new(value != 0);

    [MethodImpl(AggressiveInlining)]
    public static BoolLane Load(void* source) => new(*(byte*)source != 0);

    [MethodImpl(AggressiveInlining)]
    public static void Store(BoolLane value, void* destination) =>
        *(byte*)destination = value._v;

    [MethodImpl(AggressiveInlining)]
    public static BoolLane LoadPart(void* source, nint count) => count > 0 ? Load(source) : default;

    [MethodImpl(AggressiveInlining)]
    public static void StorePart(BoolLane value, void* destination, nint count)
    {
        if (count > 0)
        {
            Store(value, destination);
        }
    }

    [MethodImpl(AggressiveInlining)]
    public static BoolLane operator +(BoolLane a, BoolLane b) => new(a._v | b._v);

    [MethodImpl(AggressiveInlining)]
    public static BoolLane operator -(BoolLane a, BoolLane b) => new(a._v ^ b._v);

    [MethodImpl(AggressiveInlining)]
    public static BoolLane operator *(BoolLane a, BoolLane b) => new(a._v & b._v);

    [MethodImpl(AggressiveInlining)]
    public static BoolLane operator /(BoolLane a, BoolLane b) => new(a._v & b._v);

    [MethodImpl(AggressiveInlining)]
    public static BoolLane operator -(BoolLane a) => a;

    [MethodImpl(AggressiveInlining)]
    public static BoolLane Fma(BoolLane a, BoolLane b, BoolLane c) => (a * b) + c;

    [MethodImpl(AggressiveInlining)]
    public static BoolLane Min(BoolLane a, BoolLane b) => new(a._v & b._v);

    [MethodImpl(AggressiveInlining)]
    public static BoolLane Max(BoolLane a, BoolLane b) => new(a._v | b._v);

    public static BoolLane Abs(BoolLane a) => a;

    [MethodImpl(AggressiveInlining)]
    public static BoolLane Equal(BoolLane a, BoolLane b) => new(a._v ^ b._v ^ 1);

    [MethodImpl(AggressiveInlining)]
    public static BoolLane Less(BoolLane a, BoolLane b) => new((a._v ^ 1) & b._v);

    [MethodImpl(AggressiveInlining)]
    public static BoolLane LessOrEqual(BoolLane a, BoolLane b) => new((a._v ^ 1) | b._v);

    [MethodImpl(AggressiveInlining)]
    public static BoolLane Select(BoolLane condition, BoolLane a, BoolLane b) =>
        condition._v != 0 ? a : b;

    public static BoolLane Floor(BoolLane a) => a;

    public static BoolLane Ceiling(BoolLane a) => a;

    public static BoolLane Round(BoolLane a) => a;

    public static BoolLane Truncate(BoolLane a) => a;

    public static BoolLane Sqrt(BoolLane a) => a;

    public static BoolLane Exp(BoolLane a) => new(true);

    public static BoolLane Log(BoolLane a) => new(a._v ^ 1);

    public static BoolLane Expm1(BoolLane a) => a;

    public static BoolLane Log1p(BoolLane a) => a;

    public static BoolLane Sin(BoolLane a) => a;

    public static BoolLane Cos(BoolLane a) => new(true);

    public static BoolLane Tanh(BoolLane a) => a;

    public static BoolLane Sigmoid(BoolLane a) => new(true);

    public static BoolLane Erf(BoolLane a) => a;

    public static BoolLane NormalCdf(BoolLane a, out BoolLane bell)
    {
        bell = new(true);
        return new(true);
    }

    [MethodImpl(AggressiveInlining)]
    public static BoolLane Pow(BoolLane a, BoolLane b) => new(a._v | (b._v ^ 1));

    public static BoolLane Atan2(BoolLane a, BoolLane b) => a;

    public static BoolLane Remainder(BoolLane a, BoolLane b) => default;

    [MethodImpl(AggressiveInlining)]
    public static BoolLane And(BoolLane a, BoolLane b) => new(a._v & b._v);

    [MethodImpl(AggressiveInlining)]
    public static BoolLane Or(BoolLane a, BoolLane b) => new(a._v | b._v);

    [MethodImpl(AggressiveInlining)]
    public static BoolLane Xor(BoolLane a, BoolLane b) => new(a._v ^ b._v);
}
