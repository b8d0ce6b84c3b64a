namespace Nabla.Kernels.Cpu;

/// <summary>The function a matrix product ends with.</summary>
public enum GemmActivation : byte
{
    /// <summary>None: the product as it is.</summary>
    None,

    /// <summary>max(x, 0); NaN stays NaN.</summary>
    Relu,
}

/// <summary>
/// What a matrix product does before it stores: C ← act(A·B [+ C] + row bias + column bias).
/// The default stores the plain product.
/// </summary>
public unsafe struct GemmEpilogue
{
    /// <summary>M numbers of C's type, one for each row of C, or null.</summary>
    public void* RowBias;

    /// <summary>N numbers of C's type, one for each column of C, or null.</summary>
    public void* ColumnBias;

    /// <summary>Adds to C instead of replacing it.</summary>
    public bool Accumulate;

    /// <summary>Applied last.</summary>
    public GemmActivation Activation;
}

/// <summary>One matrix product: sizes, operands with their strides in numbers, epilogue.</summary>
internal unsafe struct GemmProblem<T>
    where T : unmanaged
{
    public int M;
    public int N;
    public int K;
    public T* A;
    public nint ARow;
    public nint ACol;
    public T* B;
    public nint BRow;
    public nint BCol;

    /// <summary>B as <see cref="PackedGemm"/> has packed it, in place of B; or null.</summary>
    public T* Packed;
    public T* C;
    public nint Ldc;
    public GemmEpilogue Epilogue;
}
