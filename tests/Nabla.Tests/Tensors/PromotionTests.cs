using Nabla.Tensors;

namespace Nabla.Tests.Tensors;

public class PromotionTests
{
    private static readonly DType[] Types =
    [
        DType.UInt8, DType.Int32, DType.Int64, DType.Float16, DType.BFloat16, DType.Float32,
        DType.Float64, DType.Bool,
    ];

    // torch.result_type of PyTorch 1.13; a row for each type of the left operand, a letter for each
    // of the right one, both in the order of Types: uint8 u, int32 i, int64 l, float16 h,
    // bfloat16 b, float32 f, float64 d, bool t.
    [Theory]
    [InlineData(1, 1, "uilhbfdu iilhbfdi lllhbfdl hhhhffdh bbbfbfdb ffffffdf dddddddd uilhbfdt")]
    [InlineData(1, 0, "uuuhbfdu iiihbfdi lllhbfdl hhhhhhhh bbbbbbbb ffffffff dddddddd uilhbfdt")]
    [InlineData(0, 0, "uilhbfdu iilhbfdi lllhbfdl hhhhffdh bbbfbfdb ffffffdf dddddddd uilhbfdt")]
    public void Two_tensors_promote_as_in_PyTorch(int leftRank, int rightRank, string table)
    {
        var rows = table.Split(' ');
        for (var i = 0; i < Types.Length; i++)
        {
            for (var j = 0; j < Types.Length; j++)
            {
                var a = Tensor.Empty(leftRank == 0 ? [] : [2], Types[i]);
                var b = Tensor.Empty(rightRank == 0 ? [] : [2], Types[j]);
                Assert.Equal((Types[i], Types[j], TypeOf(rows[i][j])),
                    (Types[i], Types[j], Promotion.ResultType(a, b)));
                Assert.Equal(Promotion.ResultType(a, b), Promotion.ResultType(b, a));
            }
        }
    }

    // The same for a Python number (an int, a float) on the right.
    [Theory]
    [InlineData(1, "uf if lf hh bb ff dd lf")]
    [InlineData(0, "uf if lf hh bb ff dd lf")]
    public void A_csharp_number_promotes_as_a_Python_number(int rank, string table)
    {
        var rows = table.Split(' ');
        for (var i = 0; i < Types.Length; i++)
        {
            var x = Tensor.Empty(rank == 0 ? [] : [2], Types[i]);
            Assert.Equal((Types[i], TypeOf(rows[i][0])),
                (Types[i], Promotion.ResultType(x, 1)));
            Assert.Equal((Types[i], TypeOf(rows[i][1])),
                (Types[i], Promotion.ResultType(x, 1.0)));
        }
    }

    [Fact]
    public void Two_numbers_have_the_higher_kind() =>
        Assert.Equal(DType.Float32, Promotion.ResultType(1, 1.0));

    private static DType TypeOf(char letter) => Types["uilhbfdt".IndexOf(letter)];
}
