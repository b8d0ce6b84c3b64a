using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Recurrent;

[Collection(nameof(WorkerTeam))]
public class RecurrentLevelTests
{
    [Fact]
    public void The_chosen_lanes_give_the_bits_of_the_narrow_ones()
    {
        var test = new RecurrentCase(RecurrentCell.Gru, 3, 2, 21);
        Assert.Equal(
            test.Backward<float>(
                static (_, in p) => RecurrentLoop<F32x4, float, GruCell>.Forward(p),
                static (_, in p) => RecurrentLoop<F32x4, float, GruCell>.Backward(p)),
            test.Backward<float>(
                static (_, in p) => RecurrentLevel<GruCell>.Forward<float>(p),
                static (_, in p) => RecurrentLevel<GruCell>.Backward<float>(p)));
    }
}
