using Nabla.Autograd;
using Nabla.Kernels.Cpu;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Kernels.Cpu.Attention;

[Collection(nameof(WorkerTeam))]
public class AttentionTests
{
    /// <summary>Sizes around the tiles of 128 queries and 256 keys.</summary>
    [Theory]
    [InlineData(128, 256, 16, false)]
    [InlineData(129, 257, 20, false)]
    [InlineData(300, 300, 8, true)]
    [InlineData(7, 600, 64, false)]
    [InlineData(600, 5, 3, true)]
    [InlineData(1, 1, 1, true)]
    [InlineData(530, 530, 33, true)]
    [InlineData(513, 40, 65, false)]
    [InlineData(40, 300, 20, true)]
    public void Many_tiles_agree_with_the_whole_matrix(
        int queries, int keys, int width, bool causal)
    {
        Check(queries, keys, width, causal, DType.Float64, 1e-11);
        Check(queries, keys, width, causal, DType.Float32, 2e-5);
    }

    /// <summary>A mask for each query, also −∞ for a whole tile of keys, and one for all queries.
    /// </summary>
    [Theory]
    [InlineData(70, 300, false, 70)]
    [InlineData(290, 290, true, 290)]
    [InlineData(37, 64, true, 1)]
    public void Masks_agree_with_the_whole_matrix(
        int queries, int keys, bool causal, int rows)
    {
        var mask = Tensor.Randn(new Shape(2, 1, rows, keys), DType.Float64, new Generator(5));
        if (!causal)
        {
            mask = Tensor.Where(Tensor.Arange(keys) < keys - 40, double.NegativeInfinity, mask);
        }
        Check(queries, keys, 24, causal, DType.Float64, 1e-11, mask);
        Check(queries, keys, 24, causal, DType.Float32, 2e-5, mask);
    }

    [Fact]
    public void A_factor_may_be_0_or_negative()
    {
        var q = Tensor.Randn(new Shape(1, 2, 20, 7), DType.Float64, new Generator(1));
        var k = Tensor.Randn(new Shape(1, 2, 30, 7), DType.Float64, new Generator(2));
        foreach (var scale in new[] { 0, -0.7 })
        {
            var y = q.ScaledDotProductAttention(k, k, scale: scale);
            var expected = (q.MatMul(k.SwapAxes(2, 3)) * scale).Softmax().MatMul(k);
            Assert.All((y - expected).ToArray<double>(), d => Assert.Equal(0, d, 1e-12));
        }
    }

    /// <summary>Both types draw the same weights, the one in lanes and the other by number.
    /// </summary>
    [Theory]
    [InlineData(70, 300, false)]
    [InlineData(290, 290, true)]
    public void Float32_drops_what_float64_drops(int queries, int keys, bool causal)
    {
        double[] Run(DType type)
        {
            Tensor[] x = [.. new[] { queries, keys, keys }.Select((rows, i) => Tensor.Randn(
                new Shape(1, 2, rows, 20), DType.Float64, new Generator(i)).To(type))];
            foreach (var leaf in x)
            {
                leaf.RequiresGrad = true;
            }
            var y = x[0].ScaledDotProductAttention(
                x[1], x[2], isCausal: causal, dropout: 0.4, generator: new Generator(5));
            (y * y).Sum().Backward();
            return [.. x.Select(t => t.Grad!).Prepend(y.Detach())
                .SelectMany(t => t.To(DType.Float64).ToArray<double>())];
        }
        foreach (var (expected, actual) in Run(DType.Float64).Zip(Run(DType.Float32)))
        {
            Assert.Equal(expected, actual, 5e-5 * (1 + Math.Abs(expected)));
        }
    }

    [Fact]
    public void Operands_may_lie_in_any_order()
    {
        var x = Tensor.Randn(new Shape(3, 2, 19, 140), DType.Float64, new Generator(1));
        Tensor[] Run(Func<Tensor, Tensor> order)
        {
            Tensor[] leaves = [.. Enumerable.Range(0, 3).Select(i => (x + i).Clone())];
            foreach (var leaf in leaves)
            {
                leaf.RequiresGrad = true;
            }
            var views = leaves.Select(t => order(t.SwapAxes(2, 3))).ToArray();
            var y = views[0].ScaledDotProductAttention(views[1], views[2], isCausal: true);
            (y * y).Sum().Backward();
            return [y.Detach(), .. leaves.Select(t => t.Grad!)];
        }
        foreach (var (expected, actual) in Run(t => t.Contiguous()).Zip(Run(t => t)))
        {
            Assert.All((expected - actual).ToArray<double>(), d => Assert.Equal(0, d, 1e-10));
        }
    }

    [Fact]
    public void No_key_at_all_gives_0()
    {
        var q = Tensor.Ones(1, 2, 3, 4);
        q.RequiresGrad = true;
        var y = q.ScaledDotProductAttention(Tensor.Ones(1, 2, 0, 4), Tensor.Ones(1, 2, 0, 5));
        y.Sum().Backward();
        Assert.Equal(new float[30], y.ToArray<float>());
        Assert.Equal(new float[24], q.Grad!.ToArray<float>());
    }

    private static void Check(
        int queries, int keys, int width, bool causal, DType type, double tolerance,
        Tensor? mask = null)
    {
        var batch = mask is null ? 1 : mask.Shape[0];
        Tensor Make(int rows, int seed) => Tensor.Randn(
            new Shape(batch, 3, rows, width), DType.Float64, new Generator(seed)).To(type);
        var (q, k, v) = (Make(queries, 1), Make(keys, 2), Make(keys, 3));
        var gy = Make(queries, 4);
        double[] Run(Func<Tensor, Tensor, Tensor, Tensor> attention, DType computed)
        {
            Tensor[] x = [.. new[] { q, k, v }.Select(t => t.To(computed).Clone())];
            foreach (var leaf in x)
            {
                leaf.RequiresGrad = true;
            }
            var y = attention(x[0], x[1], x[2]);
            y.Backward(gy.To(computed));
            return [.. x.Select(t => t.Grad!).Prepend(y.Detach())
                .SelectMany(t => t.To(DType.Float64).ToArray<double>())];
        }
        var expected = Run(
            (a, b, c) =>
            {
                var scores = a.MatMul(b.SwapAxes(2, 3)) / Math.Sqrt(width);
                scores = mask is null ? scores : scores + mask;
                return (causal
                    ? Tensor.Where(Tensor.Ones(queries, keys).Tril().To(DType.Bool), scores,
                        double.NegativeInfinity)
                    : scores).Softmax().MatMul(c);
            },
            DType.Float64);
        var actual = KernelData.OnAnyThreads(() => Run(
            (a, b, c) => a.ScaledDotProductAttention(b, c, mask?.To(type), causal), type));
        var largest = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance * Math.Max(1, largest));
        }
    }
}
