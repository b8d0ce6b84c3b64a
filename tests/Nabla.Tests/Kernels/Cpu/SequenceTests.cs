using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class SequenceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Both_ends_are_exact_and_steps_are_even(int n)
    {
        var y = new float[n];
        var step = n > 1 ? 0.9 / (n - 1) : 0;
        fixed (float* p = y)
        {
            Sequence.Fill(p, n, 0.1, step, n > 1 ? 1.0 : 0.1);
        }
        for (var i = 0; i < n; i++)
        {
            Assert.Equal(0.1 + (i * step), y[i], 1e-7);
        }
        if (n > 1)
        {
            Assert.Equal((0.1f, 1f), (y[0], y[^1]));
        }
    }

    [Fact]
    public void Whole_numbers_are_exact_beyond_the_precision_of_floats()
    {
        var y = new long[3];
        fixed (long* p = y)
        {
            Sequence.Fill(p, 3, (1L << 60) + 1, -3);
        }
        Assert.Equal([(1L << 60) + 1, (1L << 60) - 2, (1L << 60) - 5], y);
    }
}
