using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Nn;

public class ConvTranspose2dTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("transposed conv2d", x => x[0].ConvTranspose2d(x[1], x[2]),
            "F.conv_transpose2d(x0, x1, x2)",
            Inputs.Normal(2, 3, 4, 5), Inputs.Normal(3, 4, 3, 2), Inputs.Normal(4)),
        new OpCase("transposed conv2d without bias", x => x[0].ConvTranspose2d(x[1]),
            "F.conv_transpose2d(x0, x1)", Inputs.Normal(1, 2, 5, 5), Inputs.Normal(2, 3, 1, 1)),
        new OpCase("transposed conv2d strided and padded",
            x => x[0].ConvTranspose2d(x[1], x[2], stride: (2, 1), padding: (1, 2)),
            "F.conv_transpose2d(x0, x1, x2, stride=(2, 1), padding=(1, 2))",
            Inputs.Normal(2, 2, 3, 5), Inputs.Normal(2, 3, 3, 4), Inputs.Normal(3)),
        new OpCase("transposed conv2d with output padding",
            x => x[0].ConvTranspose2d(x[1], x[2], stride: (2, 3), padding: 1,
                outputPadding: (1, 2)),
            "F.conv_transpose2d(x0, x1, x2, stride=(2, 3), padding=1, output_padding=(1, 2))",
            Inputs.Normal(2, 2, 3, 2), Inputs.Normal(2, 3, 3, 3), Inputs.Normal(3)),
        new OpCase("transposed conv2d with holes",
            x => x[0].ConvTranspose2d(x[1], x[2], stride: (3, 4), outputPadding: (2, 0)),
            "F.conv_transpose2d(x0, x1, x2, stride=(3, 4), output_padding=(2, 0))",
            Inputs.Normal(1, 2, 2, 3), Inputs.Normal(2, 2, 2, 1), Inputs.Normal(2)),
        new OpCase("transposed conv2d dilated",
            x => x[0].ConvTranspose2d(x[1], stride: (1, 2), padding: 2, dilation: (2, 3)),
            "F.conv_transpose2d(x0, x1, stride=(1, 2), padding=2, dilation=(2, 3))",
            Inputs.Normal(1, 2, 4, 3), Inputs.Normal(2, 2, 3, 2)),
        // Output padding of a stride and more, which the dilation allows.
        new OpCase("transposed conv2d with output padding beyond the stride",
            x => x[0].ConvTranspose2d(x[1], x[2], stride: (1, 2), padding: (0, 3),
                outputPadding: (2, 3), dilation: (3, 4)),
            "F.conv_transpose2d(x0, x1, x2, stride=(1, 2), padding=(0, 3), "
                + "output_padding=(2, 3), dilation=(3, 4))",
            Inputs.Normal(2, 2, 3, 3), Inputs.Normal(2, 3, 2, 2), Inputs.Normal(3)),
        new OpCase("transposed conv2d grouped",
            x => x[0].ConvTranspose2d(x[1], x[2], stride: 2, padding: 1, outputPadding: 1,
                groups: 2),
            "F.conv_transpose2d(x0, x1, x2, stride=2, padding=1, output_padding=1, groups=2)",
            Inputs.Normal(1, 4, 3, 3), Inputs.Normal(4, 3, 3, 3), Inputs.Normal(6)),
        new OpCase("transposed conv2d depthwise",
            x => x[0].ConvTranspose2d(x[1], stride: 2, groups: 3),
            "F.conv_transpose2d(x0, x1, stride=2, groups=3)",
            Inputs.Normal(1, 3, 3, 4), Inputs.Normal(3, 1, 2, 2)),
        new OpCase("transposed conv2d of one image", x => x[0].ConvTranspose2d(x[1], x[2]),
            "F.conv_transpose2d(x0, x1, x2)",
            Inputs.Normal(2, 3, 4), Inputs.Normal(2, 3, 3, 2), Inputs.Normal(3)),
    ];

    /// <summary>Sizes that lead to each of the algorithms beneath: the plain sums with one image
    /// and with an image a lane, tiles over a batch, the fast one for 3 × 3.</summary>
    public static TheoryData<ConvTranspose2dCase> Sizes => new(
        new(1, 1, 1, 1, 1, 1, 1, (1, 1), (0, 0), (0, 0), (1, 1), 1),
        new(3, 3, 5, 7, 5, 3, 2, (2, 3), (1, 0), (1, 2), (1, 1), 1),
        new(2, 6, 4, 3, 9, 2, 5, (3, 1), (0, 3), (2, 0), (1, 2), 3),
        new(19, 4, 5, 6, 3, 3, 3, (1, 1), (1, 2), (0, 0), (1, 1), 1),
        new(17, 4, 3, 3, 6, 2, 2, (2, 2), (0, 0), (0, 0), (1, 1), 2),
        new(7, 13, 4, 5, 14, 4, 4, (2, 2), (1, 1), (0, 0), (1, 1), 1),
        new(6, 20, 3, 3, 33, 3, 3, (2, 2), (1, 1), (1, 1), (1, 1), 1),
        new(3, 17, 7, 9, 19, 3, 3, (1, 1), (1, 1), (0, 0), (1, 1), 1),
        new(2, 16, 11, 6, 16, 3, 3, (1, 1), (0, 2), (0, 0), (1, 1), 1),
        new(2, 5, 3, 4, 5, 3, 3, (2, 1), (2, 1), (2, 4), (3, 5), 5),
        new(5, 8, 1, 1, 12, 4, 3, (1, 1), (0, 0), (0, 0), (1, 1), 1),
        new(2, 3, 6, 5, 4, 2, 2, (1, 1), (3, 2), (0, 0), (1, 1), 1),
        new(0, 3, 4, 5, 6, 3, 3, (2, 2), (1, 1), (1, 1), (1, 1), 1));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Values_and_gradients_are_the_definitions(ConvTranspose2dCase sizes)
    {
        foreach (var type in new[] { DType.Float32, DType.Float64 })
        {
            var (x, w, b) = sizes.Arguments(type);
            var y = sizes.Call(x, w, b);
            var g = sizes.Cotangent(type);
            Assert.Equal(g.Shape, y.Shape);
            var found = Tensor.Gradients([y], [x, w, b], [g]);
            var expected = sizes.Definition();
            Close(expected.Y, y, type, "y");
            Close(expected.Gx, found[0]!, type, "gx");
            Close(expected.Gw, found[1]!, type, "gw");
            Close(expected.Gb, found[2]!, type, "gb");
        }
    }

    [Fact]
    public void It_is_the_adjoint_of_the_convolution()
    {
        // ⟨conv(y), x⟩ = ⟨y, transposed(x)⟩.
        var x = Inputs.Normal(2, 4, 3, 5);
        var (small, w) = (Make(x), Make(Inputs.Normal(4, 3, 3, 4)));
        var big = small.ConvTranspose2d(w, stride: 2, padding: 1, outputPadding: 1);
        var y = Numeric.Cotangent(big, 0);
        Assert.Equal((y * big).Sum().Item(),
            (y.Conv2d(w, stride: 2, padding: 1) * small).Sum().Item(), 1e-9);

        static Tensor Make(Input input) =>
            Numeric.Make(input.Numbers(0, DType.Float64), input.Shape, DType.Float64);
    }

    [Fact]
    public void Only_what_is_needed_is_differentiated()
    {
        Tensor x = Tensor.Ones(1, 1, 3, 3), w = Tensor.Ones(1, 1, 2, 2);
        w.RequiresGrad = true;
        x.ConvTranspose2d(w).Sum().Backward();
        Assert.Null(x.Grad);
        Assert.Equal([9f, 9f, 9f, 9f], w.Grad!.ToArray<float>());
    }

    [Fact]
    public void Wrong_inputs_are_named()
    {
        var x = Tensor.Zeros(1, 4, 8, 8);
        Throws("ConvTranspose2d expects an input (N, C, H, W) and weights (C, K/groups, R, S) but "
            + "got (3, 8)", () => Tensor.Zeros(3, 8).ConvTranspose2d(Tensor.Zeros(3, 4, 3, 3)));
        Throws("but got (1, 1, 4, 4) and (1, 1, 0, 3)",
            () => Tensor.Ones(1, 1, 4, 4).ConvTranspose2d(Tensor.Ones(1, 1, 0, 3)));
        Throws("weights (2, 4, 3, 3) in 1 groups expect (N, 2, H, W) but got (1, 4, 8, 8)",
            () => x.ConvTranspose2d(Tensor.Zeros(2, 4, 3, 3)));
        Throws("in 3 groups do not split: the groups must divide their 4 input channels",
            () => x.ConvTranspose2d(Tensor.Zeros(4, 1, 3, 3), groups: 3));
        Throws("weights (4, 3, 3, 3) in 2 groups expect a bias (6,) but got (3,)",
            () => x.ConvTranspose2d(Tensor.Zeros(4, 3, 3, 3), Tensor.Zeros(3), groups: 2));
        Throws("images of at least one pixel but got (1, 4, 0, 8)",
            () => Tensor.Zeros(1, 4, 0, 8).ConvTranspose2d(Tensor.Zeros(4, 3, 3, 3)));
        Throws("ConvTranspose2d computes in float32 or float64 but got int64",
            () => x.Long().ConvTranspose2d(Tensor.Zeros(4, 3, 3, 3)));
        Throws("the padding (5, 1) leaves nothing of the output of (1, 4, 8, 8) with the kernel "
            + "(3, 3), stride (1, 1) and dilation (1, 1); pad less",
            () => x.ConvTranspose2d(Tensor.Zeros(4, 1, 3, 3), padding: (5, 1)));
    }

    [Fact]
    public void Wrong_settings_are_named()
    {
        var (x, w) = (Tensor.Zeros(1, 4, 8, 8), Tensor.Zeros(4, 3, 3, 3));
        Throws("output padding must be at least 0 and smaller than the stride (2, 2) or the "
            + "dilation (1, 1), got (2, 2)",
            () => x.ConvTranspose2d(w, stride: 2, outputPadding: 2));
        Throws("the dilation (3, 1), got (2, 1)",
            () => x.ConvTranspose2d(w, outputPadding: (2, 1), dilation: (3, 1)));
        Throws("got (-1, 0)", () => x.ConvTranspose2d(w, outputPadding: (-1, 0)));
        Throws("ConvTranspose2d: stride, dilation and groups must be at least 1 and padding at "
            + "least 0, got (0, 0), (1, 1), 1 and (0, 0)", () => x.ConvTranspose2d(w, stride: 0));
        Throws("the op's output padding must be at least 0 and smaller than the stride (2, 2), "
            + "got (2, 2)",
            () => new ConvTranspose2dOp(new Conv2dGeometry(2, 0, 3, 1), 2).Apply(x, w));
    }

    private static void Close(double[] expected, Tensor actual, DType type, string what)
    {
        var numbers = actual.Numbers();
        Assert.Equal(expected.Length, numbers.Length);
        var tolerance = type == DType.Float32 ? 3e-5 : 1e-11;
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - numbers[i]) <= tolerance * (1 + Math.Abs(expected[i])),
                $"{what}[{i}] is {numbers[i]} instead of {expected[i]} in {type}");
        }
    }

    private static void Throws(string part, Func<Tensor> action) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(action).Message);
}
