using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;
using Nabla.Tests.Kernels.Cpu;

namespace Nabla.Tests.Nn.Layers;

public class MultiheadAttentionTests : OpTests
{
    private const string Torch =
        "F.multi_head_attention_forward({0}, 6, 2, x3, x4, None, None, False, 0.0, x5, x6, "
        + "need_weights=False)[0]";

    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("multi-head attention",
            x => new MultiheadAttention(6, 2).To(x[0].DType).With(x[3..])
                .Call((x[0], x[1], x[2])),
            string.Format(Torch, "x0, x1, x2"),
            [Inputs.Normal(4, 2, 6), Inputs.Normal(5, 2, 6), Inputs.Normal(5, 2, 6), .. Weights])
            { Tolerance = 2e-5, TwiceDifferentiable = false, Capturable = false },
        new OpCase("multi-head attention with the batch first",
            x => new MultiheadAttention(6, 2, batchFirst: true).To(x[0].DType).With(x[3..])
                .Call((x[0], x[1], x[2])),
            string.Format(Torch, "x0.transpose(0, 1), x1.transpose(0, 1), x2.transpose(0, 1)")
                + ".transpose(0, 1)",
            [Inputs.Normal(2, 4, 6), Inputs.Normal(2, 5, 6), Inputs.Normal(2, 5, 6), .. Weights])
            { Tolerance = 2e-5, TwiceDifferentiable = false, Capturable = false },
    ];

    private static Input[] Weights =>
    [
        Inputs.Normal(18, 6).Constant(), Inputs.Normal(18).Constant(),
        Inputs.Normal(6, 6).Constant(), Inputs.Normal(6).Constant(),
    ];

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public void Parameter_gradients_agree_with_finite_differences(bool self, bool causal)
    {
        var layer = new MultiheadAttention(6, 2, batchFirst: self).To(DType.Float64);
        var (x, kv) = (Wave(2, 4, 6), self ? null : Wave(5, 4, 6));
        var weights = Wave(2, 4, 6);
        Tensor Loss() => ((kv is null
            ? layer.Attend(x, isCausal: causal)
            : layer.Attend(x, kv, kv * 2, isCausal: causal)) * weights).Sum();
        Loss().Backward();
        foreach (var parameter in layer.Parameters())
        {
            var values = parameter.ToArray<double>();
            var gradient = parameter.Grad!.ToArray<double>();
            for (var i = 0; i < values.Length; i++)
            {
                double At(double move)
                {
                    var moved = (double[])values.Clone();
                    moved[i] += move;
                    return GradMode.NoGrad(() =>
                    {
                        parameter.Assign(Tensor.From(moved, parameter.Shape));
                        return Loss().Item<double>();
                    });
                }
                var expected = (At(1e-5) - At(-1e-5)) / 2e-5;
                Assert.Equal(expected, gradient[i], 1e-7 * Math.Max(1, Math.Abs(expected)));
            }
            GradMode.NoGrad(() => parameter.Assign(Tensor.From(values, parameter.Shape)));
        }
    }

    [Fact]
    public void A_captured_step_equals_an_eager_one()
    {
        var layer = new MultiheadAttention(6, 2, batchFirst: true);
        Tensor[] Step(Tensor[] x)
        {
            layer.ZeroGrad();
            var loss = layer.Attend(x[0], isCausal: true).Square().Sum();
            loss.Backward();
            return [loss, .. layer.Parameters().Select(p => p.Grad!)];
        }
        var x = LayerCheck.Wave(2, 4, 6);
        var captured = new CapturedStep(Step);
        var actual = captured.Run(x);
        Assert.True(captured.WasCaptured, captured.BreakReason);
        foreach (var (expected, found) in Step([x]).Zip(actual))
        {
            KernelData.Close<float>(
                [.. expected.ToArray<float>().Select(f => (double)f)], found.ToArray<float>(),
                1e-5);
        }
    }

    private static Tensor Wave(params ReadOnlySpan<long> shape) =>
        LayerCheck.Wave(shape).To(DType.Float64);

    [Fact]
    public void Names_are_PyTorchs() => Assert.Equal(
        ["in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"],
        new MultiheadAttention(6, 2).StateDict().Keys);

    [Fact]
    public void Heads_must_divide_the_features() => Assert.Equal(
        "MultiheadAttention: 6 features do not split into 4 equal heads",
        Assert.Throws<ArgumentException>(() => new MultiheadAttention(6, 4)).Message);

    [Fact]
    public void Wrong_inputs_are_named() => Assert.Equal(
        "MultiheadAttention expects (T, N, 6) but got (3, 2, 5)",
        Assert.Throws<ArgumentException>(
            () => new MultiheadAttention(6, 2).Attend(Tensor.Zeros(3, 2, 5))).Message);

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Throws("MultiheadAttention: embedDim must be at least 1, got 0",
            () => new MultiheadAttention(0, 1));
        Throws("MultiheadAttention: numHeads must be at least 1, got 0",
            () => new MultiheadAttention(4, 0));
        Throws("MultiheadAttention drops with a probability in [0, 1), not 1",
            () => new MultiheadAttention(4, 2, 1));

        static void Throws(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
