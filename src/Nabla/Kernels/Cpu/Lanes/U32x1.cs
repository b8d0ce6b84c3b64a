namespace Nabla.Kernels.Cpu;

/// <summary>One 32-bit unsigned number.</summary>
internal readonly unsafe struct U32x1(uint value) : IU32Lanes<U32x1>
{
    private readonly uint _v = value;

    public static int Count => 1;

    public static U32x1 Consecutive(uint first) => new(first);

    public static U32x1 Const(uint value) => new(value);

    public static U32x1 Xor(U32x1 a, U32x1 b) => new(a._v ^ b._v);

    public static U32x1 Multiply(U32x1 a, uint factor, out U32x1 low)
    {
        var product = (ulong)a._v * factor;
        low = new((uint)product);
        return new((uint)(product >> 32));
    }

    public static void Store(U32x1 value, uint* destination) => *destination = value._v;
}
