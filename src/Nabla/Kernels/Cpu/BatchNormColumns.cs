using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Batch normalization of (samples, channels) matrices: channels that lie side by side, one a lane.
/// </summary>
internal static unsafe class BatchNormColumns<V> where V : unmanaged, ILanes<V>
{
    /// <summary>Samples whose sum is taken apart, so that rounding errors stay small.</summary>
    private const int Block = 64;

    /// <summary>
    /// Writes the output of up to V.Count channels and, in training, their statistics.
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Forward(in BatchNorm.ForwardWork work, nint channel)
    {
        var at = channel * LaneWork.Size<V>();
        var lanes = nint.Min(V.Count, (nint)work.Shape.Channels - channel);
        var (samples, step) = Rows(work.Shape);
        V mean, variance;
        if (work.Training)
        {
            mean = Mean(work.X + at, samples, step, lanes);
            variance = Variance(work.X + at, samples, step, lanes, ref mean);
            LaneWork.Store(mean, work.Mean + at, lanes);
            LaneWork.Store(variance, work.Variance + at, lanes);
        }
        else
        {
            mean = LaneWork.Load<V>(work.Mean + at, lanes);
            variance = LaneWork.Load<V>(work.Variance + at, lanes);
        }

        var scale = V.Const(1) / V.Sqrt(variance + V.Const(work.Epsilon));
        if (work.Training)
        {
            LaneWork.Store(scale, work.InvStd + at, lanes);
        }

        if (work.Weight is not null)
        {
            scale *= LaneWork.Load<V>(work.Weight + at, lanes);
        }

        var bias = work.Bias is null ? V.Const(0) : LaneWork.Load<V>(work.Bias + at, lanes);
        for (nint r = 0; r < samples; r++, at += step)
        {
            var deviation = LaneWork.Load<V>(work.X + at, lanes) - mean;
            var value = V.Fma(deviation, scale, bias);
            if (work.Residual is not null)
            {
                value += LaneWork.Load<V>(work.Residual + at, lanes);
            }

            value = work.Upper switch
            {
                null => value,
                double.PositiveInfinity => BatchNormRelu.Limit(value, value),
                { } upper => BatchNormClamp.Limit(value, V.Const(upper)),
            };
            LaneWork.Store(value, work.Y + at, lanes);
        }
    }

    /// <summary>Writes the gradients of up to V.Count channels.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Backward(in BatchNorm.BackwardWork work, nint channel)
    {
        var at = channel * LaneWork.Size<V>();
        var lanes = nint.Min(V.Count, (nint)work.Shape.Channels - channel);
        var (samples, step) = Rows(work.Shape);
        var mean = LaneWork.Load<V>(work.Mean + at, lanes);
        var invStd = LaneWork.Load<V>(work.InvStd + at, lanes);
        var scale = work.Weight is null ? invStd
            : invStd * LaneWork.Load<V>(work.Weight + at, lanes);
        var bias = work.Bias is null ? V.Const(0) : LaneWork.Load<V>(work.Bias + at, lanes);
        var (sum, dot) = (V.Const(0), V.Const(0));
        for (nint r = 0, i = at; r < samples && work.NeedsSums; r++, i += step)
        {
            var deviation = LaneWork.Load<V>(work.X + i, lanes) - mean;
            var gradient = Passed(work, i, lanes, V.Fma(deviation, scale, bias));
            if (work.Joined is not null)
            {
                LaneWork.Store(gradient, work.Joined + i, lanes);
            }

            sum += gradient;
            dot = V.Fma(gradient, deviation, dot);
        }

        if (work.Gweight is not null)
        {
            LaneWork.Store(dot * invStd, work.Gweight + at, lanes);
        }

        if (work.Gbias is not null)
        {
            LaneWork.Store(sum, work.Gbias + at, lanes);
        }

        if (work.Gx is null)
        {
            return;
        }

        var share = -scale / V.Const(samples);
        var slope = share * invStd * invStd * dot;
        var shift = share * sum;
        for (nint r = 0; r < samples; r++, at += step)
        {
            var deviation = LaneWork.Load<V>(work.X + at, lanes) - mean;
            var gradient = scale * (work.Joined is null
                ? Passed(work, at, lanes, V.Fma(deviation, scale, bias))
                : LaneWork.Load<V>(work.Joined + at, lanes));
            if (work.Training)
            {
                gradient += V.Fma(deviation, slope, shift);
            }

            LaneWork.Store(gradient, work.Gx + at, lanes);
        }
    }

    /// <summary>The gradient of an output, 0 where a limit or the mask stops it.</summary>
    [MethodImpl(AggressiveInlining)]
    private static V Passed(in BatchNorm.BackwardWork work, nint at, nint lanes, V y)
    {
        var gradient = LaneWork.Load<V>(work.Gy + at, lanes);
        if (work.Other is not null)
        {
            gradient += LaneWork.Load<V>(work.Other + at, lanes);
        }

        if (work.Mask is not null)
        {
            gradient = BatchNormRelu.Pass(
                gradient, LaneWork.Load<V>(work.Mask + at, lanes), gradient);
        }

        return work.Upper switch
        {
            null => gradient,
            double.PositiveInfinity => BatchNormRelu.Pass(gradient, y, y),
            { } upper => BatchNormClamp.Pass(gradient, y, V.Const(upper)),
        };
    }

    private static (nint Samples, nint Step) Rows(in BatchNorm.Sizes shape) =>
        ((nint)shape.Samples, (nint)shape.Channels * LaneWork.Size<V>());

    [MethodImpl(AggressiveInlining)]
    private static V Mean(byte* x, nint samples, nint step, nint lanes)
    {
        var total = V.Const(0);
        for (nint block = 0; block < samples; block += Block)
        {
            var sum = V.Const(0);
            for (var r = block; r < nint.Min(samples, block + Block); r++)
            {
                sum += LaneWork.Load<V>(x + (r * step), lanes);
            }

            total += sum;
        }

        return total / V.Const(samples);
    }

    /// <summary>
    /// The biased variance around a mean that rounding may have moved: the deviations' own mean
    /// says how far, which mends both (Chan, Golub, LeVeque 1983).
    /// </summary>
    [MethodImpl(AggressiveInlining)]
    private static V Variance(byte* x, nint samples, nint step, nint lanes, ref V mean)
    {
        var center = mean;
        var (total, totalSquares) = (V.Const(0), V.Const(0));
        for (nint block = 0; block < samples; block += Block)
        {
            var (sum, squares) = (V.Const(0), V.Const(0));
            for (var r = block; r < nint.Min(samples, block + Block); r++)
            {
                var deviation = LaneWork.Load<V>(x + (r * step), lanes) - center;
                sum += deviation;
                squares = V.Fma(deviation, deviation, squares);
            }

            total += sum;
            totalSquares += squares;
        }

        var shift = total / V.Const(samples);
        mean = center + shift;
        return (totalSquares / V.Const(samples)) - (shift * shift);
    }
}
