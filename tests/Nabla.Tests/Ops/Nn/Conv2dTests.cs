using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Nn;

public class Conv2dTests
{
    [Fact]
    public void Values_are_PyTorchs()
    {
        Tensor x = Derivative.Wave(0, 1, 2, 4, 4), w = Derivative.Wave(1, 2, 2, 3, 3);
        var b = Derivative.Wave(2, 2);
        Close([1.121963626736226, -0.12753886014786997, 0.5912210378060182, -0.03152613767570678,
            -0.7421704914606733, -3.878353453319472, -2.396524713875149, -3.1202584849982777],
            x.Conv2d(w, b));
        Close([2.0628272187378682, -2.844946200017209, 1.413885244000916, -0.03152613767570678,
            2.0096507134135093, -5.554690143843499, 0.43248664633904643, -3.1202584849982777],
            x.Conv2d(w, b, stride: 2, padding: 1));
    }

    [Fact]
    public void Float32_agrees_with_float64()
    {
        Tensor x = Derivative.Wave(0, 2, 3, 7, 6), w = Derivative.Wave(1, 4, 3, 3, 2);
        var expected = x.Conv2d(w, padding: (1, 0), stride: (2, 1)).ToArray<double>();
        var y = x.Float().Conv2d(w.Float(), padding: (1, 0), stride: (2, 1));
        Assert.Equal(new Shape(2, 4, 4, 5), y.Shape);
        Assert.All(y.ToArray<float>().Zip(expected),
            pair => Assert.Equal(pair.Second, pair.First, 1e-4));
    }

    [Theory]
    [InlineData(1, 0, 1, 1)]
    [InlineData(2, 1, 1, 1)]
    [InlineData(1, 2, 2, 1)]
    [InlineData(2, 1, 1, 2)]
    public void Gradients_and_their_gradients_are_right(
        int stride, int padding, int dilation, int groups) => Derivative.CheckTwice(
        x => x[0].Conv2d(x[1], x[2], stride, padding, dilation, groups),
        Derivative.Wave(0, 2, 2, 5, 6), Derivative.Wave(1, 2, 2 / groups, 3, 2),
        Derivative.Wave(2, 2));

    [Fact]
    public void A_single_image_needs_no_batch()
    {
        Tensor x = Derivative.Wave(0, 2, 4, 4), w = Derivative.Wave(1, 3, 2, 3, 3);
        var y = x.Conv2d(w);
        Assert.Equal(new Shape(3, 2, 2), y.Shape);
        Assert.Equal(x.Unsqueeze(0).Conv2d(w).ToArray<double>(), y.ToArray<double>());
    }

    [Fact]
    public void A_strided_view_is_convolved_as_its_copy()
    {
        Tensor x = Derivative.Wave(0, 1, 4, 4, 2), w = Derivative.Wave(1, 3, 2, 3, 3);
        var view = x.Permute(0, 3, 1, 2);
        Assert.False(view.IsContiguous);
        Assert.Equal(view.Contiguous().Conv2d(w).ToArray<double>(),
            view.Conv2d(w).ToArray<double>());
    }

    [Fact]
    public void Only_what_is_needed_is_differentiated()
    {
        Tensor x = Derivative.Wave(0, 1, 1, 3, 3), w = Derivative.Wave(1, 1, 1, 2, 2);
        w.RequiresGrad = true;
        x.Conv2d(w).Sum().Backward();
        Assert.Null(x.Grad);
        Assert.NotNull(w.Grad);
    }

    [Fact]
    public void Wrong_inputs_are_named()
    {
        var x = Tensor.Zeros(1, 3, 8, 8);
        Throws("expects an input (N, C, H, W) and weights (K, C/groups, R, S) but got (3, 8)",
            () => Tensor.Zeros(3, 8).Conv2d(Tensor.Zeros(4, 3, 3, 3)));
        Throws("weights (4, 2, 3, 3) in 1 groups expect (N, 2, H, W) but got (1, 3, 8, 8)",
            () => x.Conv2d(Tensor.Zeros(4, 2, 3, 3)));
        Throws("in 3 groups", () => x.Conv2d(Tensor.Zeros(4, 1, 3, 3), groups: 3));
        Throws("expect a bias (4,) but got (3,)",
            () => x.Conv2d(Tensor.Zeros(4, 3, 3, 3), Tensor.Zeros(3)));
        Throws("the kernel (9, 9) with dilation (1, 1) is larger than the input (1, 3, 8, 8)",
            () => x.Conv2d(Tensor.Zeros(4, 3, 9, 9)));
        Throws("got (0, 0), (1, 1), 1 and (0, 0)",
            () => x.Conv2d(Tensor.Zeros(4, 3, 3, 3), stride: 0));
    }

    private static void Throws(string part, Func<Tensor> action) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(action).Message);

    private static void Close(double[] expected, Tensor y) => Assert.All(
        expected.Zip(y.ToArray<double>()), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
}
