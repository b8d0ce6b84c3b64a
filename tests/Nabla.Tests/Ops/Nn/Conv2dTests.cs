using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Nn;

public class Conv2dTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("conv2d", x => x[0].Conv2d(x[1], x[2]), "F.conv2d(x0, x1, x2)",
            Inputs.Normal(2, 3, 6, 5), Inputs.Normal(4, 3, 3, 2), Inputs.Normal(4)),
        new OpCase("conv2d without bias", x => x[0].Conv2d(x[1]), "F.conv2d(x0, x1)",
            Inputs.Normal(1, 2, 5, 5), Inputs.Normal(3, 2, 1, 1)),
        new OpCase("conv2d strided and padded",
            x => x[0].Conv2d(x[1], x[2], stride: (2, 1), padding: (1, 2)),
            "F.conv2d(x0, x1, x2, stride=(2, 1), padding=(1, 2))",
            Inputs.Normal(2, 2, 5, 4), Inputs.Normal(3, 2, 3, 3), Inputs.Normal(3)),
        new OpCase("conv2d dilated", x => x[0].Conv2d(x[1], padding: 2, dilation: 2),
            "F.conv2d(x0, x1, padding=2, dilation=2)",
            Inputs.Normal(1, 2, 5, 5), Inputs.Normal(2, 2, 3, 3)),
        new OpCase("conv2d grouped",
            x => x[0].Conv2d(x[1], x[2], stride: 2, padding: 1, groups: 2),
            "F.conv2d(x0, x1, x2, stride=2, padding=1, groups=2)",
            Inputs.Normal(1, 4, 5, 5), Inputs.Normal(2, 2, 3, 3), Inputs.Normal(2)),
        new OpCase("conv2d depthwise", x => x[0].Conv2d(x[1], padding: 1, groups: 3),
            "F.conv2d(x0, x1, padding=1, groups=3)",
            Inputs.Normal(1, 3, 4, 4), Inputs.Normal(3, 1, 3, 3)),
        new OpCase("conv2d of one image", x => x[0].Conv2d(x[1]), "F.conv2d(x0, x1)",
            Inputs.Normal(2, 4, 4), Inputs.Normal(3, 2, 3, 3)),
    ];

    [Fact]
    public void Only_what_is_needed_is_differentiated()
    {
        Tensor x = Tensor.Ones(1, 1, 3, 3), w = Tensor.Ones(1, 1, 2, 2);
        w.RequiresGrad = true;
        x.Conv2d(w).Sum().Backward();
        Assert.Null(x.Grad);
        Assert.Equal([4f, 4f, 4f, 4f], w.Grad!.ToArray<float>());
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

    [Fact]
    public void A_kernel_without_weights_is_refused()
    {
        Fails("Conv2d expects an input (N, C, H, W) and weights (K, C/groups, R, S) but got (1, ",
            () => Tensor.Ones(1, 1, 4, 4).Conv2d(Tensor.Ones(1, 1, 0, 3)));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }

    private static void Throws(string part, Func<Tensor> action) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(action).Message);
}
