using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The places of elements that are not zero, as a member of
/// <see cref="Tensor"/>.</summary>
public static class NonZeroOps
{
    extension(Tensor x)
    {
        /// <summary>The indices of all elements that are not zero, row-major: int64 (n, rank).
        /// </summary>
        /// <exception cref="GraphBreakException">In a step that is being captured: how many there
        /// are depends on the values.</exception>
        public Tensor NonZero()
        {
            if (Tracer.Current is not null)
            {
                throw new GraphBreakException("NonZero, or an index that is a mask, has as many "
                    + "results as the values ask for; a captured step needs shapes that stay, e.g. "
                    + "Where(mask, x, 0)");
            }
            var truth = x.DType == DType.Bool ? x : x.Ne(0);
            var places = Places(truth.ToArray<bool>());
            var cells = new long[places.Count * x.Rank];
            for (var i = 0; i < places.Count; i++)
            {
                var place = places[i];
                for (var d = x.Rank - 1; d >= 0; d--)
                {
                    cells[(i * x.Rank) + d] = place % x.Shape.Dims[d];
                    place /= x.Shape.Dims[d];
                }
            }
            return Tensor.From(cells, new Shape(places.Count, x.Rank));
        }
    }

    private static List<long> Places(bool[] truth)
    {
        var places = new List<long>();
        for (var i = 0; i < truth.Length; i++)
        {
            if (truth[i])
            {
                places.Add(i);
            }
        }
        return places;
    }
}
