using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class LaneWorkTests
{
    [Fact]
    public void EveryWidthReadsWritesAndFoldsTheSame()
    {
        Check<F32x4>();
        Check<F64x1>();
        if (Simd.Medium)
        {
            Check<F32x8>();
        }

        if (Simd.Wide)
        {
            Check<F32x16>();
        }
    }

    [Fact]
    public void LanesHaveTheElementsType()
    {
        var size = 0;
        LaneWork.Run<float, Measure>(new(&size));
        Assert.Equal(sizeof(float), size);
        LaneWork.Run<double, Measure>(new(&size));
        Assert.Equal(sizeof(double), size);
        LaneWork.Run(DType.Float32, new Measure(&size));
        Assert.Equal(sizeof(float), size);
        LaneWork.Run(DType.Float64, new Measure(&size));
        Assert.Equal(sizeof(double), size);
    }

    private static void Check<V>()
        where V : unmanaged, ILanes<V>
    {
        var size = LaneWork.Size<V>();
        var x = stackalloc byte[2 * sizeof(V)];
        var y = stackalloc byte[sizeof(V)];
        for (var i = 0; i < 2 * V.Count; i++)
        {
            LaneWork.Write<V>(i + 1, x + (i * size));
        }

        for (var n = 0; n <= V.Count; n++)
        {
            var part = LaneWork.Load<V>(x, n);
            Assert.Equal(n * (n + 1) / 2, LaneWork.Sum(part));
            Assert.Equal(n, LaneWork.Max(part));
            Assert.Equal(V.Count + n, LaneWork.Sum(LaneWork.First(V.Const(2), n, V.Const(1))));

            V.Store(V.Const(9), y);
            LaneWork.Store(part, y, n);
            for (var i = 0; i < V.Count; i++)
            {
                Assert.Equal(i < n ? i + 1 : 9, LaneWork.Read<V>(y + (i * size)));
            }
        }

        var bad = V.Const(1);
        LaneWork.Write<V>(double.NaN, (byte*)&bad + ((V.Count - 1) * size));
        Assert.True(double.IsNaN(LaneWork.Max(bad)));
        Assert.Equal(double.NegativeInfinity, LaneWork.Max(V.Lowest));
    }

    private readonly struct Measure(int* size) : ILaneWork
    {
        public void Run<V>() where V : unmanaged, ILanes<V> => *size = LaneWork.Size<V>();
    }
}
