using Nabla.Autograd;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Tensors;

namespace Nabla.Models.Tests;

/// <summary>The networks for images. Counts and names are torchvision 0.14's.</summary>
public class ImageNetworkTests
{
    [Theory]
    [InlineData("resnet18", 11_689_512, 1_814_073_344)]
    [InlineData("resnet50", 25_557_032, 4_089_184_256)]
    [InlineData("vgg11_bn", 132_868_840, 7_609_090_048)]
    [InlineData("mobilenet_v2", 3_504_872, 300_774_272)]
    [InlineData("resnet18-cifar", 11_173_962, 555_422_720)]
    [InlineData("resnet18-gray", 11_175_370, 318_657_536)]
    public void It_has_the_known_size_and_cost(string name, long parameters, long multiplyAdds)
    {
        var entry = ModelZoo.Find(name);
        var summary = ModuleSummary.Of(
            entry.Create(entry.Classes), new Shape([1, .. entry.Input.Dims]));
        Assert.Equal(parameters, summary.Parameters);
        Assert.Equal(multiplyAdds, summary.MultiplyAdds);
        Assert.Equal(new Shape(1, entry.Classes), summary.Layers[^1].Output);
    }

    [Theory]
    [InlineData("resnet18", 122, "conv1.weight", "bn1.running_mean", "layer1.0.conv1.weight",
        "layer2.0.downsample.0.weight", "layer2.0.downsample.1.num_batches_tracked",
        "layer4.1.bn2.bias", "fc.weight", "fc.bias")]
    [InlineData("resnet50", 320, "layer1.0.downsample.0.weight", "layer3.5.conv3.weight",
        "layer4.2.bn3.running_var")]
    [InlineData("vgg11_bn", 62, "features.0.weight", "features.0.bias", "features.1.running_var",
        "features.26.weight", "classifier.0.weight", "classifier.6.bias")]
    [InlineData("mobilenet_v2", 314, "features.0.0.weight", "features.1.conv.0.0.weight",
        "features.1.conv.1.weight", "features.2.conv.1.1.running_mean", "features.17.conv.3.weight",
        "features.18.1.bias", "classifier.1.weight")]
    public void Its_state_has_the_names_of_torchvision(
        string name, int tensors, params string[] expected)
    {
        var entry = ModelZoo.Find(name);
        var names = entry.Create(entry.Classes).StateDict().Keys;
        Assert.Equal(tensors, names.Count);
        Assert.Empty(expected.Except(names));
    }

    [Theory]
    [InlineData("resnet18", 64)]
    [InlineData("resnet50", 64)]
    [InlineData("mobilenet_v2", 64)]
    [InlineData("resnet18-cifar", 16)]
    public void Its_weights_survive_a_round_trip(string name, int size)
    {
        var entry = ModelZoo.Find(name);
        var (a, b) = (entry.Create(7), entry.Create(7));
        var x = Tensor.Randn(2, 3, size, size);
        b.LoadStateDict(a.StateDict());
        using var noGrad = GradMode.NoGrad();
        a.Eval();
        b.Eval();
        var y = a.Call(x);
        Assert.Equal(new Shape(2, 7), y.Shape);
        Assert.Equal(y.ToArray<float>(), b.Call(x).ToArray<float>());
    }

    [Theory]
    [InlineData("resnet18", 32, 0.02)]
    [InlineData("resnet50", 64, 0.003)]
    [InlineData("mobilenet_v2", 64, 0.02)]
    [InlineData("resnet18-cifar", 8, 0.02)]
    public void Training_steps_reduce_the_loss(string name, int size, double rate)
    {
        Generator.ManualSeed(3);
        var model = ModelZoo.Find(name).Create(4);
        var x = Tensor.Randn(4, 3, size, size);
        var y = Tensor.From([0L, 1, 2, 3]);
        var optimizer = new SGD(model, rate, momentum: 0.9);
        var loss = new CrossEntropyLoss();
        var losses = new List<double>();
        for (var i = 0; i < 12; i++)
        {
            optimizer.ZeroGrad();
            var l = loss.Call((model.Call(x), y));
            l.Backward();
            optimizer.Step();
            losses.Add(l.Item());
        }
        Assert.True(losses[^1] < 0.7 * losses[0], string.Join(", ", losses));
    }

    [Fact]
    public void Vgg_without_dropout_computes_the_same_in_training_and_twice()
    {
        var model = new Vgg11Bn(3, dropout: 0);
        var x = Tensor.Randn(2, 3, 32, 32);
        using var noGrad = GradMode.NoGrad();
        var y = model.Call(x);
        Assert.Equal(new Shape(2, 3), y.Shape);
        Assert.Equal(y.ToArray<float>(), model.Call(x).ToArray<float>());
    }

    [Fact]
    public void First_weights_have_the_spread_of_torchvision()
    {
        Generator.ManualSeed(5);
        var state = new MobileNetV2().StateDict();
        // √(2 / fan out), fan out = 1280 and 9 for the depthwise one; the classifier's 0.01.
        Assert.InRange(Spread(state["features.18.0.weight"]), 0.0390, 0.0400);
        Assert.InRange(Spread(state["classifier.1.weight"]), 0.0099, 0.0101);
        Assert.All(state["classifier.1.bias"].ToArray<float>(), b => Assert.Equal(0, b));
        Assert.InRange(Spread(new ResNet18().StateDict()["layer4.1.conv2.weight"]),
            0.0207, 0.0210);
    }

    private static double Spread(Tensor x) =>
        Math.Sqrt(x.ToArray<float>().Average(v => (double)v * v));
}
