using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Where the pairs of matrices of a batch lie: sizes, and the strides of A and of B, with every
/// dimension that continues the one before it joined to that one. Most batches become a line.
/// </summary>
internal struct BatchLayout
{
    private Numbers _sizes;
    private Numbers _stridesA;
    private Numbers _stridesB;
    private int _rank;

    /// <summary>The layout of a batch of any number of dimensions; a stride of 0 repeats a matrix.
    /// </summary>
    public BatchLayout(
        ReadOnlySpan<long> sizes, ReadOnlySpan<long> stridesA, ReadOnlySpan<long> stridesB)
    {
        Count = 1;
        for (var i = 0; i < sizes.Length; i++)
        {
            Count *= sizes[i];
            if (sizes[i] == 1)
            {
                continue;
            }
            var last = _rank - 1;
            if (last >= 0 && _stridesA[last] == stridesA[i] * sizes[i]
                && _stridesB[last] == stridesB[i] * sizes[i])
            {
                (_sizes[last], _stridesA[last], _stridesB[last]) =
                    (_sizes[last] * sizes[i], stridesA[i], stridesB[i]);
                continue;
            }
            (_sizes[_rank], _stridesA[_rank], _stridesB[_rank]) =
                (sizes[i], stridesA[i], stridesB[i]);
            _rank++;
        }
    }

    /// <summary>The number of products.</summary>
    public long Count { get; }

    /// <summary>Whether one stride leads from each A to the next, and one from each B.</summary>
    public readonly bool IsLine => _rank <= 1;

    /// <summary>From one A to the next of a line.</summary>
    public readonly long StrideA => _stridesA[0];

    /// <summary>From one B to the next of a line.</summary>
    public readonly long StrideB => _stridesB[0];

    /// <summary>Where the matrices of a product begin.</summary>
    public readonly (nint A, nint B) Offsets(long item)
    {
        long a = 0, b = 0;
        for (var i = _rank - 1; i > 0; i--)
        {
            (item, var place) = Math.DivRem(item, _sizes[i]);
            a += place * _stridesA[i];
            b += place * _stridesB[i];
        }
        return ((nint)(a + (item * _stridesA[0])), (nint)(b + (item * _stridesB[0])));
    }

    /// <summary>A number for each dimension that can lead two of a matrix.</summary>
    [InlineArray(8)]
    private struct Numbers
    {
        private long _first;
    }
}
