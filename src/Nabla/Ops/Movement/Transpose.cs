using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Dimensions that trade places, as members of <see cref="Tensor"/>.</summary>
public static class TransposeOps
{
    extension(Tensor x)
    {
        /// <summary>A view with two dimensions exchanged: the last two if none are named.</summary>
        /// <exception cref="ArgumentException">There is no such dimension.</exception>
        public Tensor Transpose(int a = -2, int b = -1)
        {
            int first = x.Shape.Axis(a), second = x.Shape.Axis(b);
            Span<long> order = stackalloc long[x.Rank];
            for (var i = 0; i < order.Length; i++)
            {
                order[i] = i;
            }
            (order[first], order[second]) = (order[second], order[first]);
            return new PermuteOp(new Shape(order)).Apply(x);
        }

        /// <summary>The transposed matrix, or the transposed matrices of a batch: a view. Vectors
        /// and scalars stay.</summary>
        public Tensor T => x.Rank < 2 ? x : x.Transpose();

        /// <summary>A view with two dimensions exchanged.</summary>
        /// <exception cref="ArgumentException">There is no such dimension.</exception>
        public Tensor SwapDims(int a, int b) => x.Transpose(a, b);

        /// <summary>A view with one dimension moved to another place; the others keep their order.
        /// </summary>
        /// <exception cref="ArgumentException">There is no such dimension.</exception>
        public Tensor MoveDim(int from, int to) => x.MoveDim([from], [to]);

        /// <summary>A view with some dimensions moved to other places; the others keep their order.
        /// </summary>
        /// <exception cref="ArgumentException">A dimension does not exist or is named twice, or the
        /// lists differ in length.</exception>
        public Tensor MoveDim(ReadOnlySpan<int> from, ReadOnlySpan<int> to)
        {
            var order = new int[x.Rank];
            Array.Fill(order, -1);
            var moved = 0;
            for (var i = 0; i < from.Length && from.Length == to.Length; i++)
            {
                var axis = x.Shape.Axis(from[i]);
                order[x.Shape.Axis(to[i])] = axis;
                moved |= 1 << axis;
            }
            if (from.Length != to.Length || order.Count(d => d >= 0) != from.Length
                || int.PopCount(moved) != from.Length)
            {
                throw new ArgumentException($"MoveDim: ({string.Join(", ", from.ToArray())}) to "
                    + $"({string.Join(", ", to.ToArray())}) must be equally many dimensions of "
                    + $"{x.Shape}, each named once");
            }
            var next = 0;
            for (var i = 0; i < order.Length; i++)
            {
                if (order[i] < 0)
                {
                    while ((moved >> next & 1) != 0)
                    {
                        next++;
                    }
                    order[i] = next++;
                }
            }
            return x.Permute(order);
        }
    }
}
