using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Recurrent;

public unsafe class RecurrentRowsTests
{
    [Fact]
    public void A_step_finds_the_states_before_it_in_both_directions()
    {
        var memory = stackalloc float[60];
        var (h, h0, c, c0) = ((nint)memory, (nint)(memory + 24), (nint)(memory + 30),
            (nint)(memory + 54));
        var problem = new RecurrentProblem
        {
            Steps = 4,
            Samples = 2,
            Units = 3,
            H = (void*)h,
            H0 = (void*)h0,
            C = (void*)c,
            C0 = (void*)c0,
        };
        foreach (var (reverse, times) in new[] { (false, new[] { 0, 1, 2 }), (true, [3, 2, 1]) })
        {
            problem.Reverse = reverse;
            for (var s = 0; s < 3; s++)
            {
                var rows = RecurrentRows<float, LstmCell>.Of(problem, s);
                Assert.Equal(times[s], rows.Time);
                var row = rows.At(1, 2);
                var before = s == 0 ? 5 : (times[s - 1] * 6) + 5;
                Assert.True(row.HBefore == (byte*)((float*)(s == 0 ? h0 : h) + before));
                Assert.True(row.CBefore == (byte*)((float*)(s == 0 ? c0 : c) + before));
                Assert.True(row.H == (byte*)((float*)h + (times[s] * 6) + 5));
            }
        }
    }

    [Fact]
    public void The_next_sample_is_where_it_would_be_looked_up()
    {
        var memory = stackalloc double[1];
        var problem = new RecurrentProblem
        {
            Steps = 3,
            Samples = 4,
            Units = 5,
            Input = memory,
            H = memory,
            H0 = memory,
            C = memory,
            C0 = memory,
            Kept = memory,
            KeptHidden = memory,
            GradH = memory,
            GradC = memory,
            GradInput = memory,
            GradHidden = memory,
            GradH0 = memory,
            GradC0 = memory,
        };
        var rows = RecurrentRows<double, LstmCell>.Of(problem, 1);
        var (row, expected) = (rows.At(1, 2), rows.At(2, 2));
        row.Next<LstmCell>();
        Assert.True(new ReadOnlySpan<byte>(&expected, sizeof(RecurrentRow)).SequenceEqual(
            new ReadOnlySpan<byte>(&row, sizeof(RecurrentRow))));
    }

    [Fact]
    public void Rows_are_looked_up_by_their_numbers()
    {
        var memory = stackalloc float[1];
        var index = stackalloc long[8] { 0, 0, 0, 0, 0, 3, 1, 2 };
        var problem = new RecurrentProblem
        {
            Steps = 2,
            Samples = 4,
            Units = 5,
            Input = memory,
            Index = index,
        };
        var rows = RecurrentRows<float, GruCell>.Of(problem, 1);
        var row = rows.At(1, 2);
        foreach (var number in new[] { 3, 1, 2 })
        {
            row.LookUp<GruCell>();
            Assert.True(row.Input == (byte*)(memory + (number * 3 * 5) + 2));
            row.Next<GruCell>();
        }
    }

    [Fact]
    public void Prefetching_reads_nothing()
    {
        // Addresses that nobody may read.
        var rows = RecurrentRows<float, GruCell>.Of(
            new RecurrentProblem { Steps = 2, Samples = 3, Units = 70 }, 1);
        for (var gate = 0; gate < 3; gate++)
        {
            rows.Prefetch(backward: false, gate, 0, 3, 32, 38);
            rows.Prefetch(backward: true, gate, 0, 3, 32, 38);
        }
        Assert.Equal(1, rows.Time);
    }
}
