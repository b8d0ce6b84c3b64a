using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class SgdUpdateTests
{
    [Theory]
    [InlineData(1, false, false)]
    [InlineData(35, true, false)]
    [InlineData(16384, true, true)]
    [InlineData(40001, true, false)]
    [InlineData(40001, false, false)]
    public void Every_number_follows_the_formula(int count, bool velocity, bool nesterov)
    {
        var actual = KernelData.OnAnyThreads(() => Run<float>(count, velocity, nesterov, false));
        KernelData.Close<float>(Expected(count, velocity, nesterov), actual, 1e-6);
        KernelData.Close<double>(Expected(count, velocity, nesterov),
            Run<double>(count, velocity, nesterov, false), 1e-14);
    }

    [Fact]
    public void Outputs_may_take_the_place_of_inputs() => Assert.Equal(
        Run<float>(20001, true, true, inPlace: false),
        Run<float>(20001, true, true, inPlace: true));

    private static double[] Expected(int count, bool velocity, bool nesterov)
    {
        var (x, g, v) = (KernelData.Numbers<double>(count, 1),
            KernelData.Numbers<double>(count, 2), KernelData.Numbers<double>(count, 3));
        for (var i = 0; i < count; i++)
        {
            var gradient = g[i] + (0.25 * x[i]);
            if (velocity)
            {
                v[i] = (0.75 * v[i]) + (0.5 * gradient);
                gradient = nesterov ? gradient + (0.75 * v[i]) : v[i];
            }
            x[i] -= 0.125 * gradient;
        }
        return velocity ? [.. x, .. v] : x;
    }

    private static T[] Run<T>(int count, bool velocity, bool nesterov, bool inPlace)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var (x, g, v) = (KernelData.Numbers<T>(count, 1), KernelData.Numbers<T>(count, 2),
            KernelData.Numbers<T>(count, 3));
        var (newX, newV) = inPlace ? (x, v) : (new T[count], new T[count]);
        fixed (T* px = x, pg = g, pv = v, qx = newX, qv = newV)
        {
            SgdUpdate.Run<T>(new SgdProblem
            {
                Count = count,
                X = (byte*)px,
                Gradient = (byte*)pg,
                Velocity = velocity ? (byte*)pv : null,
                NewX = (byte*)qx,
                NewVelocity = velocity ? (byte*)qv : null,
                Rate = 0.125,
                Decay = 0.25,
                Momentum = 0.75,
                Share = 0.5,
                Nesterov = nesterov,
            });
        }
        return velocity ? [.. newX, .. newV] : newX;
    }
}
