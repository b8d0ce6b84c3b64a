using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class ExecutionPlanTests
{
    private readonly Tensor _state = Tensor.From(2f);

    [Fact]
    public void A_replay_overwrites_the_outputs_of_the_one_before()
    {
        var plan = Planner.Build(Traces.Of(x => x[0].Exp(), Tensor.From(0f)));
        plan.Run([Tensor.From(0f)], null);
        var first = plan.Outputs[0];
        Assert.Equal(1, first.Item());
        plan.Run([Tensor.From(1f)], null);
        Assert.Same(first, plan.Outputs[0]);
        Assert.Equal(MathF.E, first.Item(), 1e-6f);
    }

    [Fact]
    public void Inputs_may_be_strided()
    {
        var x = Tensor.Randn(3, 4);
        var plan = Planner.Build(Traces.Of(a => a[0] * 1, Tensor.Zeros(4, 3)));
        plan.Run([x.Transpose()], null);
        Assert.Equal(x.Transpose().ToArray<float>(), plan.Outputs[0].ToArray<float>());
    }

    [Fact]
    public void A_state_change_bumps_the_versions_of_what_it_writes()
    {
        var plan = Plan();
        Assert.Equal([_state.Storage], plan.Written);
        Assert.True(plan.Run([Tensor.From(3f)], null));
        Assert.Equal((6, 1), (_state.Item(), _state.Version));
    }

    [Fact]
    public void The_check_sees_the_first_output_before_any_state_changes()
    {
        var plan = Plan();
        Assert.False(plan.Run([Tensor.From(3f)], loss =>
        {
            Assert.Equal(MathF.Exp(3), loss.Item(), 1e-4f);
            Assert.Equal(2, _state.Item());
            return false;
        }));
        Assert.Equal((2, 0), (_state.Item(), _state.Version));
    }

    [Fact]
    public void What_else_a_step_returns_is_computed_when_the_check_refuses_too()
    {
        var plan = Planner.Build(Capture.Trace(x =>
        {
            var next = _state * x[0];
            var loss = x[0].Exp();
            _state.Assign(next);
            return [loss, loss.Log()];
        }, Tensor.From(1f)));
        Assert.False(plan.Run([Tensor.From(3f)], _ => false));
        Assert.Equal(3, plan.Outputs[1].Item(), 1e-5f);
        Assert.Equal((2, 0), (_state.Item(), _state.Version));
        Assert.True(plan.Run([Tensor.From(3f)], _ => true));
        Assert.Equal((6, 1), (_state.Item(), _state.Version));
    }

    [Fact]
    public void State_is_read_anew_at_each_replay()
    {
        var plan = Planner.Build(Traces.Of(x => x[0] * _state, Tensor.From(1f)));
        _state.Assign(Tensor.From(7f));
        plan.Run([Tensor.From(2f)], null);
        Assert.Equal(14, plan.Outputs[0].Item());
    }

    [Fact]
    public void It_prints_its_steps_with_the_places_of_what_they_read_and_write()
    {
        var plan = Planner.Build(Traces.Of(x =>
        {
            _state.Assign(_state * 3);
            return x[0].Softmax(0).Exp().Softmax(0);
        }, Tensor.Randn(32)));
        Assert.Equal("""
            plan of 4 steps in 256 bytes and 128 bytes of results
              128+128 = Softmax(0+128)
              128+128 = Exp(128+128); output 0 over input 0
              result 0+128 = Softmax(128+128)
              check:
              outside = Mul(outside, 3); output 0 over input 0

            """, plan.ToString(), ignoreLineEndingDifferences: true);
    }

    private ExecutionPlan Plan() => Planner.Build(Traces.Of(x =>
    {
        _state.Assign(_state * x[0]);
        return x[0].Exp();
    }, Tensor.From(1f)));
}
