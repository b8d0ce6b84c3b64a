using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Composite;

public class NanToNumTests
{
    private static readonly Tensor Bad =
        Tensor.From(1f, float.NaN, float.PositiveInfinity, float.NegativeInfinity);

    // torch.nan_to_num gives the same.
    [Fact]
    public void NaN_becomes_zero_and_infinities_the_ends_of_the_type() => Assert.Equal(
        [1f, 0f, float.MaxValue, float.MinValue], Bad.NanToNum().ToArray<float>());

    [Fact]
    public void Other_numbers_may_be_given() => Assert.Equal(
        [1f, 7f, 8f, -9f], Bad.NanToNum(7, 8, -9).ToArray<float>());

    [Fact]
    public void Integers_have_none() => Assert.Equal(
        [3L], Tensor.From(3L).NanToNum().ToArray<long>());
}
