using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class CommitOrderTests
{
    private readonly Tensor _state = Tensor.From(1f, 2f);

    [Fact]
    public void What_only_serves_a_state_change_comes_behind_the_output_and_writes_into_the_state()
    {
        var graph = Traces.Of(x =>
        {
            _state.Assign(_state * x[0]);
            return x[0].Exp().Log();
        }, Tensor.From(3f));
        var (nodes, commit, direct) = CommitOrder.Arrange(graph);
        Assert.Equal(["Exp", "Log", "Mul"], nodes.Select(n => n.Op.Name));
        Assert.Equal(2, commit);
        var (value, target) = Assert.Single(direct);
        Assert.Same(nodes[2].Outputs[0], value);
        Assert.Same(_state.Storage, target.Storage);
    }

    [Fact]
    public void A_state_changes_once_the_first_output_is_there_and_the_old_one_has_been_read()
    {
        var graph = Capture.Trace(x =>
        {
            var next = _state * x[0];
            var loss = x[0].Exp();
            var other = (_state[..1].Sin() + 2).Log();
            _state.Assign(next);
            return [loss, other];
        }, Tensor.From(3f));
        var (nodes, commit, direct) = CommitOrder.Arrange(graph);
        var names = nodes.Select(n => n.Op.Name).ToList();
        Assert.Equal(["Exp", "Sin", "Mul", "Add", "Log"],
            names.Where(name => name is "Exp" or "Sin" or "Mul" or "Add" or "Log"));
        Assert.Equal(names.IndexOf("Mul"), commit);
        Assert.Same(nodes[commit].Outputs[0], Assert.Single(direct).Key);
    }

    [Fact]
    public void A_new_state_that_another_new_state_needs_is_computed_first()
    {
        var (steps, x) = (Tensor.From(1f, 1f), Tensor.From(3f));
        Tensor[] Step(Tensor[] x)
        {
            var loss = x[0].Exp();
            var count = steps + 1;
            var next = _state / count - loss.Log().Sqrt();
            steps.Assign(count);
            _state.Assign(next);
            return [loss];
        }
        var plan = Planner.Build(Capture.Trace(Step, x));
        for (var i = 0; i < 3; i++)
        {
            plan.Run([x], null);
        }
        var (expected, root) = (new[] { 1f, 2f }, MathF.Sqrt(3));
        for (var i = 0; i < 3; i++)
        {
            expected = [.. expected.Select(v => (v / (i + 2)) - root)];
        }
        Assert.Equal([4f, 4f], steps.ToArray<float>());
        Assert.All(expected.Zip(_state.ToArray<float>()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void A_new_state_that_the_step_also_returns_is_copied_at_the_end()
    {
        var graph = Traces.Of(x =>
        {
            _state.Assign(_state * x[0]);
            return _state + 1;
        }, Tensor.From(3f));
        var (nodes, commit, direct) = CommitOrder.Arrange(graph);
        Assert.Equal(nodes.Length, commit);
        Assert.Empty(direct);
    }

    [Fact]
    public void A_state_whose_view_is_returned_is_not_written_before_the_end()
    {
        var graph = Traces.Of(x =>
        {
            var old = _state[..1];
            _state.Assign(_state * x[0]);
            return old;
        }, Tensor.From(3f));
        Assert.Empty(CommitOrder.Arrange(graph).Direct);
    }

    [Fact]
    public void A_state_that_is_read_crosswise_is_not_overwritten_while_it_is_read()
    {
        var square = Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } });
        var graph = Capture.Trace(x =>
        {
            square.Assign(square + square.Transpose());
            return [x[0]];
        }, Tensor.From(3f));
        Assert.Empty(CommitOrder.Arrange(graph).Direct);
        Planner.Build(graph).Run([Tensor.From(3f)], null);
        Assert.Equal([2f, 5, 5, 8], square.ToArray<float>());
    }

    [Fact]
    public void A_state_may_be_written_while_views_of_other_values_are_read()
    {
        var graph = Traces.Of(x =>
        {
            _state.Assign(_state * x[0].Exp().Reshape(2));
            return x[0].Sin();
        }, Tensor.From(new[,] { { 3f, 1f } }));
        Assert.Same(_state.Storage, Assert.Single(CommitOrder.Arrange(graph).Direct).Value.Storage);
    }

    [Fact]
    public void A_parameter_that_its_own_gradient_is_a_product_of_is_not_overwritten_meanwhile()
    {
        var square = Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } });
        var step = (ITakesProduct)new SGDUpdateOp(new SgdSettings(0, 0, false, 0), false);
        var graph = Capture.Trace(x =>
        {
            square.Assign(step.WithProduct().Apply(
                square, square, x[0], Tensor.From(1.0).Sum(), Tensor.From(1.0).Sum()));
            return [x[0]];
        }, Tensor.Ones(2, 2));
        Assert.Empty(CommitOrder.Arrange(graph).Direct);
        Planner.Build(graph).Run([Tensor.Ones(2, 2)], null);
        Assert.Equal([-2f, -1, -4, -3], square.ToArray<float>());
    }

    [Fact]
    public void Two_states_that_swap_both_get_the_old_one_of_the_other()
    {
        var other = Tensor.From(10f, 20f);
        var graph = Capture.Trace(x =>
        {
            var (a, b) = (_state * 1, other * 1);
            _state.Assign(b);
            other.Assign(a);
            return [x[0]];
        }, Tensor.From(3f));
        Planner.Build(graph).Run([Tensor.From(3f)], null);
        Assert.Equal([10f, 20f], _state.ToArray<float>());
        Assert.Equal([1f, 2f], other.ToArray<float>());
    }
}
