using System.Runtime.Intrinsics;

namespace Nabla.Kernels.Cpu;

/// <summary>A SIMD register of float32 numbers, as the convolution's tiles use it.</summary>
internal unsafe interface IConvVector<V> where V : unmanaged, IConvVector<V>
{
    /// <summary>How many numbers a register holds.</summary>
    static abstract int Count { get; }

    /// <summary>True when the processor has 32 such registers.</summary>
    static abstract bool HasManyRegisters { get; }

    static abstract V Load(float* source);

    static abstract V Broadcast(float value);

    /// <summary>a·b + c.</summary>
    static abstract V Fma(V a, V b, V c);

    static abstract V operator +(V a, V b);

    static abstract V operator -(V a, V b);

    static abstract V operator *(V a, V b);

    static abstract V operator /(V a, V b);

    /// <summary>The sums of the lanes of four registers.</summary>
    static abstract Vector128<float> Sum(V a, V b, V c, V d);

    static abstract void Store(V value, float* target);

    /// <summary>Transposes a block of Count × Count numbers.</summary>
    static abstract void Transpose(float* source, nint sourceRow, float* target, nint targetRow);
}
