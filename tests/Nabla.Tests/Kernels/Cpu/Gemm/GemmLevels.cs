using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

/// <summary>The SIMD levels that this machine can run, beside the one it would choose.</summary>
internal static class GemmLevels
{
    /// <summary>A use of the matrix product's code for one level.</summary>
    public interface IUse<T>
        where T : unmanaged
    {
        void On<S, V>()
            where S : struct, IGemmLanes<V, T>
            where V : unmanaged;
    }

    public static void Float32(IUse<float> use)
    {
        use.On<GemmFloat128, Vector128<float>>();
        if (Avx2.IsSupported && Fma.IsSupported)
        {
            use.On<GemmFloat256, Vector256<float>>();
        }

        if (Avx512F.IsSupported)
        {
            use.On<GemmFloat512, Vector512<float>>();
        }
    }

    public static void Float64(IUse<double> use)
    {
        use.On<GemmDouble128, Vector128<double>>();
        if (Avx2.IsSupported && Fma.IsSupported)
        {
            use.On<GemmDouble256, Vector256<double>>();
        }

        if (Avx512F.IsSupported)
        {
            use.On<GemmDouble512, Vector512<double>>();
        }
    }
}
