using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Recurrent;

public class RecurrentBackwardOpTests
{
    [Fact]
    public void Sums_come_behind_the_gradients_and_are_those_of_their_rows()
    {
        Tensor[] x = [Tensor.Randn(3, 4, 5), Tensor.Randn(3, 4, 5), Tensor.Randn(4, 5),
            Tensor.Randn(15, 5), Tensor.Rand(3, 4, 15), Tensor.Randn(3, 4, 5)];
        var plain = new RecurrentBackwardOp(RecurrentCell.Gru, false, 3);
        var expected = plain.ApplyAll(x);
        Assert.Equal(3, expected.Length);
        foreach (var (mask, outputs) in new[] { (1u, new[] { 0 }), (4u, [2]), (5u, [0, 2]) })
        {
            var actual = ((ISumsRows)plain).WithRowSums(mask).ApplyAll(x);
            Assert.Equal(3 + outputs.Length, actual.Length);
            for (var i = 0; i < 3; i++)
            {
                Assert.Equal(expected[i].ToArray<float>(), actual[i].ToArray<float>());
            }
            for (var i = 0; i < outputs.Length; i++)
            {
                var sum = expected[outputs[i]].Sum([0, 1]).ToArray<float>();
                Assert.All(sum.Zip(actual[3 + i].ToArray<float>()),
                    pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
            }
        }
    }

    [Fact]
    public void States_are_not_summed()
    {
        ISumsRows lstm = new RecurrentBackwardOp(RecurrentCell.Lstm, false, 4);
        Assert.Equal(1, lstm.RowRank(0));
        Assert.Equal(0, lstm.RowRank(1));
        Assert.Equal(0, lstm.RowRank(2));
        Assert.Equal(
            1, ((ISumsRows)new RecurrentBackwardOp(RecurrentCell.Gru, false, 3)).RowRank(2));
    }
}
