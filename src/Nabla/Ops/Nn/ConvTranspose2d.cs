using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// The transposed convolution: the map that a convolution's gradient takes from its output back to
/// its input. y[n,k,p,q] = b[k] + Σ w[c,k,r,s] · x[n,c,i,j] over all i and j with
/// p = i·stride + r·dilation − padding, and q from j and s likewise; inputs x (N, C, H, W),
/// w (C, K/groups, R, S) and, if given, b (K). Source: Dumoulin, Visin: A guide to convolution
/// arithmetic, 2016, chapter 4.
/// </summary>
/// <param name="Geometry">Stride, padding, dilation and groups.</param>
/// <param name="OutputPadding">Rows and columns that the output has more, at its end: from 0 to
/// the stride − 1, as many as the convolution's rounding down loses.</param>
public sealed record ConvTranspose2dOp(Conv2dGeometry Geometry, Size2d OutputPadding)
    : Op, ICountsWork
{
    /// <inheritdoc/>
    public override Saves Saves => Saves.Input(0) + Saves.Input(1);

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Conv2dBackwardData(
            x[0], x[1], x.Length > 2 ? x[2] : null, y[0], Geometry);

    /// <summary>∂x = ∂y convolved with w, ∂w = ∂y through x, ∂b = Σ ∂y: those of a convolution
    /// from y to x.</summary>
    public override Tensor?[] Backward(Backprop b)
    {
        var w = b.InputSpec(1).Shape;
        var gx = b.Needs(0) ? new Conv2dOp(Geometry).Apply(b.Grad, b.X(1)) : null;
        var gw = b.Needs(1)
            ? new Conv2dBackwardWeightsOp(Geometry, new(w[2], w[3])).Apply(b.Grad, b.X(0))
            : null;
        if (b.InputCount == 2)
        {
            return [gx, gw];
        }
        return [gx, gw, b.Needs(2) ? Conv2dBackwardBiasOp.Instance.Apply(b.Grad) : null];
    }

    long ICountsWork.MultiplyAdds(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Count * (x[1].Count / Math.Max(1, x[1].Shape[0]));

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => Output(x);

    /// <summary>The output's shape and type, or an exception that says what is wrong.</summary>
    internal TensorSpec Output(ReadOnlySpan<Tensor> x)
    {
        Check(x);
        Shape image = x[0].Shape, w = x[1].Shape;
        var kernel = new Size2d(w[2], w[3]);
        var output = Geometry.Transposed(new(image[2], image[3]), kernel, OutputPadding);
        if (output.Height == 0 || output.Width == 0)
        {
            throw new ArgumentException($"ConvTranspose2d: the padding {Geometry.Padding} leaves "
                + $"nothing of the output of {image} with the kernel {kernel}, stride "
                + $"{Geometry.Stride} and dilation {Geometry.Dilation}; pad less");
        }
        return new TensorSpec(
            new Shape(image[0], w[1] * Geometry.Groups, output.Height, output.Width), x[0].DType);
    }

    private void Check(ReadOnlySpan<Tensor> x)
    {
        Shape image = x[0].Shape, w = x[1].Shape;
        if (image.Rank != 4 || w.Rank != 4 || w[2] < 1 || w[3] < 1)
        {
            throw new ArgumentException("ConvTranspose2d expects an input (N, C, H, W) and weights "
                + $"(C, K/groups, R, S) but got {image} and {w}");
        }
        if (image[1] != w[0] || w[0] % Geometry.Groups != 0)
        {
            throw new ArgumentException($"ConvTranspose2d: weights {w} in {Geometry.Groups} groups "
                + (w[0] % Geometry.Groups == 0
                    ? $"expect (N, {w[0]}, H, W) but got {image}"
                    : $"do not split: the groups must divide their {w[0]} input channels"));
        }
        if (image[2] < 1 || image[3] < 1)
        {
            throw new ArgumentException(
                $"ConvTranspose2d expects images of at least one pixel but got {image}");
        }
        var channels = w[1] * Geometry.Groups;
        if (x.Length > 2 && x[2].Shape != new Shape(channels))
        {
            throw new ArgumentException($"ConvTranspose2d: weights {w} in {Geometry.Groups} groups "
                + $"expect a bias ({channels},) but got {x[2].Shape}");
        }
        if (Math.Min(OutputPadding.Height, OutputPadding.Width) < 0
            || OutputPadding.Height >= Geometry.Stride.Height
            || OutputPadding.Width >= Geometry.Stride.Width)
        {
            throw new ArgumentException("ConvTranspose2d: the op's output padding must be at least "
                + $"0 and smaller than the stride {Geometry.Stride}, got {OutputPadding}");
        }
        FloatInputs.Check("ConvTranspose2d", x);
    }
}

/// <summary><see cref="ConvTranspose2dOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class ConvTranspose2dOps
{
    /// <summary>Throws unless 0 ≤ output padding &lt; max(stride, dilation), as in PyTorch.
    /// </summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    internal static void Check(in Conv2dGeometry geometry, Size2d outputPadding)
    {
        geometry.Check("ConvTranspose2d");
        var (stride, dilation) = (geometry.Stride, geometry.Dilation);
        if (Math.Min(outputPadding.Height, outputPadding.Width) < 0
            || outputPadding.Height >= Math.Max(stride.Height, dilation.Height)
            || outputPadding.Width >= Math.Max(stride.Width, dilation.Width))
        {
            throw new ArgumentException("ConvTranspose2d: output padding must be at least 0 and "
                + $"smaller than the stride {stride} or the dilation {dilation}, got "
                + $"{outputPadding}");
        }
    }

    extension(Tensor x)
    {
        /// <summary>
        /// The transposed convolution of images (N, C, H, W), or one (C, H, W), with weights
        /// (C, K/groups, R, S), as <c>torch.nn.functional.conv_transpose2d</c>; the output is
        /// (N, K, OH, OW) with OH = (H − 1)·stride − 2·padding + dilation·(R − 1) +
        /// outputPadding + 1.
        /// </summary>
        /// <param name="weight">(C, K/groups, R, S).</param>
        /// <param name="bias">(K,), or null for 0.</param>
        /// <param name="stride">Pixels between what two neighbours of the input write to; 1.
        /// </param>
        /// <param name="padding">Rows and columns cut off on each side of the output; 0.</param>
        /// <param name="outputPadding">Rows and columns kept at its end all the same; 0.</param>
        /// <param name="groups">Groups of channels that do not mix.</param>
        /// <param name="dilation">Pixels from one tap to the next; 1.</param>
        /// <exception cref="ArgumentException">Shapes, types or settings do not fit.</exception>
        public Tensor ConvTranspose2d(Tensor weight, Tensor? bias = null, Size2d? stride = null,
            Size2d? padding = null, Size2d? outputPadding = null, int groups = 1,
            Size2d? dilation = null)
        {
            var geometry = new Conv2dGeometry(stride ?? 1, padding ?? 0, dilation ?? 1, groups);
            var extra = outputPadding ?? 0;
            Check(in geometry, extra);
            var images = x.Rank == 3 ? x.Unsqueeze(0) : x;

            // A whole stride more of output is what one more row of zeros in the input makes.
            var (rows, columns) = (
                extra.Height / geometry.Stride.Height, extra.Width / geometry.Stride.Width);
            if (images.Rank == 4 && rows + columns > 0)
            {
                images = images.Pad([0, columns, 0, rows]);
            }
            var op = new ConvTranspose2dOp(geometry, new Size2d(
                extra.Height % geometry.Stride.Height, extra.Width % geometry.Stride.Width));
            var y = bias is null ? op.Apply(images, weight) : op.Apply(images, weight, bias);
            return x.Rank == 3 ? y.Squeeze(0) : y;
        }
    }
}
