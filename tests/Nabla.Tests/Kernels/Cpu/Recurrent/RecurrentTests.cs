using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Recurrent;

[Collection(nameof(WorkerTeam))]
public class RecurrentTests
{
    public static TheoryData<RecurrentCell, int, int, int, bool, bool> Cases
    {
        get
        {
            var data = new TheoryData<RecurrentCell, int, int, int, bool, bool>();
            foreach (var cell in Enum.GetValues<RecurrentCell>())
            {
                data.Add(cell, 3, 2, 1, false, true);
                data.Add(cell, 1, 5, 16, true, false);
                data.Add(cell, 7, 1, 33, false, true);
                data.Add(cell, 5, 40, 47, true, true);
            }
            return data;
        }
    }

    // In float64 the ops' tests compare with PyTorch.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Float32_agrees_with_float64_and_has_the_same_bits_on_any_threads(
        RecurrentCell cell, int steps, int samples, int units, bool reverse, bool bias)
    {
        var test = new RecurrentCase(cell, steps, samples, units, reverse, bias);
        KernelData.Close<float>(
            test.Forward<double>(Forward<double>),
            KernelData.OnAnyThreads(() => test.Forward<float>(Forward<float>)), 3e-5);
        KernelData.Close<float>(
            test.Backward<double>(Forward<double>, Backward<double>),
            KernelData.OnAnyThreads(
                () => test.Backward<float>(Forward<float>, Backward<float>)), 1e-3);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Results_may_take_the_place_of_what_they_are_made_of(
        RecurrentCell cell, int steps, int samples, int units, bool reverse, bool bias)
    {
        var test = new RecurrentCase(cell, steps, samples, units, reverse, bias);
        Assert.Equal(test.Backward<float>(Forward<float>, Backward<float>),
            test.InPlace<float>(Forward<float>, Backward<float>));
        Assert.Equal(test.Backward<double>(Forward<double>, Backward<double>),
            test.InPlace<double>(Forward<double>, Backward<double>));
    }

    [Fact]
    public void Other_types_are_refused() => Assert.Contains("not Int32",
        Assert.Throws<NotSupportedException>(
            () => Forward<int>(RecurrentCell.Lstm, default)).Message);

    private static void Forward<T>(RecurrentCell cell, in RecurrentProblem problem)
        where T : unmanaged => Nabla.Kernels.Cpu.Recurrent.Forward<T>(cell, problem);

    private static void Backward<T>(RecurrentCell cell, in RecurrentProblem problem)
        where T : unmanaged => Nabla.Kernels.Cpu.Recurrent.Backward<T>(cell, problem);
}
