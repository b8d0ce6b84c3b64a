using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Products with a B that is packed once and used often, such as a layer's weight: what
/// <see cref="Gemm"/> spends on reordering B in each call falls away. Float32 only.
/// </summary>
/// <remarks>
/// The packed form depends on the machine's SIMD level: it is for memory, not for files.
/// </remarks>
public static unsafe class PackedGemm
{
    /// <summary>Columns of a panel at the widest SIMD level.</summary>
    private const int WidestPanel = 32;

    /// <summary>How many numbers a packed B (K × N) takes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public static nint Size(int n, int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        return ((nint)n + WidestPanel - 1) / WidestPanel * WidestPanel * k;
    }

    /// <summary>Whether a product of rows of A and columns of B, each contiguous, would pack B in
    /// each call: with fewer rows it is read as it is.</summary>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="k">Columns of A and rows of B.</param>
    public static bool Pays(int m, int n, int k)
    {
        var problem = new GemmProblem<float>
        {
            M = m,
            N = n,
            K = k,
            ARow = k,
            ACol = 1,
            BRow = 1,
            BCol = k,
            Ldc = n,
        };
        return Avx512F.IsSupported
                ? GemmRouter<GemmFloat512, Vector512<float>, float>.IsBlocked(problem)
            : Avx2.IsSupported && Fma.IsSupported
                ? GemmRouter<GemmFloat256, Vector256<float>, float>.IsBlocked(problem)
            : GemmRouter<GemmFloat128, Vector128<float>, float>.IsBlocked(problem);
    }

    /// <summary>Packs B (K × N, any strides) into <paramref name="packed"/>.</summary>
    /// <param name="n">Columns of B.</param>
    /// <param name="k">Rows of B.</param>
    /// <param name="b">B[0, 0].</param>
    /// <param name="rowStrideB">From B[k, j] to B[k + 1, j].</param>
    /// <param name="colStrideB">From B[k, j] to B[k, j + 1].</param>
    /// <param name="packed">Room for <see cref="Size"/> numbers, best 64-byte aligned.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public static void Pack(
        int n, int k, float* b, nint rowStrideB, nint colStrideB, float* packed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        if (n == 0 || k == 0)
        {
            return;
        }

        var problem = new GemmProblem<float>
        {
            M = 1,
            N = n,
            K = k,
            B = b,
            BRow = rowStrideB,
            BCol = colStrideB,
            Packed = packed,
        };
        if (Avx512F.IsSupported)
        {
            GemmBlocked<GemmFloat512, Vector512<float>, float>.Pack(problem);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            GemmBlocked<GemmFloat256, Vector256<float>, float>.Pack(problem);
        }
        else
        {
            GemmBlocked<GemmFloat128, Vector128<float>, float>.Pack(problem);
        }
    }

    /// <summary>C (M × N) ← act(A (M × K) · B (K × N) [+ C] + biases) with a packed B.</summary>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Columns of B and C, as packed.</param>
    /// <param name="k">Columns of A and rows of B, as packed.</param>
    /// <param name="a">A[0, 0].</param>
    /// <param name="rowStrideA">From A[i, k] to A[i + 1, k].</param>
    /// <param name="colStrideA">From A[i, k] to A[i, k + 1].</param>
    /// <param name="packed">What <see cref="Pack"/> wrote.</param>
    /// <param name="c">C[0, 0]; a row of C is contiguous.</param>
    /// <param name="ldc">From C[i, j] to C[i + 1, j], at least N.</param>
    /// <param name="epilogue">What happens to the product before it is stored.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public static void Run(
        int m,
        int n,
        int k,
        float* a,
        nint rowStrideA,
        nint colStrideA,
        float* packed,
        float* c,
        nint ldc,
        in GemmEpilogue epilogue)
    {
        if (m <= 0 || n <= 0 || k <= 0)
        {
            // Nothing of B is read.
            Gemm.Run(m, n, k, a, rowStrideA, colStrideA, packed, n, 1, c, ldc, epilogue);
            return;
        }

        var problem = new GemmProblem<float>
        {
            M = m,
            N = n,
            K = k,
            A = a,
            ARow = rowStrideA,
            ACol = colStrideA,
            Packed = packed,
            C = c,
            Ldc = ldc,
            Epilogue = epilogue,
        };
        if (Avx512F.IsSupported)
        {
            GemmBlocked<GemmFloat512, Vector512<float>, float>.Run(problem);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            GemmBlocked<GemmFloat256, Vector256<float>, float>.Run(problem);
        }
        else
        {
            GemmBlocked<GemmFloat128, Vector128<float>, float>.Run(problem);
        }
    }
}
