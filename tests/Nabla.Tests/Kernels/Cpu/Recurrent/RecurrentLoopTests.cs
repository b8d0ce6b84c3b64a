using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Recurrent;

[Collection(nameof(WorkerTeam))]
public class RecurrentLoopTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(39)]
    public void Lanes_of_every_width_give_the_same_bits(int units)
    {
        var test = new RecurrentCase(RecurrentCell.Lstm, 4, 3, units);
        var narrow = test.Backward<float>(Forward<F32x4>, Backward<F32x4>);
        if (Simd.Medium)
        {
            Assert.Equal(narrow, test.Backward<float>(Forward<F32x8>, Backward<F32x8>));
        }
        if (Simd.Wide)
        {
            Assert.Equal(narrow, test.Backward<float>(Forward<F32x16>, Backward<F32x16>));
        }
    }

    [Fact]
    public void Going_backwards_in_time_is_going_forwards_over_a_flipped_input()
    {
        var forward = new RecurrentCase(RecurrentCell.Tanh, 1, 3, 4);
        var reverse = new RecurrentCase(RecurrentCell.Tanh, 1, 3, 4, reverse: true);
        Assert.Equal(forward.Forward<float>(Rnn), reverse.Forward<float>(Rnn));
    }

    private static void Forward<V>(RecurrentCell cell, in RecurrentProblem problem)
        where V : unmanaged, Nabla.Kernels.ILanes<V> =>
        RecurrentLoop<V, float, LstmCell>.Forward(problem);

    private static void Backward<V>(RecurrentCell cell, in RecurrentProblem problem)
        where V : unmanaged, Nabla.Kernels.ILanes<V> =>
        RecurrentLoop<V, float, LstmCell>.Backward(problem);

    private static void Rnn(RecurrentCell cell, in RecurrentProblem problem) =>
        RecurrentLoop<F32x4, float, RnnCell<RnnTanh>>.Forward(problem);
}
