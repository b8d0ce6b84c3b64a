using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Recurrent;

[Collection(nameof(WorkerTeam))]
public class RecurrentStepTests
{
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

    /// <summary>No unit is left out of a sum, and none is in it twice.</summary>
    [Theory]
    [InlineData(RecurrentCell.Gru, 5, 70, 67)]
    [InlineData(RecurrentCell.Gru, 1, 1, 1)]
    [InlineData(RecurrentCell.Lstm, 4, 33, 39)]
    [InlineData(RecurrentCell.Tanh, 7, 24, 200)]
    public void Sums_over_steps_and_samples_are_those_of_the_gradients(
        RecurrentCell cell, int steps, int samples, int units)
    {
        foreach (var reverse in new[] { false, true })
        {
            var test = new RecurrentCase(cell, steps, samples, units, reverse);
            var (asked, added) = test.Sums<float>(
                Nabla.Kernels.Cpu.Recurrent.Forward<float>,
                Nabla.Kernels.Cpu.Recurrent.Backward<float>);
            KernelData.Close<float>(added, asked, 1e-5);
        }
    }
}
