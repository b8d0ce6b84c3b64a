using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Different elements as a member of <see cref="Tensor"/>.</summary>
public static class UniqueOps
{
    extension(Tensor x)
    {
        /// <summary>The different elements in ascending order (K), for each element of x its place
        /// among them (x's shape, int64), and how often each occurs (K, int64). Each NaN counts as
        /// different. No gradient flows.</summary>
        /// <exception cref="GraphBreakException">In a step that is being captured: how many there
        /// are depends on the values.</exception>
        public (Tensor Values, Tensor Inverse, Tensor Counts) Unique()
        {
            if (Tracer.Current is not null)
            {
                throw new GraphBreakException("Unique has as many results as the values ask for; a "
                    + "captured step needs shapes that stay: call it before the step");
            }
            return GradMode.NoGrad(() => Of(x));
        }
    }

    private static (Tensor Values, Tensor Inverse, Tensor Counts) Of(Tensor x)
    {
        var (sorted, order) = x.Flatten().Sort(0);
        if (x.Count == 0)
        {
            return (sorted, Tensor.Zeros(x.Shape, DType.Int64),
                Tensor.Zeros(new Shape(0), DType.Int64));
        }
        var n = x.Count;
        var starts = Tensor.Cat([Tensor.Ones(new Shape(1), DType.Bool),
            sorted.Narrow(0, 1, n - 1).Ne(sorted.Narrow(0, 0, n - 1))]);
        var rank = starts.CumSum(0) - 1;
        var inverse = Tensor.Zeros(new Shape(n), DType.Int64).Scatter(0, order, rank);
        return (sorted.MaskedSelect(starts), inverse.Reshape(x.Shape), rank.BinCount());
    }
}
