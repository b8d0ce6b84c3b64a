using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>What <see cref="NhwcDepthwiseTile"/> computes. Strides count numbers.</summary>
internal unsafe struct NhwcDepthwiseArgs
{
    /// <summary>Where the first output's first tap reads.</summary>
    public float* Source;

    /// <summary>From one row of the source to the next.</summary>
    public nint Line;

    /// <summary>From one pixel of the source to the next.</summary>
    public nint Pixel;

    public int StrideH;

    public int StrideW;

    /// <summary>[tap][channel], then the bias.</summary>
    public float* Weights;

    /// <summary>From one tap's weights to the next one's.</summary>
    public nint WeightStep;

    public float* Target;

    /// <summary>From one row of the target to the next.</summary>
    public nint TargetLine;

    /// <summary>From one pixel of the target to the next.</summary>
    public nint TargetStep;

    /// <summary>Rows of the target.</summary>
    public int Rows;

    /// <summary>Pixels of a row of the target.</summary>
    public int Columns;

    /// <summary>Channels of the register that are there.</summary>
    public int Lanes;

    public float Min;

    public float Max;
}

/// <summary>
/// Rows of 3 × 3 sums of one register of channels, from a source that holds every tap: weights
/// stay in registers, and four neighbours share what they load.
/// </summary>
internal static unsafe class NhwcDepthwiseTile
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V>(NhwcDepthwiseArgs* args) where V : unmanaged, IF32Lanes<V>
    {
        var w = args->Weights;
        var next = args->WeightStep;
        var (w00, w01, w02) = (V.Load(w), V.Load(w + next), V.Load(w + (2 * next)));
        w += 3 * next;
        var (w10, w11, w12) = (V.Load(w), V.Load(w + next), V.Load(w + (2 * next)));
        w += 3 * next;
        var (w20, w21, w22) = (V.Load(w), V.Load(w + next), V.Load(w + (2 * next)));
        var bias = V.Load(w + (3 * next));
        var (min, max) = (V.Broadcast(args->Min), V.Broadcast(args->Max));
        var (pixel, lanes) = (args->Pixel, (nint)args->Lanes);
        var step = args->StrideW * pixel;
        for (var row = 0; row < args->Rows; row++)
        {
            var x0 = args->Source + (row * args->StrideH * args->Line);
            var x1 = x0 + args->Line;
            var x2 = x1 + args->Line;
            var y = args->Target + (row * args->TargetLine);
            var j = args->Columns;
            for (; j >= 4; j -= 4)
            {
                var sums = new NhwcDepthwiseFour<V>(bias);
                if (step == pixel)
                {
                    sums.AddNeighbours(x0, pixel, w00, w01, w02);
                    sums.AddNeighbours(x1, pixel, w10, w11, w12);
                    sums.AddNeighbours(x2, pixel, w20, w21, w22);
                }
                else
                {
                    sums.Add(x0, step, pixel, w00, w01, w02);
                    sums.Add(x1, step, pixel, w10, w11, w12);
                    sums.Add(x2, step, pixel, w20, w21, w22);
                }

                sums.Store(y, args->TargetStep, lanes, min, max);
                x0 += 4 * step;
                x1 += 4 * step;
                x2 += 4 * step;
                y += 4 * args->TargetStep;
            }

            for (; j > 0; j--)
            {
                var sum = V.Fma(V.Load(x0), w00, bias);
                sum = V.Fma(V.Load(x0 + pixel), w01, sum);
                sum = V.Fma(V.Load(x0 + (2 * pixel)), w02, sum);
                sum = V.Fma(V.Load(x1), w10, sum);
                sum = V.Fma(V.Load(x1 + pixel), w11, sum);
                sum = V.Fma(V.Load(x1 + (2 * pixel)), w12, sum);
                sum = V.Fma(V.Load(x2), w20, sum);
                sum = V.Fma(V.Load(x2 + pixel), w21, sum);
                sum = V.Fma(V.Load(x2 + (2 * pixel)), w22, sum);
                NhwcLanes.Store(ConvEpilogue.Clamp(sum, min, max), y, lanes);
                x0 += step;
                x1 += step;
                x2 += step;
                y += args->TargetStep;
            }
        }
    }
}

/// <summary>The sums of four neighbours of a row.</summary>
internal unsafe struct NhwcDepthwiseFour<V>(V bias) where V : unmanaged, IF32Lanes<V>
{
    private V _0 = bias;
    private V _1 = bias;
    private V _2 = bias;
    private V _3 = bias;

    /// <summary>Adds a row of taps with stride 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddNeighbours(float* x, nint pixel, V w0, V w1, V w2)
    {
        var third = x + (3 * pixel);
        var (a, b, c) = (V.Load(x), V.Load(x + pixel), V.Load(x + (2 * pixel)));
        var (d, e, f) = (V.Load(third), V.Load(third + pixel), V.Load(third + (2 * pixel)));
        _0 = V.Fma(c, w2, V.Fma(b, w1, V.Fma(a, w0, _0)));
        _1 = V.Fma(d, w2, V.Fma(c, w1, V.Fma(b, w0, _1)));
        _2 = V.Fma(e, w2, V.Fma(d, w1, V.Fma(c, w0, _2)));
        _3 = V.Fma(f, w2, V.Fma(e, w1, V.Fma(d, w0, _3)));
    }

    /// <summary>Adds a row of taps with any stride.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float* x, nint step, nint pixel, V w0, V w1, V w2)
    {
        _0 = Taps(x, pixel, w0, w1, w2, _0);
        _1 = Taps(x + step, pixel, w0, w1, w2, _1);
        _2 = Taps(x + (2 * step), pixel, w0, w1, w2, _2);
        _3 = Taps(x + (3 * step), pixel, w0, w1, w2, _3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* y, nint step, nint lanes, V min, V max)
    {
        NhwcLanes.Store(ConvEpilogue.Clamp(_0, min, max), y, lanes);
        NhwcLanes.Store(ConvEpilogue.Clamp(_1, min, max), y + step, lanes);
        NhwcLanes.Store(ConvEpilogue.Clamp(_2, min, max), y + (2 * step), lanes);
        NhwcLanes.Store(ConvEpilogue.Clamp(_3, min, max), y + (3 * step), lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Taps(float* x, nint pixel, V w0, V w1, V w2, V sum) => V.Fma(
        V.Load(x + (2 * pixel)), w2, V.Fma(V.Load(x + pixel), w1, V.Fma(V.Load(x), w0, sum)));
}
