using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

/// <summary>What a captured step notices, and what it does then.</summary>
public sealed class CapturedStepGuardTests
{
    private readonly List<string> _breaks = [];
    private readonly List<string> _recaptures = [];

    [Fact]
    public void Train_and_eval_mode_have_graphs_of_their_own()
    {
        var model = new Sequential(new Linear(3, 4), new Dropout(0.99), new Tanh());
        var step = Step(x => [model.Call(x[0])]);
        var x = Tensor.Ones(2, 3);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            model.Train();
            Assert.Contains("Bernoulli", Ops(step, x));
            model.Eval();
            Assert.DoesNotContain("Bernoulli", Ops(step, x));
            Assert.Equal(model.Call(x).ToArray<float>(), step.Run(x)[0].ToArray<float>());
        }
        Assert.Equal(2, step.Captures);
        Assert.Contains("mode", Assert.Single(_recaptures));
        Assert.Empty(_breaks);
    }

    [Fact]
    public void A_parameter_field_that_holds_another_tensor_is_noticed()
    {
        var model = new Swappable();
        var step = Step(x => [model.Call(x[0])]);
        var x = Tensor.From(2f);
        Assert.Equal(6, step.Run(x)[0].Item());
        model.Weight = new Parameter(Tensor.From(5f));
        Assert.Equal(10, step.Run(x)[0].Item());
        Assert.True(step.WasCaptured);
        Assert.Equal("Swappable: weight was replaced", Assert.Single(_recaptures));
        model.Layers[0] = new Tanh();
        Assert.Equal(MathF.Tanh(10), step.Run(x)[0].Item(), 1e-5f);
        Assert.True(step.WasCaptured);
    }

    [Fact]
    public void Freezing_a_parameter_is_noticed()
    {
        var w = Leaf(3);
        var step = Step(x =>
        {
            w.Grad = null;
            var loss = w * x[0] * x[0];
            var gradient = loss.RequiresGrad ? Tensor.Gradients([loss], [w])[0]! : x[0] * 0;
            return [loss, gradient];
        });
        Assert.Equal(4, step.Run(Tensor.From(2f))[1].Item());
        w.RequiresGrad = false;
        Assert.Equal(0, step.Run(Tensor.From(2f))[1].Item());
        Assert.True(step.WasCaptured);
        Assert.Contains("RequiresGrad", Assert.Single(_recaptures));
    }

    [Fact]
    public void A_hook_on_a_tensor_is_noticed()
    {
        var w = Leaf(3);
        var step = Step(x => [Tensor.Gradients([w * x[0]], [w])[0]!]);
        Assert.Equal(2, step.Run(Tensor.From(2f))[0].Item());
        w.RegisterHook(g => g * 10);
        Assert.Equal(20, step.Run(Tensor.From(2f))[0].Item());
        Assert.True(step.WasCaptured);
        Assert.Contains("hooks", Assert.Single(_recaptures));
    }

    [Fact]
    public void A_hook_on_a_module_is_noticed_and_its_removal_too()
    {
        var model = new Tanh();
        var step = Step(x => [model.Call(x[0])]);
        var x = Tensor.From(0.5f);
        step.Run(x);
        using (model.RegisterForwardHook((_, y) => y + 1))
        {
            Assert.Equal(MathF.Tanh(0.5f) + 1, step.Run(x)[0].Item(), 1e-6f);
        }
        Assert.Equal(MathF.Tanh(0.5f), step.Run(x)[0].Item(), 1e-6f);
        Assert.Equal(2, step.Captures);
    }

    [Fact]
    public void An_argument_that_requires_a_gradient_keeps_the_step_eager()
    {
        var step = Step(x => [x[0] * x[0]]);
        for (var run = 0; run < 3; run++)
        {
            var x = Leaf(3);
            step.Run(x)[0].Backward();
            Assert.Equal(6, x.Grad!.Item());
        }
        Assert.False(step.WasCaptured);
        Assert.Contains("requires a gradient", Assert.Single(_breaks));
        step.Run(Tensor.From(1f));
        Assert.True(step.WasCaptured);
    }

    [Fact]
    public void Another_type_of_input_gets_a_plan_of_its_own()
    {
        var step = Step(x => [x[0] / 3]);
        Assert.Equal(1f / 3, step.Run(Tensor.From(1f))[0].Item());
        var wide = step.Run(Tensor.From(1.0))[0];
        Assert.Equal(DType.Float64, wide.DType);
        Assert.Equal(1.0 / 3, wide.Item<double>());
    }

    [Fact]
    public void A_read_value_is_reported_once_with_the_name_of_the_op()
    {
        var step = Step(x => [x[0].Exp().Sum().Item() > 1 ? x[0] * 2 : x[0] * 3]);
        for (var run = 0; run < 3; run++)
        {
            Assert.Equal(2, step.Run(Tensor.From(1f))[0].Item());
            Assert.False(step.WasCaptured);
        }
        Assert.Contains("the result of Exp", Assert.Single(_breaks));
    }

    [Fact]
    public void A_frozen_counter_is_reported_by_the_check_that_traces_again()
    {
        var counter = 1;
        var step = Step(x => [x[0] * counter], checkEvery: 3);
        var results = new List<float>();
        for (var run = 1; run <= 6; run++)
        {
            counter = run;
            results.Add(step.Run(Tensor.From(1f))[0].Item());
        }
        // Runs 2 and 5 replay what was frozen; 3 and 6 look again.
        Assert.Equal([1f, 1, 3, 3, 3, 6], results);
        Assert.Contains("a C# value frozen at capture has changed", Assert.Single(_breaks));
        Assert.Contains("Mul", _breaks[0]);
    }

    [Fact]
    public void A_check_that_finds_nothing_costs_no_capture()
    {
        var step = Step(x => [x[0] * 2], checkEvery: 2);
        for (var run = 0; run < 6; run++)
        {
            step.Run(Tensor.From(1f));
        }
        Assert.Equal(1, step.Captures);
        Assert.Empty(_breaks);
    }

    [Fact]
    public void A_short_last_batch_is_captured_once_not_every_epoch()
    {
        var model = new Sequential(new Linear(3, 2), new BatchNorm1d(2));
        var step = Step(x => [model.Call(x[0])]);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            model.Train();
            foreach (var size in new[] { 8, 8, 8, 3 })
            {
                step.Run(Tensor.Randn(size, 3));
                Assert.True(step.WasCaptured);
            }
            model.Eval();
        }
        Assert.Equal(2, step.Captures);
    }

    [Fact]
    public void Beyond_the_cache_shapes_run_eagerly_and_known_ones_still_replay()
    {
        var traces = 0;
        var step = Step(x => { traces++; return [x[0] * 2]; });
        for (var n = 1; n <= CapturedStep.MaxPlans + 3; n++)
        {
            step.Run(Tensor.Ones(n));
            Assert.Equal(n <= CapturedStep.MaxPlans, step.WasCaptured);
        }
        var before = traces;
        step.Run(Tensor.Ones(100));
        Assert.Equal(before + 1, traces);
        step.Run(Tensor.Ones(3));
        Assert.True(step.WasCaptured);
        Assert.Contains("different input shapes", Assert.Single(_breaks));
    }

    [Fact]
    public void A_step_called_inside_another_capture_becomes_part_of_it()
    {
        var inner = Step(x => [x[0].Exp()]);
        var outer = Step(x => [inner.Run(x[0])[0] + 1]);
        Assert.Equal(MathF.E + 1, outer.Run(Tensor.From(1f))[0].Item(), 1e-5f);
        Assert.True(outer.WasCaptured, outer.BreakReason);
    }

    [Fact]
    public void Four_threads_share_a_step_and_get_their_own_results()
    {
        var model = new Sequential(new Linear(16, 32), new Tanh(), new Linear(32, 4)).Eval();
        var step = Step(x => [model.Call(x[0])]);
        Parallel(thread =>
        {
            for (var run = 0; run < 50; run++)
            {
                var x = Tensor.Ones(5 + (run % 2), 16) * (thread + run);
                var expected = model.Call(x).ToArray<float>();
                Assert.True(step.TryReplay(x));
                var actual = step.Outputs[0].ToArray<float>();
                for (var i = 0; i < expected.Length; i++)
                {
                    Assert.Equal(expected[i], actual[i], 1e-5f);
                }
            }
        });
        Assert.Equal(2, step.Captures);
    }

    [Fact]
    public void Threads_that_change_state_take_turns()
    {
        var state = Tensor.Zeros(64);
        var step = Step(x =>
        {
            state.Assign(state + x[0]);
            return [x[0]];
        });
        Parallel(_ =>
        {
            for (var run = 0; run < 100; run++)
            {
                step.Run(Tensor.Ones(64));
            }
        });
        Assert.All(state.ToArray<float>(), v => Assert.Equal(400, v));
    }

    [Fact]
    public void A_mode_that_breaks_the_graph_leaves_the_graph_of_the_other_one_alone()
    {
        var model = new ReadsInEval();
        var step = Step(x => [model.Call(x[0])]);
        for (var epoch = 0; epoch < 4; epoch++)
        {
            model.Train();
            Assert.Equal(6, step.Run(Tensor.From(3f))[0].Item());
            Assert.True(step.WasCaptured);
            model.Eval();
            Assert.Equal(9, step.Run(Tensor.From(3f))[0].Item());
            Assert.False(step.WasCaptured);
        }
        Assert.Equal(1, step.Captures);
        Assert.Single(_breaks);
        Assert.Empty(_recaptures);
    }

    [Fact]
    public void The_graph_that_was_not_used_for_longest_gives_way()
    {
        var model = new Sequential(new Dropout(0.5)).Train();
        var step = Step(x => [model.Call(x[0])]);
        for (var n = 1; n <= CapturedStep.MaxPlans; n++)
        {
            step.Run(Tensor.Ones(n));
        }
        step.Run(Tensor.Ones(1));
        model.Eval();
        step.Run(Tensor.Ones(5));
        model.Train();
        step.Run(Tensor.Ones(1));
        Assert.Equal(CapturedStep.MaxPlans + 1, step.Captures);
        step.Run(Tensor.Ones(2));
        Assert.False(step.WasCaptured);
    }

    [Fact]
    public void Who_hears_of_a_capture_may_wait_for_another_thread_that_runs_the_step()
    {
        var model = new Sequential(new Dropout(0.5)).Train();
        var step = new CapturedStep(x => [model.Call(x[0]) * (x[0].Rank > 0 ? 1 : x[0].Item())]);
        var heard = 0;
        step.OnBreak += _ => Listen(3);
        step.OnRecapture += _ => Listen(4);
        step.Run(Tensor.Scalar(2f));
        step.Run(Tensor.Ones(2));
        model.Eval();
        step.Run(Tensor.Ones(2));
        Assert.Equal(2, heard);

        void Listen(int shape)
        {
            heard++;
            var thread = new Thread(() => step.Run(Tensor.Ones(shape))) { IsBackground = true };
            thread.Start();
            Assert.True(thread.Join(TimeSpan.FromSeconds(20)));
        }
    }

    private static void Parallel(Action<int> body)
    {
        Exception? failure = null;
        var threads = Enumerable.Range(0, 4).Select(i => new Thread(() =>
        {
            try
            {
                body(i);
            }
            catch (Exception e)
            {
                failure = e;
            }
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        Assert.Null(failure);
    }

    private static string Ops(CapturedStep step, Tensor x)
    {
        step.Run(x);
        Assert.True(step.WasCaptured, step.BreakReason);
        return step.Graph!.ToString();
    }

    private static Tensor Leaf(float value)
    {
        var leaf = Tensor.From(value);
        leaf.RequiresGrad = true;
        return leaf;
    }

    private CapturedStep Step(Func<Tensor[], Tensor[]> function, int checkEvery = 0)
    {
        var step = new CapturedStep(function) { CheckEvery = checkEvery };
        step.OnBreak += _breaks.Add;
        step.OnRecapture += _recaptures.Add;
        return step;
    }

    private sealed class ReadsInEval : Module<Tensor, Tensor>
    {
        protected override Tensor Forward(Tensor x) => x * (IsTraining ? 2 : x.Item());
    }

    private sealed class Swappable : Module<Tensor, Tensor>
    {
        public Parameter Weight { get; set; } = new(Tensor.From(3f));

        public List<Module<Tensor, Tensor>> Layers { get; } = [new Identity()];

        protected override Tensor Forward(Tensor x) => Layers[0].Call(x * Weight);
    }
}
