using Nabla.Kernels.Cpu;

namespace Nabla.Data;

/// <summary>Every sample once, in a new random order each epoch, keyed by (seed, epoch).</summary>
/// <param name="count">The number of samples.</param>
/// <param name="seed">The run's seed.</param>
public sealed class RandomSampler(int count, ulong seed) : Sampler
{
    /// <summary>Which of the seed's independent sequences orders epochs.</summary>
    private const ulong OrderStream = 0x6F72646572;

    /// <summary>Which of the seed's independent sequences divides data sets.</summary>
    internal const ulong SplitStream = 0x73706C6974;

    /// <inheritdoc/>
    public override int Count { get; } = Checked(count);

    /// <inheritdoc/>
    public override int[] Order(int epoch) => Permutation(Count, seed, OrderStream, (uint)epoch);

    /// <summary>0 … count − 1 in random order.</summary>
    internal static unsafe int[] Permutation(int count, ulong seed, ulong stream, uint step)
    {
        var wide = new long[count];
        fixed (long* p = wide)
        {
            RandomKernels.Permutation(p, count, new PhiloxKey(seed, stream, step, 0));
        }
        return Array.ConvertAll(wide, i => (int)i);
    }
}
