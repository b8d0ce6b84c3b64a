using Nabla.Data;
using Nabla.Tensors;

namespace Nabla.Tests.Data;

public class SubsetTests
{
    private static readonly TensorDataset Data =
        new(Tensor.From(Enumerable.Range(100, 20).ToArray(), new Shape(20)));

    [Fact]
    public void A_subset_renumbers_samples()
    {
        var subset = new Subset(Data, 4, 2);
        Assert.Equal(2, subset.Count);
        Assert.Equal(102, subset[1][0].Item<int>());
        Assert.Equal([102, 104], subset.Batch([1, 0])[0].ToArray<int>());
        Assert.Throws<ArgumentOutOfRangeException>(() => subset[2]);
    }

    [Fact]
    public void A_split_is_disjoint_whole_and_decided_by_the_seed()
    {
        var parts = Subset.Split(Data, seed: 3, 15, 5);
        int[] all = [.. parts[0].Indices, .. parts[1].Indices];
        Assert.Equal(Enumerable.Range(0, 20), all.Order());
        Assert.Equal(parts[1].Indices, Subset.Split(Data, 3, 15, 5)[1].Indices);
        Assert.NotEqual(
            parts[1].Indices.ToArray(), Subset.Split(Data, 4, 15, 5)[1].Indices.ToArray());
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        Assert.Contains("15, 6 samples do not fit a data set of 20",
            Assert.Throws<ArgumentException>(() => Subset.Split(Data, 0, 15, 6)).Message);
        Assert.Throws<ArgumentException>(() => Subset.Split(Data, 0, 15, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Subset(Data, 20));
    }
}
