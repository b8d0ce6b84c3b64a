using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class AdamUpdateTests
{
    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(17, 0.3, 1)]
    [InlineData(8192, 0, 0.9)]
    [InlineData(20001, 0.1, 0.9)]
    public void Every_number_follows_the_formula(int count, double decay, double keep)
    {
        var actual = KernelData.OnAnyThreads(() => Run<float>(count, decay, keep, false));
        KernelData.Close<float>(Expected(count, decay, keep), actual, 2e-6);
        KernelData.Close<double>(
            Expected(count, decay, keep), Run<double>(count, decay, keep, false), 1e-13);
    }

    [Fact]
    public void Outputs_may_take_the_place_of_inputs() => Assert.Equal(
        Run<float>(10001, 0.1, 0.9, inPlace: false), Run<float>(10001, 0.1, 0.9, inPlace: true));

    private static double[] Expected(int count, double decay, double keep)
    {
        var (x, g, m, v) = (Data<double>(count, 1), Data<double>(count, 2), Data<double>(count, 3),
            Data<double>(count, 4));
        for (var i = 0; i < count; i++)
        {
            var gradient = g[i] + (decay * x[i]);
            m[i] = (0.8 * m[i]) + (0.2 * gradient);
            v[i] = (0.95 * v[i]) + (0.05 * gradient * gradient);
            x[i] = (x[i] * keep) - (0.1 * m[i] / ((Math.Sqrt(v[i]) * 1.5) + 1e-2));
        }
        return [.. x, .. m, .. v];
    }

    private static T[] Run<T>(int count, double decay, double keep, bool inPlace)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var (x, g, m, v) = (Data<T>(count, 1), Data<T>(count, 2), Data<T>(count, 3),
            Data<T>(count, 4));
        var (newX, newM, newV) = inPlace ? (x, m, v) : (new T[count], new T[count], new T[count]);
        fixed (T* px = x, pg = g, pm = m, pv = v, qx = newX, qm = newM, qv = newV)
        {
            AdamUpdate.Run<T>(new AdamProblem
            {
                Count = count,
                X = (byte*)px,
                Gradient = (byte*)pg,
                M = (byte*)pm,
                V = (byte*)pv,
                NewX = (byte*)qx,
                NewM = (byte*)qm,
                NewV = (byte*)qv,
                Beta1 = 0.8,
                Beta2 = 0.95,
                Epsilon = 1e-2,
                Rate = 0.1,
                SecondScale = 1.5,
                Decay = decay,
                Keep = keep,
            });
        }
        return [.. newX, .. newM, .. newV];
    }

    /// <summary>Positive numbers: a second moment is.</summary>
    private static T[] Data<T>(int count, int seed)
        where T : unmanaged, System.Numerics.INumberBase<T> =>
        [.. KernelData.Numbers<T>(count, seed).Select(T.Abs)];
}
