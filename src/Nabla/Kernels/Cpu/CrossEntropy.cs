using System.Numerics;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Cross-entropy of logits with class indices (torch.nn.CrossEntropyLoss), fused: the softmax is
/// never stored. With p = softmax(x), class weights w (1 when null), smoothing ε and C classes, the
/// loss of a target t is (1 − ε)·w[t]·(−log p[t]) + ε/C · Σ w[c]·(−log p[c]), and 0 for the target
/// that is ignored. Layouts: x (samples, classes, length), target and loss (samples, length),
/// weight (classes), contiguous; float or double.
/// </summary>
internal static unsafe class CrossEntropy
{
    /// <summary>
    /// Writes every position's loss and, for the gradient, two numbers of its softmax: the largest
    /// logit m and log Σ exp(x − m), as <paramref name="saved"/> (2, samples, length).
    /// </summary>
    /// <returns>
    /// −1, or the first position whose target is no class; then nothing was written.
    /// </returns>
    public static long Forward<T>(
        T* x, long* target, T* weight, T* loss, T* saved,
        long samples, long classes, long length, in CrossEntropyOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var bad = GatherIndices.FirstBad(target, samples * length, classes, options.IgnoreIndex);
        if (bad < 0)
        {
            LaneWork.Run<T, CrossEntropyForward>(new(
                CrossEntropyBatch.Of(x, target, weight, saved, samples, classes, length, options),
                (byte*)loss));
        }

        return bad;
    }

    /// <summary>
    /// Folds the losses of all positions into their sum or, with <paramref name="mean"/>, into
    /// Σ loss / Σ w[t] over the targets that are not ignored (NaN when all are), and writes the
    /// divisor: 1 or Σ w[t].
    /// </summary>
    public static void Reduce<T>(
        T* loss, long* target, T* weight, long count, in CrossEntropyOptions options, bool mean,
        T* total, T* divisor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double sum = 0;
        double weights = 0;
        for (long i = 0; i < count; i++)
        {
            sum += double.CreateTruncating(loss[i]);
            if (target[i] != options.IgnoreIndex)
            {
                weights += weight is null ? 1 : double.CreateTruncating(weight[target[i]]);
            }
        }

        *divisor = mean ? T.CreateTruncating(weights) : T.One;
        *total = T.CreateTruncating(mean ? sum / weights : sum);
    }

    /// <summary>
    /// The logits' gradient: with g the upstream gradient over the divisor, gx[c] = g·((1 −
    /// ε)·w[t]·(p[c] − [c = t]) + ε/C·(p[c]·Σ w − w[c])), and 0 where ignored. gy is (samples,
    /// length), or with <paramref name="reduced"/> one number; the divisor is one number, as <see
    /// cref="Reduce"/> wrote it, or null for 1.
    /// </summary>
    public static void Backward<T>(
        T* gy, bool reduced, T* divisor, T* x, long* target, T* weight, T* saved, T* gx,
        long samples, long classes, long length, in CrossEntropyOptions options)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        LaneWork.Run<T, CrossEntropyBackward>(new(
            CrossEntropyBatch.Of(x, target, weight, saved, samples, classes, length, options),
            (byte*)gy, reduced, divisor is null ? 1 : double.CreateTruncating(*divisor),
            (byte*)gx));
}
