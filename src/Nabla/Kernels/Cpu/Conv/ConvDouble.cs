namespace Nabla.Kernels.Cpu;

/// <summary>
/// Convolution in float64, for gradient checks: plain loops over taps and rows, one chunk an
/// image's channel (or, for the weights, an output channel).
/// </summary>
internal unsafe struct ConvDouble : IChunkBody
{
    public enum Task
    {
        Forward,
        BackwardData,
        BackwardWeights,
    }

    public required Task Kind { get; init; }

    public required Conv2dShape Shape { get; init; }

    /// <summary>(N, C, H, W).</summary>
    public required double* X { get; init; }

    /// <summary>(K, C/Groups, R, S).</summary>
    public required double* W { get; init; }

    /// <summary>(N, K, OutH, OutW).</summary>
    public required double* Y { get; init; }

    /// <summary>(K), or null; to go backward, (C), or null.</summary>
    public double* Bias { get; init; }

    public void Compute()
    {
        var chunks = Kind switch
        {
            Task.Forward => Shape.N * Shape.K,
            Task.BackwardData => Shape.N * Shape.C,
            _ => Shape.K,
        };
        WorkerTeam.For(chunks, ref this);
    }

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var (perGroupC, perGroupK) = (Shape.C / Shape.Groups, Shape.K / Shape.Groups);
        switch (Kind)
        {
            case Task.Forward:
                var (n, k) = (chunk / Shape.K, chunk % Shape.K);
                var target = Target(n, k);
                new Span<double>(target, Shape.OutH * Shape.OutW)
                    .Fill(Bias == null ? 0 : Bias[k]);
                for (var c = 0; c < perGroupC; c++)
                {
                    Visit(n, c, k);
                }

                break;
            case Task.BackwardData:
                var (image, channel) = (chunk / Shape.C, chunk % Shape.C);
                new Span<double>(Source(image, channel), Shape.H * Shape.W)
                    .Fill(Bias == null ? 0 : Bias[channel]);
                for (var i = 0; i < perGroupK; i++)
                {
                    Visit(image, channel % perGroupC, (channel / perGroupC * perGroupK) + i);
                }

                break;
            default:
                var size = perGroupC * Shape.R * Shape.S;
                new Span<double>(W + (chunk * (nint)size), size).Clear();
                for (var i = 0; i < Shape.N; i++)
                {
                    for (var c = 0; c < perGroupC; c++)
                    {
                        Visit(i, c, chunk);
                    }
                }

                break;
        }
    }

    private readonly double* Source(int n, int channel) =>
        X + (((n * (nint)Shape.C) + channel) * Shape.H * Shape.W);

    private readonly double* Target(int n, int k) =>
        Y + (((n * (nint)Shape.K) + k) * Shape.OutH * Shape.OutW);

    /// <summary>Does all taps between channel c of k's group and output channel k.</summary>
    private readonly void Visit(int n, int c, int k)
    {
        var (perGroupC, perGroupK) = (Shape.C / Shape.Groups, Shape.K / Shape.Groups);
        var x = Source(n, (k / perGroupK * perGroupC) + c);
        var y = Target(n, k);
        var w = W + (((k * (nint)perGroupC) + c) * Shape.R * Shape.S);
        for (var r = 0; r < Shape.R; r++)
        {
            var top = (r * Shape.DilationH) - Shape.PadH;
            var (rowFirst, rowEnd) = Valid(top, Shape.StrideH, Shape.H, Shape.OutH);
            for (var s = 0; s < Shape.S; s++, w++)
            {
                var left = (s * Shape.DilationW) - Shape.PadW;
                var (first, end) = Valid(left, Shape.StrideW, Shape.W, Shape.OutW);
                for (var i = rowFirst; i < rowEnd; i++)
                {
                    var row = x + (((i * Shape.StrideH) + top) * (nint)Shape.W) + left;
                    VisitRow(row, y + (i * (nint)Shape.OutW), w, first, end);
                }
            }
        }
    }

    private readonly void VisitRow(double* x, double* y, double* w, int first, int end)
    {
        nint step = Shape.StrideW;
        switch (Kind)
        {
            case Task.Forward:
                for (var j = first; j < end; j++)
                {
                    y[j] += *w * x[j * step];
                }

                break;
            case Task.BackwardData:
                for (var j = first; j < end; j++)
                {
                    x[j * step] += *w * y[j];
                }

                break;
            default:
                var sum = 0.0;
                for (var j = first; j < end; j++)
                {
                    sum += y[j] * x[j * step];
                }

                *w += sum;
                break;
        }
    }

    /// <summary>The outputs for which j·stride + shift lies in 0 … size − 1.</summary>
    private static (int First, int End) Valid(int shift, int stride, int size, int outputs)
    {
        var first = shift >= 0 ? 0 : (-shift + stride - 1) / stride;
        var end = size - shift <= 0 ? 0 : Math.Min(outputs, ((size - shift - 1) / stride) + 1);
        return (first, end);
    }
}
