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
        fixed (float* x = singles)
        {
            UpdateLoop<AddOne, Problem>.Run<float>(new Problem { X = (byte*)x, Count = count });
        }
        fixed (double* x = doubles)
        {
            UpdateLoop<AddOne, Problem>.Run<double>(new Problem { X = (byte*)x, Count = count });
        }
        Assert.Equal([.. Enumerable.Repeat(1f, count), 0], singles);
        Assert.Equal([.. Enumerable.Repeat(1d, count), 0], doubles);
    }

    private struct Problem
    {
        public byte* X;
        public nint Count;
    }

    private readonly struct AddOne : IParameterUpdate<Problem>
    {
        public static int PerChunk => 100;

        public static nint Count(Problem* p) => p->Count;

        public static void Step<V>(Problem* p, nint at, nint n) where V : unmanaged, ILanes<V>
        {
            for (; n > 0; n -= V.Count, at += sizeof(V))
            {
                var part = nint.Min(V.Count, n);
                LaneWork.Store(LaneWork.Load<V>(p->X + at, part) + V.Const(1), p->X + at, part);
            }
        }
    }
}
