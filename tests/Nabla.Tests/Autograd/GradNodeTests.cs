using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using static Nabla.Tests.Autograd.Leaves;

namespace Nabla.Tests.Autograd;

public class GradNodeTests
{
    [Fact]
    public void Nodes_are_numbered_in_the_order_of_their_ops()
    {
        var x = Leaf(1);
        var first = x * 2;
        var second = first * 2;
        Assert.True(Tape.EdgeOf(x).Node!.Sequence < Tape.EdgeOf(first).Node!.Sequence);
        Assert.True(Tape.EdgeOf(first).Node!.Sequence < Tape.EdgeOf(second).Node!.Sequence);
    }

    [Fact]
    public void Backward_lets_go_of_what_was_saved()
    {
        var (loss, saved) = Loss(retain: false);
        Collect();
        Assert.False(saved.IsAlive);
        GC.KeepAlive(loss);
    }

    [Fact]
    public void A_loss_kept_after_backward_does_not_keep_the_tape_behind_it()
    {
        var x = Leaf(1, 2);
        var (loss, behind) = LossAndNodeBehind(x);
        Collect();
        Assert.False(behind.IsAlive);
        GC.KeepAlive(loss);
    }

    [Fact]
    public void A_retained_graph_keeps_what_was_saved()
    {
        var (loss, saved) = Loss(retain: true);
        Collect();
        Assert.True(saved.IsAlive);
        GC.KeepAlive(loss);
    }

    [Fact]
    public void A_tape_is_collected_with_its_last_tensor()
    {
        var x = Leaf(1, 2);
        var node = NodeOfAnExp(x);
        Collect();
        Assert.False(node.IsAlive);
        GC.KeepAlive(x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Tensor Loss, WeakReference Saved) Loss(bool retain)
    {
        var h = Leaf(1, 2) * 2;
        var loss = (h * h).Sum();
        loss.Backward(retainGraph: retain);
        return (loss, new WeakReference(h.Storage));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Tensor Loss, WeakReference Node) LossAndNodeBehind(Tensor x)
    {
        var h = x.Exp();
        var loss = (h * h).Sum();
        loss.Backward();
        return (loss, new WeakReference(Tape.EdgeOf(h).Node));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference NodeOfAnExp(Tensor x) => new(Tape.EdgeOf(x.Exp()).Node);

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    [Fact]
    public void A_loss_kept_after_backward_knows_its_op_and_shares_its_node()
    {
        var (a, b) = (Leaf(1).Exp(), Leaf(3).Exp());
        a.Backward();
        b.Backward();
        Assert.Equal("Exp", a.GradFn);
        Assert.True(a.RequiresGrad);
        Assert.False(a.IsLeaf);
        Assert.Same(GradState.Of(a)!.Node, GradState.Of(b)!.Node);
    }

    [Fact]
    public void A_freed_loss_says_so_however_it_is_used()
    {
        var x = Leaf(1);
        var loss = x.Exp();
        loss.Backward();
        loss.RetainGrad();
        loss.RegisterHook(_ => null);
        Assert.Empty(GradState.Of(loss)!.Node!.Watchers ?? []);
        foreach (var action in new Action[]
        {
            () => loss.Backward(),
            () => (loss * 2).Backward(),
            () => Tensor.Gradients([loss], [x]),
            () => Tensor.Gradients([loss * 2], [loss]),
        })
        {
            Assert.Contains("already freed by an earlier backward",
                Assert.Throws<InvalidOperationException>(action).Message);
        }
    }

    [Fact]
    public void A_retained_loss_keeps_its_own_node()
    {
        var x = Leaf(0);
        var loss = x.Exp();
        loss.Backward(retainGraph: true);
        loss.Backward();
        Assert.Equal([2f], GradOf(x));
    }

    [Fact]
    public void An_input_that_was_not_declared_is_named()
    {
        var node = new GradNode(ExpOp.Instance, [default], [Leaf(1)], [Leaf(1)]);
        Assert.Contains("Exp.Backward reads input 3, which its Saves does not declare",
            Assert.Throws<InvalidOperationException>(() => node.SavedInput(3)).Message);
    }
}
