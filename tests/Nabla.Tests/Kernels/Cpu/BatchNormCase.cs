using System.Numerics;
using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Tests.Kernels.Cpu;

/// <summary>
/// A batch normalization with random inputs, its kernel's results and its definition's.
/// </summary>
internal sealed unsafe class BatchNormCase<T>
    where T : unmanaged, INumberBase<T>
{
    private const double Epsilon = 1e-5;
    private readonly int _samples;
    private readonly int _channels;
    private readonly int _length;
    private readonly bool _affine;

    public BatchNormCase(int samples, int channels, int length, bool affine)
    {
        (_samples, _channels, _length, _affine) = (samples, channels, length, affine);
        X = KernelData.Numbers<T>(samples * channels * length);
        Gy = KernelData.Numbers<T>(X.Length, seed: 2);
        Weight = KernelData.Numbers<T>(channels, seed: 3);
        Bias = KernelData.Numbers<T>(channels, seed: 4);
    }

    public T[] X { get; }

    public T[] Gy { get; }

    public T[] Weight { get; }

    public T[] Bias { get; }

    public (T[] Y, T[] Mean, T[] Variance, T[] InvStd) Train()
    {
        var (y, mean, variance, invStd) = (
            new T[X.Length], new T[_channels], new T[_channels], new T[_channels]);
        fixed (T* px = X, pw = Weight, pb = Bias, py = y, pm = mean, pv = variance, ps = invStd)
        {
            BatchNorm.Forward(DTypes.Of<T>(), new()
            {
                X = (byte*)px,
                Weight = _affine ? (byte*)pw : null,
                Bias = _affine ? (byte*)pb : null,
                Y = (byte*)py,
                Mean = (byte*)pm,
                Variance = (byte*)pv,
                InvStd = (byte*)ps,
                Shape = new(_samples, _channels, _length),
                Epsilon = Epsilon,
                Training = true,
            });
        }

        return (y, mean, variance, invStd);
    }

    public T[] Infer(T[] mean, T[] variance)
    {
        var y = new T[X.Length];
        fixed (T* px = X, pw = Weight, pb = Bias, py = y, pm = mean, pv = variance)
        {
            BatchNorm.Forward(DTypes.Of<T>(), new()
            {
                X = (byte*)px,
                Weight = _affine ? (byte*)pw : null,
                Bias = _affine ? (byte*)pb : null,
                Y = (byte*)py,
                Mean = (byte*)pm,
                Variance = (byte*)pv,
                Shape = new(_samples, _channels, _length),
                Epsilon = Epsilon,
            });
        }

        return y;
    }

    public (T[] Gx, T[] Gweight, T[] Gbias) Backward(T[] mean, T[] invStd, bool training)
    {
        var (gx, gweight, gbias) = (new T[X.Length], new T[_channels], new T[_channels]);
        fixed (T* pg = Gy, px = X, pw = Weight, pm = mean, ps = invStd)
        fixed (T* qx = gx, qw = gweight, qb = gbias)
        {
            var work = new BatchNorm.BackwardWork
            {
                Gy = (byte*)pg,
                X = (byte*)px,
                Weight = _affine ? (byte*)pw : null,
                Mean = (byte*)pm,
                InvStd = (byte*)ps,
                Shape = new(_samples, _channels, _length),
                Training = training,
            };
            BatchNorm.Backward(DTypes.Of<T>(), work);
            work.Gx = (byte*)qx;
            work.Gweight = (byte*)qw;
            work.Gbias = (byte*)qb;
            BatchNorm.Backward(DTypes.Of<T>(), work);
        }

        return (gx, gweight, gbias);
    }

    /// <summary>The mean and the biased variance of every channel.</summary>
    public (double[] Mean, double[] Variance) Statistics()
    {
        var (mean, variance) = (new double[_channels], new double[_channels]);
        for (var c = 0; c < _channels; c++)
        {
            var values = Places(c).Select(p => double.CreateChecked(X[p])).ToArray();
            mean[c] = values.Average();
            variance[c] = values.Average(v => (v - mean[c]) * (v - mean[c]));
        }

        return (mean, variance);
    }

    public double[] Normalized(double[] mean, double[] variance)
    {
        var y = new double[X.Length];
        for (var c = 0; c < _channels; c++)
        {
            var scale = WeightOf(c) / Math.Sqrt(variance[c] + Epsilon);
            var bias = _affine ? double.CreateChecked(Bias[c]) : 0;
            foreach (var p in Places(c))
            {
                y[p] = ((double.CreateChecked(X[p]) - mean[c]) * scale) + bias;
            }
        }

        return y;
    }

    public (double[] Gx, double[] Gweight, double[] Gbias) Gradients(
        double[] mean, double[] variance, bool training)
    {
        var (gx, gweight, gbias) = (
            new double[X.Length], new double[_channels], new double[_channels]);
        for (var c = 0; c < _channels; c++)
        {
            var invStd = 1 / Math.Sqrt(variance[c] + Epsilon);
            double Hat(int p) => (double.CreateChecked(X[p]) - mean[c]) * invStd;
            foreach (var p in Places(c))
            {
                gweight[c] += double.CreateChecked(Gy[p]) * Hat(p);
                gbias[c] += double.CreateChecked(Gy[p]);
            }

            var count = training ? _samples * _length : double.PositiveInfinity;
            foreach (var p in Places(c))
            {
                var centered = double.CreateChecked(Gy[p]) - (gbias[c] / count)
                    - (Hat(p) * gweight[c] / count);
                gx[p] = WeightOf(c) * invStd * centered;
            }
        }

        return (gx, gweight, gbias);
    }

    private double WeightOf(int channel) =>
        _affine ? double.CreateChecked(Weight[channel]) : 1;

    private IEnumerable<int> Places(int channel) =>
        from n in Enumerable.Range(0, _samples)
        from i in Enumerable.Range(0, _length)
        select (((n * _channels) + channel) * _length) + i;
}
