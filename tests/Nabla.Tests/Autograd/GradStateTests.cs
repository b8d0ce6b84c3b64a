using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Ops;
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

    [Fact]
    public void A_gradient_that_nobody_saw_is_recycled_with_the_next_in_its_place()
    {
        var x = LeafWithGradient(out var hidden);
        x.Grad = null;
        IsRecycled(hidden, "ZeroGrad");
        x = LeafWithGradient(out hidden);
        x.Grad = Tensor.From(7f, 8f);
        IsRecycled(hidden, "ZeroGrad");
        x = LeafWithGradient(out hidden);
        (x * 3).Sum().Backward();
        IsRecycled(hidden, "ZeroGrad");
        Assert.Equal([5f, 5f], Leaves.GradOf(x));
    }

    [Fact]
    public void A_gradient_that_a_caller_has_seen_stays()
    {
        var x = LeafWithGradient(out _);
        var seen = x.Grad!;
        var view = seen[..1];
        (x * 3).Sum().Backward();
        var later = x.Grad!;
        x.Grad = null;
        Assert.Equal([2f, 2f], seen.ToArray<float>());
        Assert.Equal([2f], view.ToArray<float>());
        Assert.Equal([5f, 5f], later.ToArray<float>());
    }

    [Fact]
    public void A_gradient_that_a_caller_gave_stays()
    {
        var x = LeafWithGradient(out _);
        var given = Tensor.From(7f, 8f);
        x.Grad = given;
        x.Grad = null;
        Assert.Equal([7f, 8f], given.ToArray<float>());
    }

    [Fact]
    public void Gradients_that_hooks_saw_and_seeds_stay()
    {
        var (x, y) = (Leaves.Leaf(1, 2), Leaves.Leaf(3, 4));
        var seen = new List<Tensor>();
        x.RegisterHook(gradient =>
        {
            seen.Add(gradient);
            return null;
        });
        var seed = Tensor.From(5f, 6f);
        (x + y).Backward(seed);
        var handed = Tensor.Gradients([(x * 2).Sum()], [x])[0]!;
        (x.Grad, y.Grad) = (null, null);
        Assert.Equal([5f, 6f], seed.ToArray<float>());
        Assert.Equal([5f, 6f], seen[0].ToArray<float>());
        Assert.Equal([2f, 2f], handed.ToArray<float>());
    }

    [Fact]
    public void A_gradient_that_is_part_of_a_new_tape_stays()
    {
        var x = Leaves.Leaf(1, 2);
        (x * x * x).Sum().Backward(createGraph: true);
        var second = GradState.Of(x)!.Grad!.Sum();
        x.Grad = null;
        second.Backward();
        Assert.Equal([6f, 12f], Leaves.GradOf(x));
    }

    [Fact]
    public void A_gradient_that_another_thread_reads_stays()
    {
        var x = LeafWithGradient(out var hidden);
        var state = GradState.Of(x)!;
        var reader = new Thread(() => state.PeekGrad());
        reader.Start();
        reader.Join();
        x.Grad = null;
        Assert.Equal([2f, 2f], hidden.ToArray<float>());
        x = LeafWithGradient(out hidden);
        var other = new Thread(() => x.Grad = null);
        other.Start();
        other.Join();
        Assert.Equal([2f, 2f], hidden.ToArray<float>());
    }

    [Fact]
    public void A_gradient_that_a_captured_step_reads_stays()
    {
        var x = LeafWithGradient(out var hidden);
        var step = new CapturedStep(y => [y[0] + GradState.Of(x)!.PeekGrad()!]);
        Assert.Equal([3f, 4f], step.Run(Tensor.From(1f, 2f))[0].ToArray<float>());
        Assert.True(step.WasCaptured);
        x.Grad = null;
        Assert.Equal([4f, 5f], step.Run(Tensor.From(2f, 3f))[0].ToArray<float>());
        Assert.Equal([2f, 2f], hidden.ToArray<float>());
    }

    [Fact]
    public void A_captured_step_that_drops_a_gradient_writes_the_next_over_it()
    {
        var x = LeafWithGradient(out var hidden);
        var step = new CapturedStep(y =>
        {
            x.Grad = null;
            (x * y[0]).Sum().Backward();
            return [x.Grad!];
        });
        for (var i = 1f; i < 4; i++)
        {
            Assert.Equal([i, i], step.Run(Tensor.From(i, i))[0].ToArray<float>());
        }
        Assert.True(step.WasCaptured);
        Assert.Equal([3f, 3f], hidden.ToArray<float>());
    }

    private static void IsRecycled(Tensor x, string by) => Assert.Contains("recycled by " + by,
        Assert.Throws<InvalidOperationException>(() => x.ToArray<float>()).Message);

    /// <summary>A leaf with the gradient (2, 2), and a handle on it that no caller could have.
    /// </summary>
    private static Tensor LeafWithGradient(out Tensor hidden)
    {
        var x = Leaves.Leaf(1, 2);
        (x * 2).Sum().Backward();
        hidden = GradState.Of(x)!.Grad!;
        return x;
    }
}
