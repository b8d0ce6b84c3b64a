using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Architecture;

namespace Nabla.Tests.Tensors;

public class PromotionTests
{
    /// <summary>Pairs of operands and the type that <c>torch.result_type</c> gives them.</summary>
    private static IEnumerable<(string A, string B, string Result)> Table =>
        Repository.Read("tests/goldens/Tensors/Promotion.txt")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split([", ", ": "], StringSplitOptions.None))
            .Select(cells => (cells[0], cells[1], cells[2]));

    [Fact]
    public void Every_pair_of_operands_has_the_type_that_PyTorch_gives_it()
    {
        // 8 types with and without dimensions, and two kinds of numbers.
        Assert.Equal(18 * 18, Table.Count());
        Repository.AssertNone(Table
            .Select(row => (Row: row, Type: Promotion.ResultType(Make(row.A), Make(row.B))))
            .Where(found => found.Type != TypeOf(found.Row.Result))
            .Select(found => $"{found.Row}: {found.Type}"));
    }

    [Fact]
    public void Sums_and_products_have_the_promoted_type() => Repository.AssertNone(Table
        .Select(row => (Row: row, A: Make(row.A), B: Make(row.B)))
        .Select(found => (found.Row, Sum: found.A + found.B, Product: found.A * found.B))
        .Where(found => found.Sum.DType != TypeOf(found.Row.Result)
            || found.Product.DType != TypeOf(found.Row.Result))
        .Select(found => $"{found.Row}: {found.Sum.DType}, {found.Product.DType}"));

    [Fact]
    public void Quotients_are_floating_point() => Repository.AssertNone(Table
        .Select(row => (Row: row, Type: (Make(row.A) / Make(row.B)).DType))
        .Where(found => found.Type != Real(TypeOf(found.Row.Result)))
        .Select(found => $"{found.Row}: {found.Type}"));

    [Fact]
    public void Comparisons_are_boolean_whatever_they_compare() => Repository.AssertNone(Table
        .Where(row => (Make(row.A) < Make(row.B)).DType != DType.Bool
            || Make(row.A).Eq(Make(row.B)).DType != DType.Bool)
        .Select(row => $"{row}"));

    [Fact]
    public void Functions_of_whole_numbers_are_of_the_default_type() => Assert.All(
        [DType.Int64, DType.Int32, DType.UInt8, DType.Bool],
        type => Assert.Equal(DType.Float32, Tensor.Ones([2], type).Exp().DType));

    [Fact]
    public void A_number_of_the_language_never_widens_a_float()
    {
        Assert.Equal(DType.Float32, (Tensor.Ones(2) * 0.1).DType);
        Assert.Equal(DType.Float16, (Tensor.Ones([2], DType.Float16) * 0.1).DType);
        Assert.Equal(DType.UInt8, (Tensor.Ones([2], DType.UInt8) + 1).DType);
    }

    [Theory]
    [InlineData(DType.Float16, DType.BFloat16, DType.Float32)]
    [InlineData(DType.Bool, DType.UInt8, DType.UInt8)]
    [InlineData(DType.Int64, DType.Float16, DType.Float16)]
    [InlineData(DType.Int32, DType.Int64, DType.Int64)]
    public void Two_types_have_a_smallest_that_holds_both(DType a, DType b, DType both)
    {
        Assert.Equal(both, Promotion.Promote(a, b));
        Assert.Equal(both, Promotion.Promote(b, a));
    }

    private static DType Real(DType type) => type.IsFloat ? type : DType.Float32;

    private static DType TypeOf(string name) => Enum.Parse<DType>(name, ignoreCase: true);

    private static Tensor Make(string operand)
    {
        var words = operand.Split(' ');
        var type = TypeOf(words[0]);
        return words[1] switch
        {
            "dims" => Tensor.Ones([2], type),
            "none" => Tensor.Full(Shape.Scalar, 1, type),
            _ when type == DType.Int64 => 1,
            _ => 1.5,
        };
    }
}
