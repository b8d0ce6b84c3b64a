using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Tests.Autograd;

public class GradStateTests
{
    [Fact]
    public void A_tensor_has_a_state_once_it_needs_one()
    {
        var x = Tensor.From(1f);
        Assert.Null(GradState.Of(x));
        var state = GradState.For(x);
        Assert.Same(state, GradState.For(x));
        Assert.Same(state, GradState.Of(x));
    }

    [Fact]
    public void Threads_that_record_at_once_agree_on_where_a_leafs_gradients_arrive()
    {
        for (var round = 0; round < 200; round++)
        {
            var leaf = Leaves.Leaf(1);
            var found = new GradNode?[2];
            using var start = new Barrier(2);
            var threads = Enumerable.Range(0, 2).Select(t => new Thread(() =>
            {
                start.SignalAndWait();
                found[t] = Tape.EdgeOf(leaf).Node;
            })).ToArray();
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
            Assert.Same(found[0], found[1]);
        }
    }
}
