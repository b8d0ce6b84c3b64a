using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels.Cpu;

/// <summary>Adds what blocks of images contributed to a gradient, in the blocks' order.</summary>
internal unsafe struct ConvPartials : IChunkBody
{
    private const int ChunkSize = 8192;

    private float* _partials;
    private int _blocks;
    private nint _count;
    private float* _target;

    public static void Add(float* partials, int blocks, nint count, float* target)
    {
        var body = new ConvPartials
        {
            _partials = partials,
            _blocks = blocks,
            _count = count,
            _target = target,
        };
        WorkerTeam.For((int)((count + ChunkSize - 1) / ChunkSize), ref body);
    }

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var first = chunk * (nint)ChunkSize;
        var size = (int)Math.Min(ChunkSize, _count - first);
        var target = _target + first;
        NativeMemory.Copy(_partials + first, target, (nuint)size * sizeof(float));
        for (var block = 1; block < _blocks; block++)
        {
            var from = _partials + (block * _count) + first;
            var i = 0;
            for (; i <= size - 8; i += 8)
            {
                (Vector256.Load(target + i) + Vector256.Load(from + i)).Store(target + i);
            }

            for (; i < size; i++)
            {
                target[i] += from[i];
            }
        }
    }
}
