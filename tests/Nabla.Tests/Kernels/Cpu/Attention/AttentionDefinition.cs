using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Kernels.Cpu.Attention;

/// <summary>
/// Random operands of one attention, and its output and gradients by the definition's loops in
/// float64: y = (keep ⊙ softmax(q·kᵀ/√D + mask))·v, with 0 for a query that sees no key.
/// </summary>
internal sealed class AttentionDefinition
{
    public const int Batch = 2;
    public const int Heads = 2;
    public const int Width = 6;
    public const int ValueWidth = 5;

    private readonly int _queries;
    private readonly int _keys;
    private readonly double[] _q;
    private readonly double[] _k;
    private readonly double[] _v;
    private readonly double[] _gy;

    public AttentionDefinition(int queries, int keys)
    {
        (_queries, _keys) = (queries, keys);
        Q = Normal(queries, Width, 1);
        K = Normal(keys, Width, 2);
        V = Normal(keys, ValueWidth, 3);
        Gy = Normal(queries, ValueWidth, 4);
        (_q, _k, _v, _gy) = (Q.ToArray<double>(), K.ToArray<double>(), V.ToArray<double>(),
            Gy.ToArray<double>());
    }

    public Tensor Q { get; }

    public Tensor K { get; }

    public Tensor V { get; }

    public Tensor Gy { get; }

    /// <summary>y, and the gradients of q, k, v and the mask, one after another.</summary>
    /// <param name="mask">Added to the scores, (batch, heads, queries, keys).</param>
    /// <param name="isCausal">Whether query i sees the keys 0 … i only.</param>
    /// <param name="keep">Factors of the weights, of the mask's shape; or null.</param>
    public (double[] Y, double[] Gq, double[] Gk, double[] Gv, double[] Gmask) Compute(
        double[] mask, bool isCausal, double[]? keep = null)
    {
        var y = new double[_gy.Length];
        var (gq, gk, gv) = (new double[_q.Length], new double[_k.Length], new double[_v.Length]);
        var gs = new double[mask.Length];
        var p = new double[_keys];
        var gp = new double[_keys];
        for (var row = 0; row < Batch * Heads * _queries; row++)
        {
            var (first, query) = (row / _queries * _keys, row % _queries);
            var (max, sum) = (double.NegativeInfinity, 0.0);
            for (var j = 0; j < _keys; j++)
            {
                p[j] = isCausal && j > query ? double.NegativeInfinity : mask[(row * _keys) + j];
                for (var d = 0; d < Width; d++)
                {
                    p[j] += _q[(row * Width) + d] * _k[((first + j) * Width) + d]
                        / Math.Sqrt(Width);
                }
                max = Math.Max(max, p[j]);
            }
            if (double.IsNegativeInfinity(max))
            {
                continue;
            }
            for (var j = 0; j < _keys; j++)
            {
                p[j] = Math.Exp(p[j] - max);
                sum += p[j];
            }
            var mean = 0.0;
            for (var j = 0; j < _keys; j++)
            {
                p[j] /= sum;
                gp[j] = 0;
                var factor = keep is null ? 1 : keep[(row * _keys) + j];
                for (var d = 0; d < ValueWidth; d++)
                {
                    var (from, to) = (((first + j) * ValueWidth) + d, (row * ValueWidth) + d);
                    y[to] += p[j] * factor * _v[from];
                    gv[from] += p[j] * factor * _gy[to];
                    gp[j] += factor * _v[from] * _gy[to];
                }
                mean += p[j] * gp[j];
            }
            for (var j = 0; j < _keys; j++)
            {
                var g = p[j] * (gp[j] - mean);
                gs[(row * _keys) + j] = g;
                for (var d = 0; d < Width; d++)
                {
                    var (from, to) = (((first + j) * Width) + d, (row * Width) + d);
                    gq[to] += g * _k[from] / Math.Sqrt(Width);
                    gk[from] += g * _q[to] / Math.Sqrt(Width);
                }
            }
        }
        return (y, gq, gk, gv, gs);
    }

    private static Tensor Normal(int rows, int width, int seed) => Tensor.Randn(
        new Shape(Batch, Heads, rows, width), DType.Float64, new Generator(seed));
}
