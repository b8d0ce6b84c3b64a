using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Repetition, as members of <see cref="Tensor"/>.</summary>
public static class RepeatOps
{
    extension(Tensor x)
    {
        /// <summary>x laid side by side with itself: <paramref name="counts"/> times along each
        /// dimension. x gets dimensions of size 1 in front where it has fewer than
        /// counts.</summary>
        /// <exception cref="ArgumentException">There are fewer counts than dimensions, or one is
        /// negative.</exception>
        public Tensor Repeat(params ReadOnlySpan<long> counts)
        {
            if (counts.Length < x.Rank || counts.ContainsAnyInRange(long.MinValue, -1))
            {
                throw new ArgumentException($"Repeat: ({string.Join(", ", counts.ToArray())}) must "
                    + $"give one count, 0 or more, for each dimension of {x.Shape}");
            }
            var lead = counts.Length - x.Rank;
            Span<long> shape = stackalloc long[counts.Length];
            shape[..lead].Fill(1);
            x.Shape.Dims.CopyTo(shape[lead..]);
            var y = x.Reshape(new Shape(shape));
            for (var i = counts.Length - 1; i >= 0; i--)
            {
                y = counts[i] == 1 ? y : Along(y, i, counts[i], each: false);
            }
            // What was repeated nowhere is still a copy, as in PyTorch.
            return ReferenceEquals(y.Storage, x.Storage) ? y.Clone() : y;
        }

        /// <summary>As <c>Repeat</c>, but where there are fewer counts than dimensions, the first
        /// dimensions are repeated once.</summary>
        /// <exception cref="ArgumentException">A count is negative.</exception>
        public Tensor Tile(params ReadOnlySpan<long> counts)
        {
            Span<long> all = stackalloc long[Math.Max(counts.Length, x.Rank)];
            all.Fill(1);
            counts.CopyTo(all[(all.Length - counts.Length)..]);
            return x.Repeat(all);
        }

        /// <summary>Each element of a dimension <paramref name="count"/> times in a row.</summary>
        /// <exception cref="ArgumentException">The count is negative.</exception>
        public Tensor RepeatInterleave(long count, int dim)
        {
            if (count < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(count),
                    $"RepeatInterleave: the count must be 0 or more, got {count}");
            }
            return Along(x, x.Shape.Axis(dim), count, each: true);
        }
    }

    private static Tensor Along(Tensor x, int axis, long count, bool each)
    {
        var dims = x.Shape.Dims;
        var outer = new Shape(dims[..axis]).Count;
        var inner = new Shape(dims[(axis + 1)..]).Count;
        var size = dims[axis];
        var y = each
            ? x.Reshape(outer * size, 1, inner).Expand(-1, count, -1)
            : x.Reshape(outer, 1, size * inner).Expand(-1, count, -1);
        return y.Reshape(x.Shape.With(axis, size * count));
    }
}
