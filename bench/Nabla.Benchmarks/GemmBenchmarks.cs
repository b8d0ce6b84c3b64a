using BenchmarkDotNet.Attributes;
using Nabla.Kernels.Cpu;

namespace Nabla.Benchmarks;

/// <summary>Matrix products: squares, a small batch through a weight, a weight's gradient.
/// </summary>
public unsafe class GemmBenchmarks
{
    private Numbers _a = null!;
    private Numbers _b = null!;
    private Numbers _c = null!;

    /// <summary>M×N×K.</summary>
    [Params("1024x1024x1024", "256x256x784", "32x256x256", "1x4096x4096", "16x4096x4096")]
    public string Size { get; set; } = "";

    private (int M, int N, int K) Sizes
    {
        get
        {
            var sizes = Array.ConvertAll(Size.Split('x'), int.Parse);
            return (sizes[0], sizes[1], sizes[2]);
        }
    }

    [GlobalSetup]
    public void Setup()
    {
        var (m, n, k) = Sizes;
        (_a, _b, _c) = (new((long)m * k), new((long)n * k), new((long)m * n));
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _a.Dispose();
        _b.Dispose();
        _c.Dispose();
    }

    /// <summary>C = A·B, both row-major.</summary>
    [Benchmark(Baseline = true)]
    public void Plain()
    {
        var (m, n, k) = Sizes;
        Gemm.Run(m, n, k, _a.Pointer, k, 1, _b.Pointer, n, 1, _c.Pointer, n, default);
    }

    /// <summary>C = A·Bᵀ: a linear layer's forward.</summary>
    [Benchmark]
    public void RightTransposed()
    {
        var (m, n, k) = Sizes;
        Gemm.Run(m, n, k, _a.Pointer, k, 1, _b.Pointer, 1, k, _c.Pointer, n, default);
    }

    /// <summary>C = Aᵀ·B: its weights' gradient.</summary>
    [Benchmark]
    public void LeftTransposed()
    {
        var (m, n, k) = Sizes;
        Gemm.Run(m, n, k, _a.Pointer, 1, m, _b.Pointer, n, 1, _c.Pointer, n, default);
    }
}
