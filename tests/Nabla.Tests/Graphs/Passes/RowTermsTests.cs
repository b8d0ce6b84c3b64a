using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class RowTermsTests
{
    private readonly Tensor _table = Tensor.Randn(5, 4);

    [Fact]
    public void An_embedding_is_one_term()
    {
        var terms = Terms(x => x.Reshape(2, 6).Embedding(_table).Reshape(12, 4));
        var term = Assert.Single(terms!);
        Assert.Equal(5, term.Pick.Rows);
        Assert.Equal(new Shape(12), term.Pick.Index!.Spec.Shape);
        Assert.Equal(_table.Shape, term.Table.Spec.Shape);
    }

    [Fact]
    public void What_is_broadcast_comes_in_turn()
    {
        var terms = Terms(x => ((Tensor.Ones(1, 1, 4) + x.Reshape(2, 6).Embedding(_table))
            + Tensor.Ones(6, 4)).Reshape(12, 4));
        Assert.Equal([1, 5, 6], terms!.Select(t => t.Pick.Rows));
        Assert.Equal([true, false, true], terms!.Select(t => t.Pick.Index is null));
    }

    [Fact]
    public void Sums_with_anything_else_have_no_terms()
    {
        Assert.Null(Terms(x => x.Embedding(_table) + Tensor.Ones(12, 4)));
        Assert.Null(Terms(x => x.Embedding(_table) + Tensor.Ones(12, 1)));
        Assert.Null(Terms(x => x.Embedding(_table).Exp()));
        Assert.Null(Terms(x => x.Embedding(_table).Reshape(24, 2)));
        Assert.Null(Terms(x => x.Reshape(2, 6).Embedding(_table)));
    }

    /// <summary>Three dimensions that lie apart can't become a matrix.</summary>
    [Fact]
    public void What_is_broadcast_must_lie_as_rows()
    {
        var apart = Tensor.Ones(3, 2, 4).Permute(1, 0, 2);
        Tensor Sum(Tensor x, Tensor part) =>
            (x.Reshape(2, 2, 3).Embedding(_table) + part).Reshape(12, 4);
        Assert.Null(Terms(x => Sum(x, apart)));
        Assert.Equal(2, Terms(x => Sum(x, apart.Contiguous()))!.Count);
        Assert.Equal(2, Terms(x => Sum(x, apart[0]))!.Count);
    }

    [Fact]
    public void There_are_no_more_than_four_terms()
    {
        Tensor Sum(Tensor x, int count) => Enumerable.Range(0, count)
            .Aggregate(x.Embedding(_table), (sum, i) => sum + Tensor.Full([4], i));
        Assert.Equal(4, Terms(x => Sum(x, 3))!.Count);
        Assert.Null(Terms(x => Sum(x, 4)));
    }

    [Theory]
    [InlineData(new long[] { 3, 4 }, new long[] { 2, 3, 4 }, 3)]
    [InlineData(new long[] { 1, 3, 4 }, new long[] { 2, 3, 4 }, 3)]
    [InlineData(new long[] { 4 }, new long[] { 2, 3, 4 }, 1)]
    [InlineData(new long[] { 1, 1, 1 }, new long[] { 2, 3, 4 }, null)]
    [InlineData(new long[] { 2, 1, 4 }, new long[] { 2, 3, 4 }, null)]
    [InlineData(new long[] { 3, 1 }, new long[] { 2, 3, 4 }, null)]
    [InlineData(new long[] { 2, 3, 4 }, new long[] { 2, 3, 4 }, null)]
    [InlineData(new long[] { }, new long[] { 2, 3 }, null)]
    [InlineData(new long[] { 0 }, new long[] { 2, 0 }, null)]
    public void Rows_come_in_turn_where_only_first_dimensions_are_broadcast(
        long[] part, long[] whole, int? rows) =>
        Assert.Equal(rows, (int?)RowPick.InTurn(new Shape(part), new Shape(whole))?.Rows);

    /// <summary>The terms of what a function of twelve indices gives.</summary>
    private static List<RowTerm>? Terms(Func<Tensor, Tensor> function) => RowTerms.Of(
        Traces.Of(x => function(x[0]), Tensor.Arange(12) % 5).Outputs[0]);
}
