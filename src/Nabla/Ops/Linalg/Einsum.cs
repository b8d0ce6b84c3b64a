using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Einstein's summation as a member of <see cref="Tensor"/>.</summary>
public static class EinsumOps
{
    extension(Tensor)
    {
        /// <summary>
        /// Sums products of elements over the labels that the output lacks, as
        /// <c>torch.einsum</c>: <c>"ij,jk->ik"</c> is a product of matrices, <c>"ii"</c> a trace,
        /// <c>"...ij->...ji"</c> a transpose of the last two dimensions. Without an arrow the
        /// output has the labels that occur once, in alphabetical order (Einstein 1916).
        /// </summary>
        /// <param name="equation">A letter a dimension, operands separated by commas; <c>...</c>
        /// stands for dimensions that broadcast.</param>
        /// <param name="operands">The tensors.</param>
        /// <exception cref="ArgumentException">The equation is malformed or does not fit the
        /// shapes.</exception>
        public static Tensor Einsum(string equation, params ReadOnlySpan<Tensor> operands)
        {
            ArgumentNullException.ThrowIfNull(equation);
            var plan = new EinsumPlan(equation, operands);
            var terms = new List<Labelled>();
            for (var i = 0; i < operands.Length; i++)
            {
                terms.Add(plan.Term(i, operands[i]));
            }
            var result = terms[0].Sum(Needed(plan, terms, 1));
            for (var i = 1; i < terms.Count; i++)
            {
                var needed = Needed(plan, terms, i + 1);
                result = result.Contract(terms[i].Sum(needed + result.Labels), needed);
            }
            return result.Arrange(plan.Output, plan.Sizes);
        }
    }

    /// <summary>The labels that the output or a later operand still asks for.</summary>
    private static string Needed(EinsumPlan plan, List<Labelled> terms, int from) =>
        plan.Output + string.Concat(terms.Skip(from).Select(term => term.Labels));

    /// <summary>A tensor whose dimensions have labels, each once.</summary>
    internal sealed record Labelled(Tensor X, string Labels)
    {
        /// <summary>Sums over the labels that nobody needs any more.</summary>
        public Labelled Sum(string needed)
        {
            var dims = Enumerable.Range(0, Labels.Length)
                .Where(i => !needed.Contains(Labels[i])).ToArray();
            return dims.Length == 0
                ? this
                : new Labelled(X.Sum(dims), string.Concat(Labels.Where(needed.Contains)));
        }

        /// <summary>The product, summed over the labels of both that nobody needs: a batched
        /// product of matrices.</summary>
        public Labelled Contract(Labelled other, string needed)
        {
            var left = Sum(needed + other.Labels);
            var shared = string.Concat(left.Labels.Where(other.Labels.Contains));
            var batch = string.Concat(shared.Where(needed.Contains));
            var inner = string.Concat(shared.Where(label => !needed.Contains(label)));
            var rows = string.Concat(left.Labels.Where(label => !shared.Contains(label)));
            var columns = string.Concat(other.Labels.Where(label => !shared.Contains(label)));
            var sizes = new Dictionary<char, long>();
            left.Note(sizes);
            other.Note(sizes);
            long Count(string labels) => labels.Aggregate(1L, (n, label) => n * sizes[label]);
            var a = left.Arrange(batch + rows + inner, sizes)
                .Reshape(Count(batch), Count(rows), Count(inner));
            var b = other.Arrange(batch + inner + columns, sizes)
                .Reshape(Count(batch), Count(inner), Count(columns));
            var labels = batch + rows + columns;
            var shape = new Shape([.. labels.Select(label => sizes[label])]);
            return new Labelled(a.MatMul(b).Reshape(shape), labels);
        }

        /// <summary>The dimensions in the order of the labels; those of size 1 widen.</summary>
        public Tensor Arrange(string labels, IReadOnlyDictionary<char, long> sizes)
        {
            var x = X.Permute([.. labels.Select(label => Labels.IndexOf(label))]);
            var shape = new Shape([.. labels.Select(label => sizes[label])]);
            return x.Shape == shape ? x : x.Expand(shape.Dims);
        }

        private void Note(Dictionary<char, long> sizes)
        {
            for (var i = 0; i < Labels.Length; i++)
            {
                sizes[Labels[i]] = Math.Max(
                    sizes.GetValueOrDefault(Labels[i], 0), X.Shape.Dims[i]);
            }
        }
    }
}
