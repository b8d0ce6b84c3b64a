using System.Numerics;

namespace Nabla.Kernels.Cpu;

/// <summary>What both passes of <see cref="CrossEntropy"/> read.</summary>
internal unsafe struct CrossEntropyBatch
{
    /// <summary>Logits, class weights or null, and the softmaxes' maxima and logarithms.</summary>
    public byte* X, Weight, Max, LogSum;

    /// <summary>The class indices.</summary>
    public long* Target;

    /// <summary>Sizes of the logits (samples, classes, length).</summary>
    public long Samples, Classes, Length;

    /// <summary>Σ w over all classes.</summary>
    public double WeightSum;

    /// <summary>The target to ignore, and the smoothing.</summary>
    public CrossEntropyOptions Options;

    /// <summary>Gathers them.</summary>
    public static CrossEntropyBatch Of<T>(
        T* x, long* target, T* weight, T* saved,
        long samples, long classes, long length, in CrossEntropyOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double sum = classes;
        if (weight is not null)
        {
            sum = 0;
            for (long c = 0; c < classes; c++)
            {
                sum += double.CreateTruncating(weight[c]);
            }
        }

        return new()
        {
            X = (byte*)x,
            Weight = (byte*)weight,
            Max = (byte*)saved,
            LogSum = (byte*)(saved + (samples * length)),
            Target = target,
            Samples = samples,
            Classes = classes,
            Length = length,
            WeightSum = sum,
            Options = options,
        };
    }

    /// <summary>The share of the loss that every class has: ε/C.</summary>
    public readonly double Spread => Options.Smoothing / Classes;

    /// <summary>(1 − ε)·w[t] of a position, or null where its target is ignored.</summary>
    public readonly double? Sharp<V>(long position)
        where V : unmanaged, ILanes<V>
    {
        var target = Target[position];
        if (target == Options.IgnoreIndex)
        {
            return null;
        }

        var weight = Weight is null ? 1 : LaneWork.Read<V>(Weight + (target * LaneWork.Size<V>()));
        return (1 - Options.Smoothing) * weight;
    }
}
