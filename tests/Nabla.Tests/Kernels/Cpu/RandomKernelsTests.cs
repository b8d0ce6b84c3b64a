using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class RandomKernelsTests
{
    private const int N = 1_000_003;
    private static readonly PhiloxKey s_key = new(7, 0, 1, 2);

    private static float[] Draw(int n, long start = 0, int threads = 1, bool normal = false)
    {
        var before = WorkerTeam.Threads;
        WorkerTeam.Threads = threads;
        var y = new float[n];
        fixed (float* p = y)
        {
            if (normal)
            {
                RandomKernels.Normal(p, n, s_key, start);
            }
            else
            {
                RandomKernels.Uniform(p, n, s_key, start);
            }
        }

        WorkerTeam.Threads = before;
        return y;
    }

    [Fact]
    public void Uniform_numbers_fill_the_unit_interval_evenly()
    {
        var y = Draw(N);
        Assert.All(y, v => Assert.InRange(v, 0f, 0.99999997f));
        var counts = new int[64];
        foreach (var v in y)
        {
            counts[(int)(v * 64)]++;
        }

        // χ² with 63 degrees of freedom exceeds 119 once in 40,000 seeds.
        var expected = N / 64.0;
        Assert.InRange(counts.Sum(c => (c - expected) * (c - expected) / expected), 25, 119);
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_a_normal()
    {
        var y = Draw(N, normal: true);
        Assert.Equal(0, y.Average(v => (double)v), 0.005);
        Assert.Equal(1, y.Average(v => (double)v * v), 0.007);
        Assert.Equal(0, y.Average(v => (double)v * v * v), 0.02);
        Assert.Equal(3, y.Average(v => Math.Pow(v, 4)), 0.05);
        Assert.Equal(0.6827, y.Average(v => Math.Abs(v) < 1 ? 1.0 : 0), 0.002);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Any_split_and_any_thread_count_give_the_same_numbers(bool normal)
    {
        var whole = Draw(100_000, normal: normal);
        Assert.Equal(whole, Draw(100_000, threads: 2, normal: normal));
        Assert.Equal(whole, Draw(100_000, threads: 3, normal: normal));
        foreach (var (start, n) in new[] { (0, 1), (1, 62), (63, 2), (64, 64), (1000, 70_001) })
        {
            Assert.Equal(whole.AsSpan(start, n).ToArray(), Draw(n, start, normal: normal));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    [InlineData(1)]
    public void Bernoulli_is_one_where_uniform_is_below_p(double p)
    {
        var u = Draw(5000);
        var y = new float[5000];
        var b = new byte[5000];
        fixed (float* py = y)
        fixed (byte* pb = b)
        {
            RandomKernels.Bernoulli(py, 5000, p, s_key);
            RandomKernels.Bernoulli(pb, 5000, p, s_key);
        }

        Assert.Equal(u.Select(v => v < p ? 1f : 0), y);
        Assert.Equal(y, b.Select(v => (float)v));
    }

    [Theory]
    [InlineData(-3, 4)]
    [InlineData(5, 6)]
    public void Integers_stay_in_range_and_all_occur(long low, long high)
    {
        var y = new long[10_001];
        fixed (long* p = y)
        {
            RandomKernels.RandInt(p, y.Length, low, high, s_key);
        }

        var counts = y.GroupBy(v => v).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(high - low, counts.Count);
        Assert.All(counts, c => Assert.InRange(c.Key, low, high - 1));
        Assert.All(counts.Values, c =>
            Assert.Equal(y.Length / (double)(high - low), c, 200.0));
    }

    [Fact]
    public void An_empty_range_is_refused() => Assert.Contains(
        "RandInt draws from [low, high) but got [4, 4); give high > low",
        Assert.Throws<ArgumentException>(
            () => RandomKernels.RandInt(null, 0, 4, 4, s_key)).Message);

    [Fact]
    public void A_permutation_holds_every_index_once_and_no_position_is_preferred()
    {
        var y = new long[5000];
        fixed (long* p = y)
        {
            RandomKernels.Permutation(p, y.Length, s_key);
            Assert.Equal(Enumerable.Range(0, 5000).Select(i => (long)i), y.Order());
            var firsts = new int[4];
            for (uint step = 0; step < 8000; step++)
            {
                RandomKernels.Permutation(p, 4, new(1, 2, step, 3));
                firsts[y[0]]++;
            }

            Assert.All(firsts, c => Assert.InRange(c, 1850, 2150));
        }
    }

    [Fact]
    public void Doubles_have_fine_steps_and_normal_moments()
    {
        var y = new double[200_000];
        fixed (double* p = y)
        {
            RandomKernels.Uniform(p, y.Length, s_key);
            Assert.Equal(0.5, y.Average(), 0.005);
            Assert.Contains(y, v => v * (1 << 30) % 1 != 0);
            RandomKernels.Normal(p, y.Length, s_key);
        }

        Assert.Equal(0, y.Average(), 0.01);
        Assert.Equal(1, y.Average(v => v * v), 0.02);
    }
}
