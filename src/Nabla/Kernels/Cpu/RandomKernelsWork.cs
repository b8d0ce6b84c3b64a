using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>How one group of random words becomes numbers.</summary>
internal unsafe interface IRandomFill<T> where T : unmanaged
{
    /// <summary>How many numbers a group of words makes: 64 or 32.</summary>
    static abstract int GroupLength { get; }

    void Fill(uint* words, T* y);
}

/// <summary>Fills an array group by group, on several threads when it is long.</summary>
internal unsafe struct RandomKernelsWork<T, TFill> : IChunkBody
    where T : unmanaged where TFill : struct, IRandomFill<T>
{
    private const int GroupsPerChunk = 256;

    private PhiloxKey _key;
    private TFill _fill;
    private T* _y;
    private long _start;
    private long _end;

    public static void Run(T* y, long n, in PhiloxKey key, long start, TFill fill)
    {
        if (n <= 0)
        {
            return;
        }

        var work = new RandomKernelsWork<T, TFill>
        {
            _key = key,
            _fill = fill,
            _y = y - start,
            _start = start,
            _end = start + n,
        };
        var first = start / TFill.GroupLength;
        var groups = ((start + n - 1) / TFill.GroupLength) - first + 1;
        WorkerTeam.For((int)((groups + GroupsPerChunk - 1) / GroupsPerChunk), ref work);
    }

    [SkipLocalsInit]
    public void Run(int chunk)
    {
        var words = stackalloc uint[Philox.GroupWords];
        var part = stackalloc T[TFill.GroupLength];
        var group = (_start / TFill.GroupLength) + ((long)chunk * GroupsPerChunk);
        for (var i = 0; i < GroupsPerChunk; i++, group++)
        {
            var at = group * TFill.GroupLength;
            if (at >= _end)
            {
                return;
            }

            Philox.Group(_key, group, words);
            if (at >= _start && at + TFill.GroupLength <= _end)
            {
                _fill.Fill(words, _y + at);
                continue;
            }

            _fill.Fill(words, part);
            var from = Math.Max(at, _start);
            var to = Math.Min(at + TFill.GroupLength, _end);
            Unsafe.CopyBlockUnaligned(
                _y + from, part + (from - at), (uint)((to - from) * sizeof(T)));
        }
    }
}
