using System.Numerics;
using System.Runtime.CompilerServices;
using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void CrossEntropy(Tensor x, Tensor target, Tensor? weight, Tensor loss, Tensor saved,
        Tensor divisor, in CrossEntropySettings settings)
    {
        if (x.DType == DType.Float32)
        {
            Lose<float>(x, target, weight, loss, saved, divisor, in settings);
        }
        else
        {
            Lose<double>(x, target, weight, loss, saved, divisor, in settings);
        }
    }

    /// <inheritdoc/>
    public void CrossEntropyBackward(Tensor gloss, Tensor x, Tensor target, Tensor? weight,
        Tensor saved, Tensor divisor, Tensor gx, in CrossEntropySettings settings)
    {
        if (x.DType == DType.Float32)
        {
            Regain<float>(gloss, x, target, weight, saved, divisor, gx, in settings);
        }
        else
        {
            Regain<double>(gloss, x, target, weight, saved, divisor, gx, in settings);
        }
    }

    private static void Lose<T>(Tensor x, Tensor target, Tensor? weight, Tensor loss, Tensor saved,
        Tensor divisor, in CrossEntropySettings settings)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (samples, classes, length) = Around(x.Shape, 1);
        var options = new CrossEntropyOptions(settings.IgnoreIndex, settings.Smoothing);
        var targets = (long*)target.Pointer;
        using var scratch = Scratch.Rent<T>((nint)(settings.IsReduced ? samples * length : 0));
        var each = settings.IsReduced ? (T*)scratch.Pointer : (T*)loss.Pointer;
        var bad = Kernels.Cpu.CrossEntropy.Forward((T*)x.Pointer, targets, Data<T>(weight), each,
            (T*)saved.Pointer, samples, classes, length, in options);
        if (bad >= 0)
        {
            ThrowTarget(targets[bad], bad, target.Shape, classes);
        }
        if (settings.IsReduced)
        {
            Kernels.Cpu.CrossEntropy.Reduce(each, targets, Data<T>(weight), samples * length,
                in options, settings.IsMean, (T*)loss.Pointer, (T*)divisor.Pointer);
        }
        else
        {
            *(T*)divisor.Pointer = T.One;
        }
        KeepAlive(x, target, weight, loss, saved, divisor);
    }

    private static void Regain<T>(Tensor gloss, Tensor x, Tensor target, Tensor? weight,
        Tensor saved, Tensor divisor, Tensor gx, in CrossEntropySettings settings)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (samples, classes, length) = Around(x.Shape, 1);
        var options = new CrossEntropyOptions(settings.IgnoreIndex, settings.Smoothing);
        Kernels.Cpu.CrossEntropy.Backward((T*)gloss.Pointer, settings.IsReduced,
            (T*)divisor.Pointer, (T*)x.Pointer, (long*)target.Pointer, Data<T>(weight),
            (T*)saved.Pointer, (T*)gx.Pointer, samples, classes, length, in options);
        KeepAlive(gloss, x, target, weight, saved, divisor, gx);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowTarget(long target, long position, Shape shape, long classes)
    {
        var index = new long[shape.Rank];
        for (var i = shape.Rank - 1; i >= 0; i--)
        {
            index[i] = position % shape.Dims[i];
            position /= shape.Dims[i];
        }
        throw new ArgumentOutOfRangeException(nameof(target),
            $"CrossEntropy: the target at [{string.Join(", ", index)}] is {target}, but there are "
            + $"{classes} classes, 0 … {classes - 1}");
    }
}
