using System.Runtime.InteropServices;

namespace Nabla.Benchmarks;

/// <summary>Aligned memory with numbers between −1 and 1, the same in every run.</summary>
internal sealed unsafe class Numbers : IDisposable
{
    public Numbers(long count)
    {
        Pointer = (float*)NativeMemory.AlignedAlloc((nuint)(count * sizeof(float)), 64);
        var random = new Random(1);
        for (var i = 0L; i < count; i++)
        {
            Pointer[i] = (random.NextSingle() * 2) - 1;
        }
    }

    public float* Pointer { get; }

    public void Dispose() => NativeMemory.AlignedFree(Pointer);
}
