using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>The error function in float32 lanes.</summary>
internal static class VectorMathErf
{
    private const double Cut = 0.921875;

    /// <summary>
    /// erf a = (2/√π) ∫₀ᵃ e^(−t²) dt within 1.5 ulp: a + a·E(a²) near 0, 1 − e^(−a − a·T(a))
    /// beyond.
    /// </summary>
    [MethodImpl(AggressiveInlining)]
    public static V Erf<V>(V a) where V : unmanaged, IF32Lanes<V>
    {
        var z = a * a;
        var near = V.Fma(a, VectorPoly.Of(z, 0.128379166, -0.376126349, 0.112836957,
            -0.0268593989, 0.00520103239, -0.000814270403, 8.37010011e-05), a);

        // From 3.92 on, erf rounds to 1.
        var x = V.MinOrSecond(V.Const(4), V.Abs(a));
        var exponent = V.Fma(x, VectorPoly.Of(x, 0.128552735, 0.635620713, 0.105271474,
            -0.022683356, 0.002935834, -5.16354121e-05, -4.51801134e-05, 4.90536331e-06), x);
        var far = V.Const(1) - VectorMathExp.ExpBelow(-exponent);
        far = V.BitOr(far, V.BitAnd(a, V.Bits(int.MinValue)));
        return V.Blend(V.IsLess(x, V.Const(Cut)), near, far);
    }
}
