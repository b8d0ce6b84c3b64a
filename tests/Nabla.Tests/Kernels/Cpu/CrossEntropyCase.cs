using System.Numerics;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

/// <summary>A cross-entropy with its inputs, its kernel's results and its definition's.</summary>
internal sealed unsafe class CrossEntropyCase<T>(
    T[] x, long[] target, T[]? weight, int samples, int classes, int length,
    CrossEntropyOptions options)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public (long Bad, T[] Loss, T[] Saved) Forward()
    {
        var loss = new T[samples * length];
        var saved = new T[2 * samples * length];
        fixed (T* px = x, pw = weight, pl = loss, ps = saved)
        fixed (long* pt = target)
        {
            var bad = CrossEntropy.Forward(
                px, pt, pw, pl, ps, samples, classes, length, options);
            return (bad, loss, saved);
        }
    }

    public (double Total, T[] Divisor) Reduce(T[] loss, bool mean)
    {
        T total;
        var divisor = new T[1];
        fixed (T* pl = loss, pw = weight, pd = divisor)
        fixed (long* pt = target)
        {
            CrossEntropy.Reduce(pl, pt, pw, loss.Length, options, mean, &total, pd);
        }

        return (double.CreateChecked(total), divisor);
    }

    /// <summary>One upstream number stands for all positions.</summary>
    public T[] Backward(T[] gy, T[]? divisor, T[] saved)
    {
        var gx = new T[x.Length];
        fixed (T* pg = gy, pd = divisor, px = x, pw = weight, ps = saved, pgx = gx)
        fixed (long* pt = target)
        {
            CrossEntropy.Backward(
                pg, divisor is not null, pd, px, pt, pw, ps, pgx, samples, classes, length,
                options);
        }

        return gx;
    }

    public (double[] Losses, double[] Gradient) Expected(T[] gy)
    {
        var losses = new double[samples * length];
        var gradient = new double[x.Length];
        double W(long c) => weight is null ? 1 : double.CreateChecked(weight[c]);
        for (var position = 0; position < losses.Length; position++)
        {
            var t = target[position];
            if (t == options.IgnoreIndex)
            {
                continue;
            }

            long At(long c) =>
                (((position / length * classes) + c) * length) + (position % length);
            var all = Enumerable.Range(0, classes).ToArray();
            var sum = all.Sum(c => Math.Exp(double.CreateChecked(x[At(c)])));
            double LogP(long c) => double.CreateChecked(x[At(c)]) - Math.Log(sum);

            // The loss is −Σ q log p, so its gradient is p·Σ q − q.
            double Q(long c) => (c == t ? (1 - options.Smoothing) * W(t) : 0)
                + (options.Smoothing / classes * W(c));
            losses[position] = -all.Sum(c => Q(c) * LogP(c));
            foreach (var c in all)
            {
                gradient[At(c)] = double.CreateChecked(gy[position])
                    * ((Math.Exp(LogP(c)) * all.Sum(k => Q(k))) - Q(c));
            }
        }

        return (losses, gradient);
    }
}
