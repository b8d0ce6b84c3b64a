using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

/// <summary>Pooling geometries that the pools' tests share.</summary>
internal static class PoolCases
{
    /// <summary>A 5 × 5 plane whose poolings PyTorch gave.</summary>
    public static readonly float[] Plane = [
        3, 1, 2, 5, 4,
        9, 7, 8, 6, 0,
        2, 2, 1, 1, 3,
        4, 0, 5, 9, 8,
        6, 6, 7, 1, 2];

    /// <summary>Planes, then height, width, kernel, stride, pad, dilation and ceil mode.</summary>
    public static TheoryData<int, int, int, int, int, int, int, bool> All => new()
    {
        { 3, 8, 8, 2, 2, 0, 1, false },
        { 300, 28, 28, 2, 2, 0, 1, false },
        { 5, 10, 10, 2, 2, 0, 1, false },
        { 2, 17, 19, 2, 2, 0, 1, true },
        { 2, 17, 35, 3, 2, 1, 1, false },
        { 2, 16, 36, 3, 2, 1, 1, true },
        { 2, 12, 21, 3, 1, 1, 1, false },
        { 2, 12, 40, 3, 1, 1, 2, false },
        { 2, 30, 41, 3, 2, 1, 2, true },
        { 2, 13, 50, 3, 3, 1, 1, false },
        { 2, 13, 50, 2, 3, 1, 1, true },
        { 2, 9, 34, 5, 2, 2, 1, false },
        { 4, 3, 3, 3, 1, 1, 1, false },
        { 1, 1, 1, 1, 1, 0, 1, false },
        { 70, 17, 17, 5, 3, 0, 1, false },
        { 20, 13, 13, 3, 2, 1, 1, true },
        { 0, 8, 8, 2, 2, 0, 1, false },
    };

    public static PoolWindow Square(
        int height, int width, int kernel, int stride, int pad, int dilation, bool ceilMode) =>
        new(height, width)
        {
            KernelHeight = kernel,
            KernelWidth = kernel,
            StrideHeight = stride,
            StrideWidth = stride,
            PadHeight = pad,
            PadWidth = pad,
            DilationHeight = dilation,
            DilationWidth = dilation,
            CeilMode = ceilMode,
        };
}
