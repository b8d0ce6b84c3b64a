using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The fast algorithm for convolutions of 3 × 3 and 5 × 5 with stride 1: F(4 × 4, 3 × 3) takes 36
/// multiplications where the definition takes 144, F(3 × 3, 3 × 3), for sides that its tiles fit
/// better, 25 where it takes 81, and F(2 × 2, 5 × 5) 36 where it takes 100. Of 4 × 4 with stride 2
/// F(4 × 4, 2 × 2) takes 100 where it takes 256. The relative L2 error stays below 2.5e-6, against
/// some 2e-7 of the direct sum.
/// </summary>
internal static unsafe class Winograd
{
    /// <summary>Channels, in and out, from which the maps are worth their time.</summary>
    private const int MinChannels = 16;

    /// <summary>Tiles from which the weights' maps are worth their time.</summary>
    private const int MinTiles = 8;

    /// <summary>Tiles from which it pays to map the weights' gradient back.</summary>
    private const int MinTilesOfGradient = 32;

    /// <summary>The share of the direct sums' products, those with padding left out, up to which
    /// the gradient for the weights is worth mapping.</summary>
    private const double MaxShareOfProducts = 0.7;

    /// <summary>Channels, in and out, from which the maps of 5 × 5 are worth their time.</summary>
    private const int MinChannelsOfFives = 32;

    /// <summary>The share of the direct sums' products up to which 5 × 5 is worth mapping.
    /// </summary>
    private const double MaxShareOfFives = 0.55;

    /// <summary>Tiles from which, with stride 2, the weights' maps are worth their time.</summary>
    private const int ManyTiles = 32;

    /// <summary>Tiles times channels, of the fewer, from which they are, too.</summary>
    private const int ManyTilesOfChannels = 4096;

    /// <summary>Channels, in and out, from which more products are worth it.</summary>
    private const int MoreChannels = 48;

    /// <summary>Tiles of an image from which its phases are worth putting together.</summary>
    private const int MinTilesOfPhases = 16;

    /// <summary>Channels that a phase has a multiple of, on the widest registers.</summary>
    private const int PanelOfPhases = 32;

    /// <summary>The share of channels, those that fill panels counted in, that is worth it.
    /// </summary>
    private const double MaxPadding = 1.15;

    /// <summary>Taps of a line with stride 2.</summary>
    private const int Strided = 4;

    /// <summary>Weights up to which their maps are made before the tiles.</summary>
    private const int MaxWeights = 200 * 200;

    /// <summary>Tiles up to which a panel of channels is a better chunk than a few tiles.</summary>
    private const int MaxTilesOfPanels = 64;

    /// <summary>True when the algorithm can compute the convolution, and its gradient for the
    /// input, and is the faster one: a function of sizes alone.</summary>
    public static bool Suits(in Conv2dShape s) =>
        s is { R: 3 or 5, StrideH: 1, StrideW: 1, DilationH: 1, DilationW: 1, Groups: 1 }
        && s.S == s.R && s.PadH < s.R && s.PadW < s.S
        && s.C >= MinChannels && s.K >= MinChannels
        && Tiles(in s) >= MinTiles
        && (s.R != WinogradForm2.Taps || SuitsFives(in s));

    /// <summary>True when the algorithm can compute the convolution, if not its gradient for the
    /// input, and is the faster one.</summary>
    public static bool SuitsForward(in Conv2dShape s) => Suits(in s) || SuitsStrided(in s);

    /// <summary>True when it can compute the gradient for the input. With a stride its phases are
    /// images of their own first: that pays for large ones.</summary>
    public static bool SuitsTransposed(in Conv2dShape s) =>
        Suits(in s)
        || (SuitsStrided(in s) && s is { PadH: 1, PadW: 1 }
            && s.H == 2 * s.OutH && s.W == 2 * s.OutW && s.K >= MoreChannels
            && Tiles(s with { N = 1 }) >= MinTilesOfPhases
            && (s.C + PanelOfPhases - 1) / PanelOfPhases * PanelOfPhases <= MaxPadding * s.C);

    private static bool SuitsStrided(in Conv2dShape s)
    {
        if (s is not { R: Strided, S: Strided, StrideH: 2, StrideW: 2, Groups: 1 }
            || s is not { DilationH: 1, DilationW: 1, PadH: < Strided, PadW: < Strided })
        {
            return false;
        }

        var (channels, tiles) = (Math.Min(s.C, s.K), Tiles(in s));
        return channels >= MinChannels && tiles >= MinTiles
            && (tiles >= ManyTiles || tiles * channels >= ManyTilesOfChannels)
            && ShareOfProducts(in s) < (channels >= MoreChannels ? 0.6 : 0.5);
    }

    /// <summary>What 5 × 5 needs beyond it: four times as many numbers at the points, of each
    /// pixel, want more products to share them.</summary>
    private static bool SuitsFives(in Conv2dShape s) =>
        s.C >= MinChannelsOfFives && s.K >= MinChannelsOfFives
        && ShareOfProducts(in s) < MaxShareOfFives;

