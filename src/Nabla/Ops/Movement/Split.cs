using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Cutting along a dimension, as members of <see cref="Tensor"/>.</summary>
public static class SplitOps
{
    extension(Tensor x)
    {
        /// <summary>Views of a dimension's pieces of one size; the last may be smaller.</summary>
        /// <exception cref="ArgumentException">The size is below 1.</exception>
        public Tensor[] Split(long size, int dim = 0)
        {
            if (size < 1)
            {
                throw new ArgumentOutOfRangeException(nameof(size),
                    $"Split: a piece has at least 1 element, got {size}");
            }
            var total = x.Shape[dim];
            var pieces = new Tensor[Math.Max(1, (total + size - 1) / size)];
            for (var i = 0; i < pieces.Length; i++)
            {
                pieces[i] = x.Narrow(dim, i * size, Math.Min(size, total - (i * size)));
            }
            return pieces;
        }

        /// <summary>Views of a dimension's pieces of the given sizes.</summary>
        /// <exception cref="ArgumentException">The sizes do not sum to the dimension's.</exception>
        public Tensor[] Split(ReadOnlySpan<long> sizes, int dim = 0)
        {
            var total = 0L;
            foreach (var size in sizes)
            {
                total += size;
            }
            if (total != x.Shape[dim])
            {
                throw new ArgumentException($"Split: the sizes "
                    + $"({string.Join(", ", sizes.ToArray())})"
                    + $" sum to {total}, but dimension {dim} of shape {x.Shape} has "
                    + $"{x.Shape[dim]}");
            }
            var pieces = new Tensor[sizes.Length];
            var start = 0L;
            for (var i = 0; i < pieces.Length; i++)
            {
                pieces[i] = x.Narrow(dim, start, sizes[i]);
                start += sizes[i];
            }
            return pieces;
        }

        /// <summary>Views of at most <paramref name="count"/> pieces of a dimension, equal but for
        /// the last, as <c>torch.chunk</c>.</summary>
        /// <exception cref="ArgumentException">The count is below 1.</exception>
        public Tensor[] Chunk(int count, int dim = 0)
        {
            if (count < 1)
            {
                throw new ArgumentOutOfRangeException(nameof(count),
                    $"Chunk: there is at least 1 piece, got {count}");
            }
            return x.Split(Math.Max(1, (x.Shape[dim] + count - 1) / count), dim);
        }

        /// <summary>Views of each element of a dimension, without that dimension.</summary>
        /// <exception cref="ArgumentException">There is no such dimension.</exception>
        public Tensor[] Unbind(int dim = 0)
        {
            var slices = new Tensor[x.Shape[dim]];
            for (var i = 0; i < slices.Length; i++)
            {
                slices[i] = x.Select(dim, i);
            }
            return slices;
        }
    }
}
