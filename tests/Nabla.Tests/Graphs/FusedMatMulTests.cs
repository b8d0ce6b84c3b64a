using Nabla.Autograd.Arithmetic;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class FusedMatMulTests
{
    [Theory]
    [InlineData(9, 7, 5)]
    [InlineData(70, 96, 300)]
    public void It_is_a_product_a_sum_a_mask_and_its_columns_sums(int m, int n, int k)
    {
        var (a, b) = (Tensor.Randn(m, k), Tensor.Randn(n, k).Transpose());
        var (residual, mask) = (Tensor.Randn(m, n), Tensor.Randn(m, n));
        var product = a.MatMul(b);
        Close(product + residual, new FusedMatMul(true, false).Apply(a, b, residual));
        var masked = Tensor.Where(mask > 0, product, 0);
        Close(masked, new FusedMatMul(false, true).Apply(a, b, mask));
        var op = new FusedMatMul(true, true).WithRowSums(1);
        var both = Tensor.Where(mask > 0, product + residual, 0);
        var y = op.ApplyAll(a, b, residual, mask);
        Close(both, y[0]);
        Close(both.Sum(0), y[1]);
        Assert.Equal("FusedMatMul[Add Where SumTo]", op.Name);
        Assert.Equal(1, ((ISumsRows)op).RowRank(0));
    }

    [Fact]
    public void Operands_that_do_not_fit_are_refused()
    {
        var a = Tensor.Randn(3, 4);
        Assert.Contains("(M, K) and (K, N)", Assert.Throws<ArgumentException>(
            () => new FusedMatMul(true, false).Apply(a, Tensor.Randn(3, 4, 5), a)).Message);
        Assert.Contains("a mask (3, 5) but got (3, 4)", Assert.Throws<ArgumentException>(
            () => new FusedMatMul(false, true).Apply(a, Tensor.Randn(4, 5), a)).Message);
    }

    private static void Close(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        var (x, y) = (expected.ToArray<float>(), actual.ToArray<float>());
        for (var i = 0; i < x.Length; i++)
        {
            Assert.Equal(x[i], y[i], 2e-4f);
        }
    }
}