    /// <summary>The same for the gradient for the weights.</summary>
    public static bool SuitsWeights(in Conv2dShape s) =>
        SuitsForward(in s)
        && Tiles(in s) >= MinTilesOfGradient
        && ShareOfProducts(in s) < MaxShareOfProducts;

    /// <summary>y of <see cref="Conv2dKernels"/>.</summary>
    public static void Forward(
        float* x, float* w, float* y, in Conv2dShape s, in ConvEpilogue epilogue)
    {
        var filter = new WinogradFilter
        {
            Weights = w,
            Rows = s.K,
            Channels = s.C,
            RowStep = s.C * (nint)Taps(in s),
            ChannelStep = Taps(in s),
            Turned = false,
        };
        var target = new WinogradTarget
        {
            Images = y,
            Channels = s.K,
            Height = s.OutH,
            Width = s.OutW,
            Epilogue = epilogue,
        };
        Run(s.N, s.R, in filter, Input(x, in s), in target);
    }

    /// <summary>True when it is also the faster one channels last, with packed weights.</summary>
    public static bool SuitsChannelsLast<V>(in Conv2dShape s) where V : unmanaged, IF32Lanes<V> =>
        Suits(in s) && s.C % V.Count == 0 && s.K % V.Count == 0;

    /// <summary>y of <see cref="NhwcConv"/>.</summary>
    public static void ForwardChannelsLast<V>(
        float* x, float* packed, float* y, in Conv2dShape s, in ConvEpilogue epilogue)
        where V : unmanaged, IF32Lanes<V>
    {
        var filter = new WinogradFilter
        {
            Weights = null,
            Packed = packed,
            Rows = s.K,
            Channels = s.C,
            RowStep = 0,
            ChannelStep = 0,
            Turned = false,
        };
        var source = Input(x, in s) with { ChannelsLast = true };
        var target = new WinogradTarget
        {
            Images = y,
            Channels = s.K,
            ChannelsLast = true,
            Height = s.OutH,
            Width = s.OutW,
            Epilogue = new ConvEpilogue
            {
                Bias = packed + NhwcWeights.Of<V>(in s).Biases,
                Residual = epilogue.Residual,
                Activation = epilogue.Activation,
                Min = epilogue.Min,
                Max = epilogue.Max,
            },
        };
        if (V.Count == 16)
        {
            Run<ConvVector512>(s.N, s.R, in filter, in source, in target);
        }
        else if (V.Count == 8)
        {
            Run<ConvVector256>(s.N, s.R, in filter, in source, in target);
        }
        else
        {
            Run<ConvVector128>(s.N, s.R, in filter, in source, in target);
        }
    }

    /// <summary>The transposed convolution of <see cref="Conv2dKernels"/>, and so gx.</summary>
    public static void Transposed(
        float* gy, float* w, float* gx, in Conv2dShape s, in ConvEpilogue epilogue)
    {
        if (s.R == Strided)
        {
            WinogradTransposed.Run(gy, w, gx, in s, in epilogue);
            return;
        }

        var filter = new WinogradFilter
        {
            Weights = w,
            Rows = s.C,
            Channels = s.K,
            RowStep = Taps(in s),
            ChannelStep = s.C * (nint)Taps(in s),
            Turned = true,
        };
        var target = new WinogradTarget
        {
            Images = gx,
            Channels = s.C,
            Height = s.H,
            Width = s.W,
            Epilogue = epilogue,
        };
        var source = OutputGrad(gy, in s, s.R - 1 - s.PadH, s.S - 1 - s.PadW);
        Run(s.N, s.R, in filter, in source, in target);
    }

    /// <summary>gw of <see cref="Conv2dKernels"/>.</summary>
    public static void BackwardWeights(float* x, float* gy, float* gw, in Conv2dShape s)
    {
        var input = Input(x, in s);
        var grad = OutputGrad(gy, in s, 0, 0);
        if (Avx512F.IsSupported)
        {
            BackwardWeights<ConvVector512>(s.N, s.R, in input, in grad, gw);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            BackwardWeights<ConvVector256>(s.N, s.R, in input, in grad, gw);
        }
        else
        {
            BackwardWeights<ConvVector128>(s.N, s.R, in input, in grad, gw);
        }
    }

    /// <summary>∂y as a source.</summary>
    public static WinogradSource OutputGrad(
        float* gy, in Conv2dShape s, int padH, int padW) => new()
        {
            Images = gy,
            End = gy + (s.N * (nint)s.K * s.OutH * s.OutW),
            Channels = s.K,
            Height = s.OutH,
            Width = s.OutW,
            PadH = padH,
            PadW = padW,
        };

    private static WinogradSource Input(float* x, in Conv2dShape s) => new()
    {
        Images = x,
        End = x + (s.N * (nint)s.C * s.H * s.W),
        Channels = s.C,
        Height = s.H,
        Width = s.W,
        PadH = s.PadH,
        PadW = s.PadW,
    };

