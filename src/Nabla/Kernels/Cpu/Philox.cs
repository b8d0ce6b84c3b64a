using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>What a stretch of random numbers is a pure function of, beside the element.</summary>
/// <param name="Seed">The run's seed.</param>
/// <param name="Stream">Which generator: streams of one seed are independent.</param>
/// <param name="Step">The training step, or a count of draws.</param>
/// <param name="Ordinal">Which random op within the step.</param>
public readonly record struct PhiloxKey(ulong Seed, ulong Stream, uint Step, uint Ordinal)
{
    /// <summary>The generator's 64-bit key: seed and stream, mixed (the finalizer of SplitMix64).
    /// </summary>
    internal ulong Key => Mix(Seed + Mix(Stream + 0x9E3779B97F4A7C15));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

/// <summary>
/// Philox4x32-10: random numbers as a pure function of a counter and a key (Salmon, Moraes, Dror,
/// Shaw: Parallel Random Numbers: As Easy as 1, 2, 3; SC 2011).
/// </summary>
/// <remarks>
/// Words come in groups of 64: word w of the group g is output ⌊w / 16⌋ of block 16·g + w mod 16,
/// so that sixteen blocks side by side need no transposition. The counter is (block's low half,
/// block's high half, ordinal, step).
/// </remarks>
public static unsafe class Philox
{
    /// <summary>Words of a group.</summary>
    public const int GroupWords = 64;

    private const uint Factor0 = 0xD2511F53;
    private const uint Factor1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    /// <summary>Writes the 64 words of a group.</summary>
    public static void Group(in PhiloxKey key, long group, uint* words)
    {
        if (Simd.Wide)
        {
            Group<U32x16>(key, group, words);
        }
        else if (Simd.Medium)
        {
            Group<U32x8>(key, group, words);
        }
        else
        {
            Group<U32x1>(key, group, words);
        }
    }

    [MethodImpl(AggressiveOptimization)]
    internal static void Group<V>(in PhiloxKey key, long group, uint* words)
        where V : unmanaged, IU32Lanes<V>
    {
        var k = key.Key;
        // Sixteen blocks from a multiple of sixteen never carry into the high half.
        var high = (uint)((group << 4) >> 32);
        for (var lane = 0; lane < 16; lane += V.Count)
        {
            Block(
                V.Consecutive((uint)(group << 4) + (uint)lane), V.Const(high),
                V.Const(key.Ordinal), V.Const(key.Step), (uint)k, (uint)(k >> 32),
                words + lane, 16);
        }
    }

    /// <summary>
    /// The bare generator: output i of all lanes goes to words + i · <paramref name="stride"/>.
    /// </summary>
    [MethodImpl(AggressiveInlining)]
    internal static void Block<V>(
        V c0, V c1, V c2, V c3, uint k0, uint k1, uint* words, int stride)
        where V : unmanaged, IU32Lanes<V>
    {
        for (var round = 0; round < 10; round++)
        {
            var high0 = V.Multiply(c0, Factor0, out var low0);
            var high1 = V.Multiply(c2, Factor1, out var low1);
            c0 = V.Xor(V.Xor(high1, c1), V.Const(k0));
            c2 = V.Xor(V.Xor(high0, c3), V.Const(k1));
            c1 = low1;
            c3 = low0;
            k0 = unchecked(k0 + Weyl0);
            k1 = unchecked(k1 + Weyl1);
        }

        V.Store(c0, words);
        V.Store(c1, words + stride);
        V.Store(c2, words + (2 * stride));
        V.Store(c3, words + (3 * stride));
    }
}
