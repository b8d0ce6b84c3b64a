using Nabla.Autograd;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Nn.Layers;

public class SequentialTests
{
    [Fact]
    public void Modules_run_in_order()
    {
        var model = new Sequential(new Shift(-2), new ReLU());
        Assert.Equal([0f, 1f], model.Call(Tensor.From(1f, 3f)).ToArray<float>());
    }

    [Fact]
    public void Names_are_numbers_as_in_PyTorch()
    {
        var model = new Sequential(new Linear(4, 3), new ReLU(), new Linear(3, 2, bias: false));
        Assert.Equal(["0.weight", "0.bias", "2.weight"], model.StateDict().Keys);
        Assert.Equal(3, model.Count);
        Assert.IsType<ReLU>(model[1]);
        Assert.Equal(model.Children(), model.AsEnumerable());
        Assert.StartsWith("Sequential(\n  (0): Linear(", model.ToString());
    }

    [Fact]
    public void It_survives_save_and_load() => LayerCheck.SurvivesSaveAndLoad(
        () => new Sequential(new Linear(3, 4), new BatchNorm1d(4)), LayerCheck.Wave(5, 3));

    [Fact]
    public void A_network_learns()
    {
        // y = x₀ − x₁ by gradient descent.
        var model = new Sequential(new Linear(2, 8), new Tanh(), new Linear(8, 1));
        var x = LayerCheck.Wave(16, 2);
        var target = LayerCheck.Wave(16, 2).MatMul(Tensor.From(new[,] { { 1f }, { -1f } }));
        var loss = new MSELoss();
        var first = loss.Call(model.Call(x), target).Item();
        for (var i = 0; i < 200; i++)
        {
            loss.Call(model.ZeroGrad().Call(x), target).Backward();
            GradMode.NoGrad(() =>
            {
                foreach (var parameter in model.Parameters())
                {
                    parameter.Assign(parameter - (parameter.Grad! * 0.1));
                }
            });
        }
        Assert.True(loss.Call(model.Call(x), target).Item() < 0.05 * first);
    }

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Throws("Sequential: there is no module 1; it has 1, numbered from 0",
            () => new Sequential(new ReLU())[1]);
        Throws("Sequential: module 1 is null", () => new Sequential(new ReLU(), null!));

        static void Throws(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
