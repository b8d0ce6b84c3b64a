using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Merging and splitting dimensions, as members of <see cref="Tensor"/>.</summary>
public static class FlattenOps
{
    extension(Tensor x)
    {
        /// <summary>Merges the dimensions from one to another into one; a scalar gets
        /// one.</summary>
        /// <exception cref="ArgumentException">The first comes after the last.</exception>
        public Tensor Flatten(int from = 0, int to = -1)
        {
            if (x.Rank == 0)
            {
                return x.Reshape(1);
            }
            int first = x.Shape.Axis(from), last = x.Shape.Axis(to);
            if (first > last)
            {
                throw new ArgumentException($"Flatten: dimension {from} of shape {x.Shape} comes "
                    + $"after dimension {to}");
            }
            var merged = 1L;
            for (var i = first; i <= last; i++)
            {
                merged *= x.Shape.Dims[i];
            }
            return x.Reshape(new Shape(
                [.. x.Shape.Dims[..first], merged, .. x.Shape.Dims[(last + 1)..]]));
        }

        /// <summary>Splits a dimension into several.</summary>
        /// <param name="dim">The dimension.</param>
        /// <param name="sizes">Their sizes, whose product is its size; one may be −1.</param>
        /// <exception cref="ArgumentException">The product differs.</exception>
        public Tensor Unflatten(int dim, params ReadOnlySpan<long> sizes)
        {
            var axis = x.Shape.Axis(dim);
            var size = x.Shape.Dims[axis];
            var unknown = sizes.IndexOf(-1);
            var dims = sizes.ToArray();
            if (unknown >= 0)
            {
                dims[unknown] = 1;
                dims[unknown] = size / Math.Max(1, Product(dims));
            }
            if (Product(dims) != size)
            {
                throw new ArgumentException($"Unflatten: dimension {dim} of shape {x.Shape} does "
                    + $"not split into ({string.Join(", ", sizes.ToArray())})");
            }
            return x.Reshape(new Shape(
                [.. x.Shape.Dims[..axis], .. dims, .. x.Shape.Dims[(axis + 1)..]]));
        }
    }

    private static long Product(long[] sizes)
    {
        var product = 1L;
        foreach (var size in sizes)
        {
            product *= size;
        }
        return product;
    }
}
