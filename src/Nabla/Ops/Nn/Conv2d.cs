using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// y[n,k,i,j] = b[k] + Σ w[k,c,r,s] · x[n,c,i·stride + r·dilation − padding, …], zero outside;
/// inputs x (N, C, H, W), w (K, C/groups, R, S) and, if given, b (K).
/// </summary>
/// <param name="Geometry">Stride, padding, dilation and groups.</param>
public sealed record Conv2dOp(Conv2dGeometry Geometry) : Op, ICountsWork
{
    /// <inheritdoc/>
    public override Saves Saves => Saves.Input(0) + Saves.Input(1);

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Conv2d(x[0], x[1], x.Length > 2 ? x[2] : null, y[0], Geometry);

    /// <summary>∂x = ∂y through w, ∂w = x through ∂y, ∂b = Σ ∂y: convolutions again.</summary>
    public override Tensor?[] Backward(Backprop b)
    {
        Shape x = b.InputSpec(0).Shape, w = b.InputSpec(1).Shape;
        var gx = b.Needs(0)
            ? new Conv2dBackwardDataOp(Geometry, new(x[2], x[3])).Apply(b.Grad, b.X(1))
            : null;
        var gw = b.Needs(1)
            ? new Conv2dBackwardWeightsOp(Geometry, new(w[2], w[3])).Apply(b.X(0), b.Grad)
            : null;
        if (b.InputCount == 2)
        {
            return [gx, gw];
        }
        return [gx, gw, b.Needs(2) ? Conv2dBackwardBiasOp.Instance.Apply(b.Grad) : null];
    }

    long ICountsWork.MultiplyAdds(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        y[0].Count * (x[1].Count / x[1].Shape[0]);

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => Output(x);

    /// <summary>The output's shape and type, or an exception that says what is wrong.</summary>
    internal TensorSpec Output(ReadOnlySpan<Tensor> x)
    {
        Check(x);
        Shape image = x[0].Shape, w = x[1].Shape;
        var kernel = new Size2d(w[2], w[3]);
        var output = Geometry.Output(new(image[2], image[3]), kernel);
        if (output.Height == 0 || output.Width == 0)
        {
            throw new ArgumentException($"Conv2d: the kernel {kernel} with dilation "
                + $"{Geometry.Dilation} is larger than the input {image} with padding "
                + $"{Geometry.Padding}");
        }
        return new TensorSpec(new Shape(image[0], w[0], output.Height, output.Width), x[0].DType);
    }

    private void Check(ReadOnlySpan<Tensor> x)
    {
        Shape image = x[0].Shape, w = x[1].Shape;
        if (image.Rank != 4 || w.Rank != 4 || w[2] < 1 || w[3] < 1)
        {
            throw new ArgumentException("Conv2d expects an input (N, C, H, W) and weights "
                + $"(K, C/groups, R, S) but got {image} and {w}");
        }
        if (image[1] != w[1] * Geometry.Groups || w[0] % Geometry.Groups != 0)
        {
            throw new ArgumentException($"Conv2d: weights {w} in {Geometry.Groups} groups expect "
                + $"(N, {w[1] * Geometry.Groups}, H, W) but got {image}");
        }
        if (x.Length > 2 && x[2].Shape != new Shape(w[0]))
        {
            throw new ArgumentException($"Conv2d: weights {w} expect a bias ({w[0]},) but got "
                + $"{x[2].Shape}");
        }
        FloatInputs.Check("Conv2d", x);
    }
}

/// <summary><see cref="Conv2dOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class Conv2dOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// Convolves images (N, C, H, W), or one (C, H, W), with weights (K, C/groups, R, S), as
        /// <c>torch.nn.functional.conv2d</c>; the output is (N, K, OH, OW) with
        /// OH = ⌊(H + 2·padding − dilation·(R − 1) − 1) / stride⌋ + 1.
        /// </summary>
        /// <exception cref="ArgumentException">Shapes, types or settings do not fit.</exception>
        public Tensor Conv2d(Tensor weight, Tensor? bias = null, Size2d? stride = null,
            Size2d? padding = null, Size2d? dilation = null, int groups = 1)
        {
            var geometry = new Conv2dGeometry(stride ?? 1, padding ?? 0, dilation ?? 1, groups);
            geometry.Check();
            var op = new Conv2dOp(geometry);
            var images = x.Rank == 3 ? x.Unsqueeze(0) : x;
            var y = bias is null ? op.Apply(images, weight) : op.Apply(images, weight, bias);
            return x.Rank == 3 ? y.Squeeze(0) : y;
        }
    }
}
