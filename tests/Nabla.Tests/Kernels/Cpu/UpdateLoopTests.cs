using System.Numerics;
using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class UpdateLoopTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(1234)]
    public void EveryNumberIsUpdatedOnce(int count)
    {
        var singles = new float[count + 1];
        var doubles = new double[count + 1];
        var (one, oneDouble) = (Ones<float>(count), Ones<double>(count));
        fixed (float* x = singles, g = one)
        {
            UpdateLoop<AddGradient, Problem>.Run<float>(
                new Problem { X = (byte*)x, Gradient = (byte*)g, Count = count });
        }
        fixed (double* x = doubles, g = oneDouble)
        {
            UpdateLoop<AddGradient, Problem>.Run<double>(
                new Problem { X = (byte*)x, Gradient = (byte*)g, Count = count });
        }
        Assert.Equal([.. Enumerable.Repeat(1f, count), 0], singles);
        Assert.Equal([.. Enumerable.Repeat(1d, count), 0], doubles);
    }

    /// <summary>Products that come tile by tile, along the rows, apart (too long a k, a vector, an
    /// empty k), and with edges.</summary>
    [Theory]
    [InlineData(13, 31, 5)]
    [InlineData(100, 70, 64)]
    [InlineData(30, 45, 512)]
    [InlineData(30, 45, 513)]
    [InlineData(1, 300, 20)]
    [InlineData(300, 1, 20)]
    [InlineData(40, 50, 0)]
    [InlineData(0, 50, 3)]
    [InlineData(2100, 1030, 16)]
    [InlineData(1030, 2100, 64)]
    public void AProductUpdatesWithTheBitsOfTheProductAndThenTheUpdate(int m, int n, int k)
    {
        Check<float>(m, n, k);
        Check<double>(m, n, k);
    }

    private static void Check<T>(int m, int n, int k)
        where T : unmanaged, INumberBase<T>
    {
        var (a, b) = (KernelData.Numbers<T>(m * k, 1), KernelData.Numbers<T>(k * n, 2));
        var (start, gradient) = (KernelData.Numbers<T>(m * n, 3), new T[m * n]);
        var expected = start.ToArray();
        fixed (T* pa = a, pb = b, pg = gradient, x = expected)
        {
            Gemm.Run(m, n, k, pa, 1, m, pb, n, 1, pg, n, default);
            UpdateLoop<AddGradient, Problem>.Run<T>(
                new Problem { X = (byte*)x, Gradient = (byte*)pg, Count = m * n });
        }
        Assert.Equal(expected, KernelData.OnAnyThreads(() => Product(m, n, k, a, b, start)));
    }

    private static T[] Product<T>(int m, int n, int k, T[] a, T[] b, T[] start)
        where T : unmanaged
    {
        var actual = start.ToArray();
        fixed (T* pa = a, pb = b, x = actual)
        {
            UpdateLoop<AddGradient, Problem>.Run(
                new Problem { X = (byte*)x, Count = m * n },
                new GemmProblem<T>
                {
                    M = m,
                    N = n,
                    K = k,
                    A = pa,
                    ARow = 1,
                    ACol = m,
                    B = pb,
                    BRow = n,
                    BCol = 1,
                    C = x,
                    Ldc = n,
                });
        }
        return actual;
    }

    private static T[] Ones<T>(int count) where T : INumberBase<T> =>
        [.. Enumerable.Repeat(T.One, count)];

    private struct Problem
    {
        public byte* X;
        public byte* Gradient;
        public nint Count;
    }

    private readonly struct AddGradient : IParameterUpdate<Problem>
    {
        public static int PerChunk => 100;

        public static nint Count(Problem* p) => p->Count;

        public static byte* Gradient(Problem* p) => p->Gradient;

        public static nint Beside(Problem* p) => 0;

        public static void Step<V>(Problem* p, UpdateTile* tile) where V : unmanaged, ILanes<V>
        {
            do
            {
                for (nint i = 0; i < tile->Columns; i += V.Count)
                {
                    var part = nint.Min(V.Count, tile->Columns - i);
                    var from = p->X + tile->At;
                    var bytes = i * LaneWork.Size<V>();
                    var g = LaneWork.Load<V>(tile->Gradient + bytes, part);
                    LaneWork.Store(
                        LaneWork.Load<V>(from + bytes, part) + g, from + bytes, part);
                }
            }
            while (tile->Next());
        }
    }
}
