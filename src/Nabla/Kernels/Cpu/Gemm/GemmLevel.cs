using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>Chooses the code for the type of the numbers and the SIMD level.</summary>
internal static class GemmLevel
{
    public static void Run<T>(in GemmProblem<T> problem)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            Float32(Unsafe.As<GemmProblem<T>, GemmProblem<float>>(ref Unsafe.AsRef(in problem)));
        }
        else if (typeof(T) == typeof(double))
        {
            Float64(Unsafe.As<GemmProblem<T>, GemmProblem<double>>(ref Unsafe.AsRef(in problem)));
        }
        else if (typeof(T) == typeof(long))
        {
            GemmInteger<long>.Run(
                Unsafe.As<GemmProblem<T>, GemmProblem<long>>(ref Unsafe.AsRef(in problem)));
        }
        else if (typeof(T) == typeof(int))
        {
            GemmInteger<int>.Run(
                Unsafe.As<GemmProblem<T>, GemmProblem<int>>(ref Unsafe.AsRef(in problem)));
        }
        else if (typeof(T) == typeof(byte))
        {
            GemmInteger<byte>.Run(
                Unsafe.As<GemmProblem<T>, GemmProblem<byte>>(ref Unsafe.AsRef(in problem)));
        }
        else
        {
            throw new NotSupportedException(
                $"Gemm multiplies float, double, long, int and byte, not {typeof(T).Name}; "
                + "convert the operands first.");
        }
    }

    private static void Float32(in GemmProblem<float> problem)
    {
        if (Avx512F.IsSupported)
        {
            GemmRouter<GemmFloat512, Vector512<float>, float>.Run(problem);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            GemmRouter<GemmFloat256, Vector256<float>, float>.Run(problem);
        }
        else
        {
            GemmRouter<GemmFloat128, Vector128<float>, float>.Run(problem);
        }
    }

    private static void Float64(in GemmProblem<double> problem)
    {
        if (Avx512F.IsSupported)
        {
            GemmRouter<GemmDouble512, Vector512<double>, double>.Run(problem);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            GemmRouter<GemmDouble256, Vector256<double>, double>.Run(problem);
        }
        else
        {
            GemmRouter<GemmDouble128, Vector128<double>, double>.Run(problem);
        }
    }
}

/// <summary>Chooses the way to a product by its shape.</summary>
internal static unsafe class GemmRouter<S, V, T>
    where S : struct, IGemmLanes<V, T>
    where V : unmanaged
    where T : unmanaged
{
    public static void Run(in GemmProblem<T> problem)
    {
        if (problem.Epilogue.Update != null && !GemmUpdate<S, V, T>.Suits(problem))
        {
            GemmUpdate<S, V, T>.Apart(problem);
            return;
        }

        if (problem.Epilogue.IsWide && !IsBlocked(problem))
        {
            var simple = problem;
            GemmWide<S, V, T>.Begin(ref simple);
            simple.Epilogue.Mask = simple.Epilogue.ColumnSums = null;
            Run(simple);
            GemmWide<S, V, T>.End(problem);
            return;
        }

        if (problem.M == 0 || problem.N == 0)
        {
            return;
        }

        if (problem.K == 0)
        {
            GemmFinish.WithoutProduct<S, V, T>(problem);
        }
        else if (GemmVector<S, V, T>.Suits(problem))
        {
            GemmVector<S, V, T>.Run(problem);
        }
        else if (GemmDots<S, V, T>.Suits(problem))
        {
            GemmDots<S, V, T>.Run(problem);
        }
        else if (GemmSplitK<S, V, T>.Suits(problem))
        {
            GemmSplitK<S, V, T>.Run(problem);
        }
        else
        {
            GemmBlocked<S, V, T>.Run(problem);
        }
    }

    /// <summary>Whether a product goes block by block, the right operand's panels packed.</summary>
    public static bool IsBlocked(in GemmProblem<T> problem) =>
        problem.M > 0 && problem.N > 0 && problem.K > 0
            && !GemmVector<S, V, T>.Suits(problem) && !GemmDots<S, V, T>.Suits(problem)
            && !GemmSplitK<S, V, T>.Suits(problem);
}
