using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Recurrent;

[Collection(nameof(WorkerTeam))]
public unsafe class RecurrentStepTests
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

    /// <summary>Several parts of samples, several blocks, a last block of few units.</summary>
    [Theory]
    [InlineData(RecurrentCell.Lstm, 70, 67)]
    [InlineData(RecurrentCell.Gru, 33, 100)]
    [InlineData(RecurrentCell.Tanh, 24, 200)]
    [InlineData(RecurrentCell.Lstm, 24, 200)]
    public void Float32_agrees_with_float64_on_any_threads(
        RecurrentCell cell, int samples, int units)
    {
        var test = new RecurrentCase(cell, 3, samples, units);
        var actual = KernelData.OnAnyThreads(() => (float[])[
            .. test.Forward<float>(Nabla.Kernels.Cpu.Recurrent.Forward<float>),
            .. test.Backward<float>(Nabla.Kernels.Cpu.Recurrent.Forward<float>,
                Nabla.Kernels.Cpu.Recurrent.Backward<float>)]);
        double[] expected =
        [
            .. test.Forward<double>(Nabla.Kernels.Cpu.Recurrent.Forward<double>),
            .. test.Backward<double>(Nabla.Kernels.Cpu.Recurrent.Forward<double>,
                Nabla.Kernels.Cpu.Recurrent.Backward<double>),
        ];
        KernelData.Close<float>(expected, actual, 3e-5);
    }
}
