using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

/// <summary>Captured steps against eager ones.</summary>
public sealed class CapturedStepTests
{
    [Fact]
    public void A_chain_replays_the_eager_result()
    {
        var step = new CapturedStep(x => [(x[0] * 2 + 1).Sigmoid() * x[1]]);
        for (var run = 0; run < 8; run++)
        {
            var a = Tensor.Randn(33, 17);
            var b = Tensor.Randn(17);
            var eager = (a * 2 + 1).Sigmoid() * b;
            var replayed = step.Run(a, b)[0];
            Assert.True(step.WasCaptured);
            Assert.Equal(eager.ToArray<float>(), replayed.ToArray<float>());
        }
    }

    [Fact]
    public void A_training_step_learns_the_same_weights_as_eager()
    {
        var (w1, b1) = Train(captured: false);
        var (w2, b2) = Train(captured: true);
        Close(w1, w2);
        Close(b1, b2);
    }

    [Fact]
    public void Different_shapes_get_plans_of_their_own()
    {
        var step = new CapturedStep(x => [x[0].Exp().Sum()]);
        foreach (var n in new long[] { 3, 5, 3, 7, 5 })
        {
            var x = Tensor.Randn(n);
            Assert.Equal(x.Exp().Sum().Item(), step.Run(x)[0].Item(), 1e-5f);
        }
    }

    [Fact]
    public void Reading_a_value_breaks_the_graph_once_and_runs_eagerly()
    {
        var reports = new List<string>();
        var step = new CapturedStep(x => [x[0].Sum().Item() > 0 ? x[0] * 2 : x[0] * 3]);
        step.OnBreak += reports.Add;
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(3f, step.Run(Tensor.From(-1f))[0].Item() / -1f);
        }
        Assert.False(step.WasCaptured);
        Assert.Contains("breaks the graph", Assert.Single(reports));
    }

    [Fact]
    public void A_coin_flip_in_C_sharp_is_found_by_the_second_trace()
    {
        var calls = 0;
        var step = new CapturedStep(x => [calls++ % 2 == 0 ? x[0] * 2 : x[0].Exp()]);
        step.Run(Tensor.From(1f));
        Assert.Contains("two traces of the step differ", step.BreakReason);
    }

    [Fact]
    public void Capture_changes_nothing()
    {
        var w = Tensor.From(1f, 2f);
        w.RequiresGrad = true;
        var graph = Capture.Trace(x =>
        {
            var loss = (w * x[0]).Sum();
            loss.Backward();
            GradMode.NoGrad(() => w.Assign(w - w.Grad! * 0.1));
            return [loss];
        }, Tensor.From(3f, 4f));
        Assert.Single(graph.Assigns);
        Assert.Equal([1f, 2f], w.ToArray<float>());
        Assert.Null(w.Grad);
        Assert.Equal(0, w.Version);
    }

    [Fact]
    public void Random_ops_draw_anew_at_each_replay_and_equal_eager_ones()
    {
        float[][] Draw(bool captured)
        {
            Generator.ManualSeed(7);
            var step = new CapturedStep(x => [Tensor.Rand(5) + x[0], Tensor.Randn(3)]);
            var eager = new Func<Tensor[], Tensor[]>(x => [Tensor.Rand(5) + x[0], Tensor.Randn(3)]);
            return [.. Enumerable.Range(0, 4).SelectMany(_ =>
                (captured ? step.Run(Tensor.From(0f)) : eager([Tensor.From(0f)]))
                    .Select(y => y.ToArray<float>()))];
        }
        var (a, b) = (Draw(false), Draw(true));
        Assert.Equal(a, b);
        Assert.NotEqual(b[0], b[2]);
    }

    [Fact]
    public void A_refused_check_commits_nothing()
    {
        var state = Tensor.From(1f);
        var step = new CapturedStep(x =>
        {
            GradMode.NoGrad(() => state.Assign(state * x[0]));
            return [x[0].Sum()];
        })
        { Check = loss => float.IsFinite(loss.Item()) };
        step.Run(Tensor.From(2f));
        step.Run(Tensor.From(float.NaN));
        Assert.False(step.WasCommitted);
        Assert.Equal(2f, state.Item());
    }

    [Fact]
    public void In_place_writes_through_views_are_pure_in_the_graph()
    {
        Tensor[] Step(Tensor[] x)
        {
            var y = x[0] * 1;
            var before = y + 0;
            y.Transpose().Assign(Tensor.Zeros(3, 2));
            return [y, before];
        }
        var x = Tensor.Randn(2, 3);
        var outputs = new CapturedStep(Step).Run(x);
        Assert.All(outputs[0].ToArray<float>(), v => Assert.Equal(0, v));
        Assert.Equal(x.ToArray<float>(), outputs[1].ToArray<float>());
    }

    [Fact]
    public void Replay_allocates_nothing()
    {
        var w = Tensor.Randn(64, 32);
        w.RequiresGrad = true;
        var step = new CapturedStep(x =>
        {
            w.Grad = null;
            var loss = x[0].Linear(w).Sigmoid().Square().Sum();
            loss.Backward();
            GradMode.NoGrad(() => w.Assign(w - w.Grad! * 0.01));
            return [loss];
        });
        var x = Tensor.Randn(16, 32);
        Tensor[] inputs = [x];
        for (var i = 0; i < 50; i++)
        {
            Assert.True(step.TryReplay(inputs));
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++)
        {
            step.TryReplay(inputs);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Interpreter_and_emitted_code_give_the_same_bits()
    {
        var a = Tensor.Randn(1000);
        float[] Run(bool emit)
        {
            Emitter.IsEnabled = emit;
            try
            {
                var step = new CapturedStep(x => [(x[0].Sigmoid() * x[0] + 3).Tanh() - x[0].Exp()]);
                Tensor[] y = [];
                for (var i = 0; i < 6; i++)
                {
                    y = step.Run(a);
                }
                Assert.Contains("fused", step.Graph!.ToString());
                return y[0].ToArray<float>();
            }
            finally
            {
                Emitter.IsEnabled = true;
            }
        }
        Assert.Equal(Run(false), Run(true));
    }

    private static (float[] W, float[] B) Train(bool captured)
    {
        Generator.ManualSeed(3);
        var w = Tensor.Randn(4, 8) * 0.1;
        w = w.Detach();
        w.RequiresGrad = true;
        var b = Tensor.Zeros(4);
        b.RequiresGrad = true;
        var momentum = Tensor.Zeros(4, 8);
        Tensor[] Step(Tensor[] x)
        {
            w.Grad = null;
            b.Grad = null;
            var loss = (x[0].Linear(w, b).Tanh() - x[1]).Square().Mean();
            loss.Backward();
            GradMode.NoGrad(() =>
            {
                momentum.Assign(momentum * 0.9 + w.Grad!);
                w.Assign(w - momentum * 0.1);
                b.Assign(b - b.Grad! * 0.1);
            });
            return [loss];
        }
        var step = new CapturedStep(Step);
        for (var i = 0; i < 20; i++)
        {
            Generator.Default.BeginStep(i + 1);
            var x = Tensor.Randn(16, 8);
            var y = Tensor.Randn(16, 4);
            if (captured)
            {
                step.Run(x, y);
                Assert.True(step.WasCaptured, step.BreakReason);
            }
            else
            {
                Step([x, y]);
            }
        }
        return (w.ToArray<float>(), b.ToArray<float>());
    }

    private static void Close(float[] a, float[] b)
    {
        for (var i = 0; i < a.Length; i++)
        {
            Assert.Equal(a[i], b[i], 1e-5f * (1 + Math.Abs(a[i])));
        }
    }
}
