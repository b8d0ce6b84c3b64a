using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Autograd;

public class TraceHooksTests
{
    [Fact]
    public void State_of_the_floors_above_is_restored_after_a_trace()
    {
        var state = 7;
        TraceHooks.Register(() =>
        {
            var before = state;
            return () => state = before;
        });
        Capture.Trace(x =>
        {
            state++;
            return [x[0] * 2];
        }, Tensor.From(1f));
        Assert.Equal(7, state);
    }

    [Fact]
    public void A_change_outside_of_a_trace_moves_the_epoch()
    {
        var before = TraceHooks.Epoch;
        TraceHooks.Invalidate();
        Assert.True(TraceHooks.Epoch > before);
    }
}
