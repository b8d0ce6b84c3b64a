using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Nn;

/// <summary>A transposed convolution of some sizes, and the same by the definition's loops in
/// float64: each element of the input is added to a window of the output.</summary>
public sealed record ConvTranspose2dCase(
    int N, int C, int H, int W, int K, int R, int S, (int Height, int Width) Stride,
    (int Height, int Width) Padding, (int Height, int Width) Extra,
    (int Height, int Width) Dilation, int Groups)
{
    private Input[] Operands =>
    [
        Inputs.Normal(N, C, H, W), Inputs.Normal(C, K / Groups, R, S), Inputs.Normal(K),
        Inputs.Normal(N, K, OutH, OutW),
    ];

    // torch.nn.ConvTranspose2d, section Shape.
    private int OutH => ((H - 1) * Stride.Height) - (2 * Padding.Height)
        + (Dilation.Height * (R - 1)) + Extra.Height + 1;

    private int OutW => ((W - 1) * Stride.Width) - (2 * Padding.Width)
        + (Dilation.Width * (S - 1)) + Extra.Width + 1;

    /// <summary>The input, the weights and the bias, which require gradients.</summary>
    public (Tensor X, Tensor W, Tensor B) Arguments(DType type)
    {
        return (Leaf(0), Leaf(1), Leaf(2));

        Tensor Leaf(int i)
        {
            var leaf = Make(i, type);
            leaf.RequiresGrad = true;
            return leaf;
        }
    }

    /// <summary>What the output's gradient is.</summary>
    public Tensor Cotangent(DType type) => Make(3, type);

    /// <summary>The op.</summary>
    public Tensor Call(Tensor x, Tensor w, Tensor b) =>
        x.ConvTranspose2d(w, b, Stride, Padding, Extra, Groups, Dilation);

    /// <summary>The output, and the gradients for the cotangent.</summary>
    public (double[] Y, double[] Gx, double[] Gw, double[] Gb) Definition()
    {
        var numbers = Operands.Select((input, i) => input.Numbers(i, DType.Float64)).ToArray();
        var (x, w, b, g) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        var (perC, perK, outH, outW) = (C / Groups, K / Groups, OutH, OutW);
        var (y, gx, gw, gb) =
            (new double[g.Length], new double[x.Length], new double[w.Length], new double[K]);
        for (var i = 0; i < y.Length; i++)
        {
            var k = i / (outH * outW) % K;
            y[i] += b[k];
            gb[k] += g[i];
        }
        for (var from = 0; from < x.Length; from++)
        {
            var (n, c, h, v) = (from / (C * H * W), from / (H * W) % C, from / W % H, from % W);
            for (var t = 0; t < perK * R * S; t++)
            {
                var k = (c / perC * perK) + (t / (R * S));
                var p = (h * Stride.Height) + (t / S % R * Dilation.Height) - Padding.Height;
                var q = (v * Stride.Width) + (t % S * Dilation.Width) - Padding.Width;
                if (p >= 0 && p < outH && q >= 0 && q < outW)
                {
                    var to = (((((n * K) + k) * outH) + p) * outW) + q;
                    var weight = (c * perK * R * S) + t;
                    y[to] += w[weight] * x[from];
                    gx[from] += w[weight] * g[to];
                    gw[weight] += x[from] * g[to];
                }
            }
        }
        return (y, gx, gw, gb);
    }

    private Tensor Make(int i, DType type) =>
        Numeric.Make(Operands[i].Numbers(i, type), Operands[i].Shape, type);
}
