using System.Numerics;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed class GemmLevelTests
{
    private static readonly (int M, int N, int K)[] s_shapes =
    [
        (1, 1, 1), (1, 50, 70), (50, 1, 70), (5, 40, 100), (40, 5, 100), (31, 33, 35),
        (70, 300, 40), (300, 70, 400), (20, 30, 4200), (0, 3, 3), (3, 3, 0),
    ];

    [Fact]
    public void EveryLevelOfFloat32IsRight() => GemmLevels.Float32(new Use<float>());

    [Fact]
    public void EveryLevelOfFloat64IsRight() => GemmLevels.Float64(new Use<double>());

    private sealed class Use<T> : GemmLevels.IUse<T>
        where T : unmanaged, INumber<T>
    {
        public void On<S, V>()
            where S : struct, IGemmLanes<V, T>
            where V : unmanaged
        {
            foreach (var (m, n, k) in s_shapes)
            {
                var product = new GemmCase<T>(m, n, k);
                foreach (var a in Enum.GetValues<Layout>())
                {
                    foreach (var b in Enum.GetValues<Layout>())
                    {
                        product.Check(GemmRouter<S, V, T>.Run, a, b);
                        product.Check(GemmRouter<S, V, T>.Run, a, b, true, true, true);
                    }
                }
            }
        }
    }
}
