using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>Which width of float32 lanes this machine runs.</summary>
internal static class Simd
{
    /// <summary>512-bit registers, also where the runtime deems them slow.</summary>
    public static bool Wide => Avx512F.IsSupported && Avx512DQ.IsSupported
        && Avx512BW.IsSupported;

    /// <summary>256-bit registers with fused multiply-add.</summary>
    public static bool Medium => Avx2.IsSupported && Fma.IsSupported;
}
