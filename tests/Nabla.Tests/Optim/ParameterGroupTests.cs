using Nabla.Autograd;
using Nabla.Nn;
using Nabla.Optim;
using Nabla.Tensors;

namespace Nabla.Tests.Optim;

public class ParameterGroupTests
{
    [Fact]
    public void Parameters_without_names_are_numbered()
    {
        var group = new ParameterGroup([Tensor.From(1f), Tensor.From(2f)]);
        Assert.Equal(["0", "1"], group.Parameters.Select(p => p.Name));
    }

    [Fact]
    public void A_parameter_that_has_no_shape_yet_is_refused_by_name() =>
        Assert.Contains("fc.weight has no shape", Assert.Throws<ArgumentException>(() =>
            new ParameterGroup([("fc.weight", Parameter.Deferred())])).Message);

    [Fact]
    public void A_group_may_have_a_rate_and_a_decay_of_its_own()
    {
        var (a, b) = (Tensor.From(1f), Tensor.From(1f));
        var optimizer = new SGD(
            [
                new ParameterGroup([("a", a)]),
                new ParameterGroup([("b", b)]) { LearningRate = 0.5, WeightDecay = 1 },
            ],
            learningRate: 0.1);
        a.Grad = Tensor.From(1f);
        b.Grad = Tensor.From(1f);
        optimizer.Step();
        Assert.Equal(0.9f, a.Item(), 1e-6f);
        Assert.Equal(0f, b.Item(), 1e-6f);
        optimizer.LearningRate = 0.2;
        optimizer.Step();
        Assert.Equal(0.7f, a.Item(), 1e-6f);
        Assert.Equal(-1f, b.Item(), 1e-6f);
    }
}
