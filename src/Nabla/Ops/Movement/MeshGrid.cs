using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Coordinates of a grid as a member of <see cref="Tensor"/>.</summary>
public static class MeshGridOps
{
    extension(Tensor)
    {
        /// <summary>The coordinates of the grid that vectors (N₀), (N₁) … span: as many tensors of
        /// shape (N₀, N₁, …), of which the i-th varies along dimension i only.</summary>
        /// <param name="axes">Vectors, or tensors without dimensions.</param>
        /// <exception cref="ArgumentException">There is none, or one has more dimensions.
        /// </exception>
        public static Tensor[] MeshGrid(params ReadOnlySpan<Tensor> axes)
        {
            if (axes.Length == 0)
            {
                throw new ArgumentException("MeshGrid needs at least one vector");
            }
            var sizes = new long[axes.Length];
            for (var i = 0; i < sizes.Length; i++)
            {
                sizes[i] = axes[i].Rank < 2 ? axes[i].Count : throw new ArgumentException(
                    $"MeshGrid: expects vectors but got {axes[i].Shape}; flatten first?");
            }
            var grids = new Tensor[axes.Length];
            var shape = new Shape(sizes);
            for (var i = 0; i < grids.Length; i++)
            {
                var ones = new long[sizes.Length];
                Array.Fill(ones, 1);
                ones[i] = sizes[i];
                grids[i] = axes[i].Reshape(new Shape(ones)).BroadcastTo(shape);
            }
            return grids;
        }
    }
}
