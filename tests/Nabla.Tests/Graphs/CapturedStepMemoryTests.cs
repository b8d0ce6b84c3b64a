using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

/// <summary>The memory in which a captured step replays its graphs.</summary>
public class CapturedStepMemoryTests
{
    private readonly CapturedStep _step = new(x => [Function(x[0])]);

    [Theory]
    [InlineData(64, 9)]
    [InlineData(9, 64)]
    public void A_short_batch_computes_in_the_memory_of_the_full_one(int first, int second)
    {
        var other = new CapturedStep(x => [Function(x[0])]);
        other.Run(Tensor.Randn(64, 32));
        foreach (var size in new[] { first, second, first, second })
        {
            var x = Tensor.Randn(size, 32);
            Assert.Equal(Function(x).ToArray<float>(), _step.Run(x)[0].ToArray<float>());
            Assert.True(_step.TryReplay(x));
        }
        Assert.True(other.TryReplay(Tensor.Randn(64, 32)));
        Assert.InRange(_step.Bytes, 1, other.Bytes);
    }

    [Fact]
    public void What_a_replay_returned_stays_when_another_shape_runs()
    {
        var x = Tensor.Randn(9, 32);
        var expected = Function(x).ToArray<float>();
        Assert.True(_step.TryReplay(x));
        var result = _step.Outputs[0];
        _step.Run(Tensor.Randn(64, 32));
        Assert.Equal(expected, result.ToArray<float>());
    }

    [Fact]
    public void Changing_shapes_allocates_nothing()
    {
        Tensor[][] inputs = [[Tensor.Randn(64, 32)], [Tensor.Randn(9, 32)]];
        for (var run = 0; run < 20; run++)
        {
            Assert.True(_step.TryReplay(inputs[run % 2]));
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < 20; run++)
        {
            _step.TryReplay(inputs[run % 2]);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Threads_that_change_state_and_shapes_take_turns()
    {
        var state = Tensor.Zeros(64);
        var step = new CapturedStep(x =>
        {
            state.Assign(state + x[0].Exp().Softmax(0).Sum(0) * 0 + 1);
            return [Function(x[0])];
        });
        Parallel.For(0, 4, thread =>
        {
            for (var run = 0; run < 50; run++)
            {
                var x = Tensor.Ones(5 + ((run + thread) % 2), 64) * run;
                Assert.Equal(Function(x).ToArray<float>(), step.Run(x)[0].ToArray<float>());
            }
        });
        Assert.All(state.ToArray<float>(), v => Assert.Equal(200, v));
    }

    private static Tensor Function(Tensor x) => x.Softmax(1).MatMul(
        x.Exp().Softmax(1).Transpose()).Softmax(0);
}
