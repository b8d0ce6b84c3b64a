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
/// What a matrix product does before it stores:
/// C ← mask(act(A·B [+ C or residual] + row bias + column bias)).
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

    /// <summary>Applied after what is added.</summary>
    public GemmActivation Activation;

    /// <summary>M × N numbers that are added in place of C's, at C's distance of rows; or null. May
    /// be C. This and what follows is for floating-point products.</summary>
    public void* Residual;

    /// <summary>M × N numbers, at C's distance of rows: C is 0 where they are not above 0, which is
    /// the gradient of a ReLU with these outputs. Or null.</summary>
    public void* Mask;

    /// <summary>N numbers, written: the sums of C's columns in the end; or null.</summary>
    public void* ColumnSums;

    /// <summary>A step that takes C's place, and has no other part beside it; or null.</summary>
    internal GemmUpdate* Update;

    /// <summary>Whether there is more than a bias and an activation.</summary>
    internal readonly bool IsWide => Residual != null || Mask != null || ColumnSums != null;
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
