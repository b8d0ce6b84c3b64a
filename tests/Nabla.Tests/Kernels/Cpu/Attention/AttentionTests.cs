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
    public void Many_tiles_agree_with_the_whole_matrix(
        int queries, int keys, int width, bool causal)
    {
        Check(queries, keys, width, causal, DType.Float64, 1e-11);
        Check(queries, keys, width, causal, DType.Float32, 2e-5);
    }

    private static void Check(
        int queries, int keys, int width, bool causal, DType type, double tolerance)
    {
        Tensor Make(int rows, int seed) => Tensor.Randn(
            new Shape(1, 3, rows, width), DType.Float64, new Generator(seed)).To(type);
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
                return (causal
                    ? Tensor.Where(Tensor.Ones(queries, keys).Tril().To(DType.Bool), scores,
                        double.NegativeInfinity)
                    : scores).Softmax().MatMul(c);
            },
            DType.Float64);
        var actual = KernelData.OnAnyThreads(() => Run(
            (a, b, c) => a.ScaledDotProductAttention(b, c, isCausal: causal), type));
        var largest = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance * Math.Max(1, largest));
        }
    }
}
