namespace Nabla.Tests.Kernels;

public class BFloat16Tests
{
    [Fact]
    public void Every_bit_pattern_survives_a_trip_through_float32()
    {
        for (var bits = 0; bits <= ushort.MaxValue; bits++)
        {
            var value = new BFloat16((ushort)bits);
            var back = (BFloat16)(float)value;
            Assert.True(back == value || (float.IsNaN((float)value) && float.IsNaN((float)back)));
        }
    }

    [Theory]
    [InlineData(0x3F808000, 0x3F80)]
    [InlineData(0x3F818000, 0x3F82)]
    [InlineData(0x3F808001, 0x3F81)]
    [InlineData(0x7F7FFFFF, 0x7F80)]
    [InlineData(0x7F800001, 0x7FC0)]
    public void Rounding_is_to_nearest_with_ties_to_even(int bits, int expected) =>
        Assert.Equal(expected, ((BFloat16)BitConverter.Int32BitsToSingle(bits)).Bits);

    [Fact]
    public void It_prints_as_its_value() => Assert.Equal("1.5", ((BFloat16)1.5f).ToString());
}
