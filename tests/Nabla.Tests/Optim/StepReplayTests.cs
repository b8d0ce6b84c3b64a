using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Tensors;

namespace Nabla.Tests.Optim;

public class StepReplayTests
{
    [Fact]
    public void A_replayed_step_is_the_step_operation_by_operation()
    {
        var (a, b) = (Parameters(), Parameters());
        var replayed = new Adam(Group(a), 0.1, weightDecay: 0.01);
        var plain = new PlainAdam(Group(b));
        for (var i = 0; i < 6; i++)
        {
            Fill(a, i);
            Fill(b, i);
            replayed.LearningRate = plain.LearningRate = 0.1 / (i + 1);
            replayed.Step();
            plain.Step();
        }
        AssertClose(a, b);
        AssertClose([.. replayed.StateDict().Values], [.. plain.StateDict().Values]);
    }

    [Fact]
    public void Parameters_without_a_gradient_are_left_alone_whichever_they_are()
    {
        var parameters = Parameters();
        var optimizer = new SGD(Group(parameters), 0.5, momentum: 0.9);
        var first = parameters[0].ToArray<float>();
        parameters[1].Grad = Tensor.OnesLike(parameters[1]);
        optimizer.Step();
        Assert.Equal(first, parameters[0].ToArray<float>());
        Assert.Equal(0.5f, parameters[1].ToArray<float>()[0]);

        var second = parameters[1].ToArray<float>();
        parameters[0].Grad = Tensor.OnesLike(parameters[0]);
        parameters[1].Grad = null;
        optimizer.Step();
        Assert.Equal(second, parameters[1].ToArray<float>());
        Assert.NotEqual(first, parameters[0].ToArray<float>());
    }

    [Fact]
    public void A_state_that_is_loaded_counts_in_the_next_step()
    {
        var (a, b) = (Parameters(), Parameters());
        var (one, two) = (new Adam(Group(a), 0.1), new Adam(Group(b), 0.1));
        for (var i = 0; i < 3; i++)
        {
            Fill(a, i);
            one.Step();
        }
        Fill(b, 7);
        two.Step();
        two.LoadStateDict(one.StateDict().ToDictionary(p => p.Key, p => p.Value.Clone()));
        for (var i = 0; i < a.Length; i++)
        {
            using (GradMode.NoGrad())
            {
                b[i].Assign(a[i]);
            }
        }
        Fill(a, 4);
        Fill(b, 4);
        one.Step();
        two.Step();
        AssertClose(a, b);
    }

    [Fact]
    public void A_captured_training_step_contains_the_optimizers()
    {
        var parameters = Parameters();
        var optimizer = new SGD(Group(parameters), 0.5);
        var step = new CapturedStep(inputs =>
        {
            optimizer.ZeroGrad();
            var loss = (parameters[0] * inputs[0]).Sum();
            loss.Backward();
            optimizer.Step();
            return [loss];
        });
        var x = Tensor.OnesLike(parameters[0]).Detach();
        step.Run(x);
        step.Run(x);
        Assert.True(step.WasCaptured);
        Assert.Equal(0f, parameters[0].ToArray<float>()[0]);
    }

    [Fact]
    public void A_users_optimizer_runs_operation_by_operation()
    {
        var parameters = Parameters();
        var optimizer = new Counting(Group(parameters));
        for (var i = 0; i < 3; i++)
        {
            Fill(parameters, i);
            optimizer.Step();
        }
        Assert.Equal(6, optimizer.Calls);
    }

    private static Tensor[] Parameters()
    {
        Tensor[] tensors = [Tensor.Ones(5, 7), Tensor.Ones(3)];
        foreach (var tensor in tensors)
        {
            tensor.RequiresGrad = true;
        }
        return tensors;
    }

    private static ParameterGroup[] Group(Tensor[] parameters) =>
        [new ParameterGroup([.. parameters.Select((p, i) => ($"p{i}", p))])];

    private static void Fill(Tensor[] parameters, int seed)
    {
        foreach (var parameter in parameters)
        {
            parameter.Grad = Tensor.Arange(parameter.Count).Reshape(parameter.Shape.Dims)
                .To(DType.Float32).Sin() + seed;
        }
    }

    private static void AssertClose(Tensor[] expected, Tensor[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var (e, a) = (expected[i].To(DType.Float64), actual[i].To(DType.Float64));
            Assert.InRange((e - a).Abs().Max().Item<double>(), 0, 1e-5);
        }
    }

    /// <summary>Adam of another assembly: what it does beside tensors isn't known.</summary>
    private sealed class PlainAdam(ParameterGroup[] groups)
        : Adam(groups, 0.1, weightDecay: 0.01);

    private sealed class Counting(ParameterGroup[] groups) : Optimizer(groups, 0.1, 0)
    {
        public int Calls { get; private set; }

        protected override void Update(Slot slot, Tensor gradient) => Calls++;
    }
}
