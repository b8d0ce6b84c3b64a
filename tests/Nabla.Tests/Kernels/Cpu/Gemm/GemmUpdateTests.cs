using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class GemmUpdateTests
{
    /// <summary>Each number's place goes to the step once, with its gradient and no other.
    /// </summary>
    [Theory]
    [InlineData(37, 75, 9)]
    [InlineData(64, 64, 600)]
    [InlineData(1, 64, 5)]
    [InlineData(2100, 1001, 3)]
    public void EveryPlaceIsGivenOnceWithItsGradient(int m, int n, int k)
    {
        var (a, b) = (KernelData.Numbers<float>(m * k, 1), KernelData.Numbers<float>(k * n, 2));
        // Distances of rows that are not their length.
        var ldc = n + 5;
        var (plain, seen) = (new float[m * ldc], new float[m * ldc]);
        fixed (float* pa = a, pb = b, c = plain, s = seen)
        {
            Gemm.Run(m, n, k, pa, k, 1, pb, n, 1, c, ldc, default);
            var update = new GemmUpdate { Run = &Add, Problem = s, Origin = (byte*)s };
            Gemm.Run(m, n, k, pa, k, 1, pb, n, 1, s, ldc, new GemmEpilogue { Update = &update });
        }
        Assert.Equal(plain, seen);
    }

    private static void Add(void* x, UpdateTile* tile)
    {
        do
        {
            for (var i = 0; i < tile->Columns; i++)
            {
                ((float*)((byte*)x + tile->At))[i] += ((float*)tile->Gradient)[i];
            }
        }
        while (tile->Next());
    }
}