    private static void Run(int images, int taps, in WinogradFilter filter,
        in WinogradSource source, in WinogradTarget target)
    {
        if (Avx512F.IsSupported)
        {
            Run<ConvVector512>(images, taps, in filter, in source, in target);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            Run<ConvVector256>(images, taps, in filter, in source, in target);
        }
        else
        {
            Run<ConvVector128>(images, taps, in filter, in source, in target);
        }
    }

    private static void Run<V>(int images, int taps, in WinogradFilter filter,
        in WinogradSource source, in WinogradTarget target)
        where V : unmanaged, IConvVector<V>
    {
        if (taps == WinogradForm2.Taps)
        {
            Run<V, WinogradForm2>(images, in filter, in source, in target);
        }
        else if (taps == Strided)
        {
            Run<V, WinogradFormStrided>(images, in filter, in source, in target);
        }
        else if (IsSmall(target.Height, target.Width))
        {
            Run<V, WinogradForm3>(images, in filter, in source, in target);
        }
        else
        {
            Run<V, WinogradForm4>(images, in filter, in source, in target);
        }
    }

    /// <summary>Runs a form.</summary>
    public static void Run<V, F>(
        int images, in WinogradFilter filter, in WinogradSource source, in WinogradTarget target)
        where V : unmanaged, IConvVector<V>
        where F : struct, IWinogradForm
    {
        var tiles = new WinogradTiles(images, target.Height, target.Width, 1, F.Tile);
        var weights = filter.Rows * (nint)filter.Channels
            * WinogradForm<F>.Phases * WinogradForm<F>.TargetPhases;
        if (tiles.Count < MaxTilesOfPanels || weights > MaxWeights)
        {
            WinogradPanels<V, F>.Run(images, in filter, in source, in target);
        }
        else
        {
            WinogradForward<V, F>.Run(images, in filter, in source, in target);
        }
    }

    private static void BackwardWeights<V>(
        int images, int taps, in WinogradSource input, in WinogradSource grad, float* gw)
        where V : unmanaged, IConvVector<V>
    {
        if (taps == WinogradForm2.Taps)
        {
            WinogradWeightGrad<V, WinogradForm2>.Run(images, in input, in grad, gw);
        }
        else if (taps == Strided)
        {
            WinogradWeightGrad<V, WinogradFormStrided>.Run(images, in input, in grad, gw);
        }
        else if (IsSmall(grad.Height, grad.Width))
        {
            WinogradWeightGrad<V, WinogradForm3>.Run(images, in input, in grad, gw);
        }
        else
        {
            WinogradWeightGrad<V, WinogradForm4>.Run(images, in input, in grad, gw);
        }
    }

    /// <summary>True when, of 3 × 3 weights, tiles of 3 × 3 take clearly fewer products than tiles
    /// of 4 × 4, such as for sides of 3, 5, 6 or 9.</summary>
    private static bool IsSmall(int height, int width) =>
        Products<WinogradForm3>(height, width) < 0.9 * Products<WinogradForm4>(height, width);

    private static long Products(int taps, int height, int width) =>
        taps == WinogradForm2.Taps ? Products<WinogradForm2>(height, width)
        : taps == Strided ? Products<WinogradFormStrided>(height, width)
        : IsSmall(height, width) ? Products<WinogradForm3>(height, width)
        : Products<WinogradForm4>(height, width);

    /// <summary>Products of an image.</summary>
    private static long Products<F>(int height, int width) where F : struct, IWinogradForm =>
        new WinogradTiles(1, height, width, 1, F.Tile).Count
            * WinogradForm<F>.Products * WinogradForm<F>.Phases;

    /// <summary>Products beside those of the direct sums, those with padding left out.</summary>
    private static double ShareOfProducts(in Conv2dShape s) =>
        Products(s.R, s.OutH, s.OutW) / ((double)Inside(s.R, s.StrideH, s.H, s.OutH, s.PadH)
            * Inside(s.S, s.StrideW, s.W, s.OutW, s.PadW));

    /// <summary>Products of an axis that no padding takes part in.</summary>
    private static long Inside(int taps, int stride, int size, int output, int pad)
    {
        long count = 0;
        for (var tap = 0; tap < taps; tap++)
        {
            var first = (Math.Max(0, pad - tap) + stride - 1) / stride;
            var end = (Math.Max(0, size + pad - tap) + stride - 1) / stride;
            count += Math.Max(0, Math.Min(output, end) - first);
        }

        return count;
    }

    private static int Taps(in Conv2dShape s) => s.R * s.S;

    /// <summary>Tiles of the largest form.</summary>
    private static long Tiles(in Conv2dShape s) => new WinogradTiles(
        s.N, s.OutH, s.OutW, 1, s.R == WinogradForm2.Taps ? WinogradForm2.Tile
            : WinogradForm4.Tile).Count;
}
