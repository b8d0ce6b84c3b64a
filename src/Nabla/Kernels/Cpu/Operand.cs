namespace Nabla.Kernels.Cpu;

/// <summary>Where a strided operand's numbers lie and what type they have.</summary>
public readonly unsafe ref struct Operand
{
    /// <summary>Describes an operand.</summary>
    /// <param name="data">Its first element, the one at index (0, …, 0).</param>
    /// <param name="type">The type it is stored as.</param>
    /// <param name="strides">
    /// Steps in elements, one a dimension of the loop's shape; 0 repeats (broadcasts) a dimension.
    /// </param>
    public Operand(void* data, DType type, ReadOnlySpan<long> strides)
    {
        Data = data;
        Type = type;
        Strides = strides;
    }

    /// <summary>The element at index (0, …, 0).</summary>
    public void* Data { get; }

    /// <summary>The type the elements are stored as.</summary>
    public DType Type { get; }

    /// <summary>Steps in elements, one a dimension.</summary>
    public ReadOnlySpan<long> Strides { get; }
}
