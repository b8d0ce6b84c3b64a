using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Loss;

public class CrossEntropyTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("cross_entropy", x => x[0].CrossEntropy(x[1]), "F.cross_entropy(x0, x1)",
            Inputs.Normal(5, 3), Inputs.Integers(0, 3, 5)),
        new OpCase("cross_entropy summed", x => x[0].CrossEntropy(x[1], reduction: Reduction.Sum),
            "F.cross_entropy(x0, x1, reduction='sum')",
            Inputs.Normal(4, 7), Inputs.Integers(0, 7, 4)),
        new OpCase("cross_entropy of each",
            x => x[0].CrossEntropy(x[1], reduction: Reduction.None),
            "F.cross_entropy(x0, x1, reduction='none')",
            Inputs.Normal(4, 7), Inputs.Integers(0, 7, 4)),
        new OpCase("cross_entropy weighted, smoothed, with ignored targets",
            x => x[0].CrossEntropy(x[1], x[2], ignoreIndex: 1, labelSmoothing: 0.2),
            "F.cross_entropy(x0, x1, x2, ignore_index=1, label_smoothing=0.2)",
            Inputs.Normal(6, 4), Inputs.Integers(0, 4, 6),
            Inputs.Uniform(0.5, 2, 4).Constant()),
        new OpCase("cross_entropy of pixels",
            x => x[0].CrossEntropy(x[1], x[2], reduction: Reduction.None, labelSmoothing: 0.1),
            "F.cross_entropy(x0, x1, x2, reduction='none', label_smoothing=0.1)",
            Inputs.Normal(2, 3, 2, 2), Inputs.Integers(0, 3, 2, 2, 2),
            Inputs.Uniform(0.5, 2, 3).Constant()),
        new OpCase("cross_entropy of one sample", x => x[0].CrossEntropy(x[1]),
            "F.cross_entropy(x0, x1)", Inputs.Normal(5), Inputs.Integers(0, 5)),
        new OpCase("cross_entropy with probabilities",
            x => x[0].CrossEntropy(x[1].Softmax(1), x[2], labelSmoothing: 0.3),
            "F.cross_entropy(x0, torch.softmax(x1, 1), x2, label_smoothing=0.3)",
            Inputs.Normal(4, 3), Inputs.Normal(4, 3), Inputs.Uniform(0.5, 2, 3).Constant()),
    ];

    [Fact]
    public void Large_logits_do_not_overflow() => Assert.Equal(2e30f,
        Tensor.From(new[,] { { 1e30f, -1e30f } }).CrossEntropy(Tensor.From(1)).Item());

    [Fact]
    public void Smaller_integers_count_as_class_numbers() => Assert.Equal(
        Tensor.From(new[,] { { 1f, 2f } }).CrossEntropy(Tensor.From(1L)).Item(),
        Tensor.From(new[,] { { 1f, 2f } }).CrossEntropy(Tensor.From<byte>(1)).Item());

    [Fact]
    public void A_target_that_is_no_class_is_named_with_its_place()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => Tensor.Zeros(2, 3, 2).CrossEntropy(Tensor.From([0, 1, 3, 2], new Shape(2, 2))));
        Assert.Contains("the target at [1, 0] is 3, but there are 3 classes, 0 … 2",
            error.Message);
    }

    [Fact]
    public void Wrong_inputs_are_named()
    {
        Throws("but got (4, 3) with (3,) of int64",
            () => Tensor.Zeros(4, 3).CrossEntropy(Tensor.From(0L, 1, 2)));
        Throws("but got (4, 3) with (4,) of float32",
            () => Tensor.Zeros(4, 3).CrossEntropy(Tensor.Zeros(4)));
        Throws("logits (1, 3) expect weights (3,) but got (2,)",
            () => Tensor.Zeros(1, 3).CrossEntropy(Tensor.From(0L), Tensor.Ones(2)));
        Throws("label smoothing lies in [0, 1], got 2",
            () => Tensor.Zeros(1, 3).CrossEntropy(Tensor.From(0L), labelSmoothing: 2));
        Throws("CrossEntropy computes in float32 or float64 but got int64",
            () => Tensor.Zeros(new Shape(1, 3), DType.Int64).CrossEntropy(Tensor.From(0L)));
    }

    private static void Throws(string part, Func<Tensor> action) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(action).Message);
}
