using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class PhiloxTests
{
    /// <summary>kat_vectors of Random123 (philox4x32, 10 rounds).</summary>
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu,
        0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u,
        0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Known_answers_of_the_paper_come_out(uint c0, uint c1, uint c2, uint c3,
        uint k0, uint k1, uint y0, uint y1, uint y2, uint y3)
    {
        var y = stackalloc uint[4];
        Philox.Block(new U32x1(c0), new U32x1(c1), new U32x1(c2), new U32x1(c3), k0, k1, y, 1);
        Assert.Equal([y0, y1, y2, y3], new Span<uint>(y, 4).ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(77)]
    [InlineData(0x0FFFFFFFL)]
    [InlineData(0x123456789AL)]
    public void Every_width_writes_the_same_words(long group)
    {
        var key = new PhiloxKey(42, 1, 2, 3);
        var scalar = stackalloc uint[Philox.GroupWords];
        var other = stackalloc uint[Philox.GroupWords];
        Philox.Group<U32x1>(key, group, scalar);
        Philox.Group(key, group, other);
        var expected = new Span<uint>(scalar, Philox.GroupWords).ToArray();
        Assert.Equal(expected, new Span<uint>(other, Philox.GroupWords).ToArray());
        if (Simd.Medium)
        {
            Philox.Group<U32x8>(key, group, other);
            Assert.Equal(expected, new Span<uint>(other, Philox.GroupWords).ToArray());
        }
    }

    [Fact]
    public void Seed_stream_step_ordinal_and_group_each_change_the_words()
    {
        var words = stackalloc uint[Philox.GroupWords];
        var seen = new HashSet<uint>();
        foreach (var (key, group) in new[]
        {
            (new PhiloxKey(1, 0, 0, 0), 0L), (new PhiloxKey(2, 0, 0, 0), 0),
            (new PhiloxKey(1, 1, 0, 0), 0), (new PhiloxKey(1, 0, 1, 0), 0),
            (new PhiloxKey(1, 0, 0, 1), 0), (new PhiloxKey(1, 0, 0, 0), 1),
        })
        {
            Philox.Group(key, group, words);
            Assert.True(seen.Add(words[0]));
        }
    }
}
