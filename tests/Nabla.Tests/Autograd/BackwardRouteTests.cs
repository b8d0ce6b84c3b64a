using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using static Nabla.Tests.Autograd.Leaves;

namespace Nabla.Tests.Autograd;

public class BackwardRouteTests
{
    [Fact]
    public void A_route_leads_through_what_lies_before_its_end_and_no_further()
    {
        var x = Leaf(1, 2);
        var before = x.Exp();
        var end = before * 2;
        var aside = x.Square();
        var y = (end * aside).Sum();
        var route = new BackwardRoute([Node(end)]);
        Assert.True(route.LeadsTo(Node(y)));
        Assert.True(route.GoesOnFrom(Node(y)));
        Assert.True(route.LeadsTo(Node(end)));
        Assert.False(route.GoesOnFrom(Node(end)));
        Assert.False(route.LeadsTo(Node(aside)));
        Assert.False(route.LeadsTo(Node(before)));
    }

    [Fact]
    public void An_end_behind_another_is_reached_through_it()
    {
        var x = Leaf(1, 2);
        var near = x.Exp();
        var far = near * 2;
        var route = new BackwardRoute([Node(near), Node(far)]);
        Assert.True(route.GoesOnFrom(Node(far)));
        Assert.False(route.GoesOnFrom(Node(near)));
    }

    [Fact]
    public void A_node_met_twice_counts_for_both_ways()
    {
        var x = Leaf(1, 2);
        var shared = x * 3;
        var left = shared.Sin();
        var right = shared.Cos();
        var route = new BackwardRoute([Tape.EdgeOf(x).Node!]);
        Assert.True(route.LeadsTo(Node(left)));
        Assert.True(route.LeadsTo(Node(right)));
        Assert.True(route.LeadsTo(Node(left + right)));
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_nodes_needs_no_deep_stack()
    {
        var x = Leaf(1);
        var y = x + 0;
        for (var i = 0; i < 100_000; i++)
        {
            y = y + 1;
        }
        Assert.True(new BackwardRoute([Tape.EdgeOf(x).Node!]).LeadsTo(Node(y)));
    }

    [Fact]
    public void A_gradient_for_an_inner_tensor_runs_no_hook_behind_it()
    {
        var x = Leaf(1, 2);
        var inner = x * 2;
        var behind = 0;
        x.RegisterHook(g =>
        {
            behind++;
            return g;
        });
        var outer = inner * inner;
        var grad = Tensor.Gradients([outer.Sum()], [inner])[0]!;
        Assert.Equal([4f, 8f], grad.ToArray<float>());
        Assert.Equal(0, behind);
    }

    private static GradNode Node(Tensor x) => Tape.EdgeOf(x).Node!;
}
