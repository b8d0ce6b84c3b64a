using Nabla.Tensors;

namespace Nabla.Tests.Ops;

/// <summary>Lists of element types that op cases run in.</summary>
internal static class Types
{
    /// <summary>All that PyTorch computes in on a processor.</summary>
    public static DType[] All => [.. Numbers, DType.Bool];

    /// <summary>All but booleans.</summary>
    public static DType[] Numbers => [.. Signed, DType.UInt8];

    /// <summary>All that have negative numbers.</summary>
    public static DType[] Signed => [DType.Float32, DType.Float64, DType.Int32, DType.Int64];

    /// <summary>Integers and booleans.</summary>
    public static DType[] Whole => [DType.Int32, DType.Int64, DType.UInt8, DType.Bool];

    /// <summary>Floats of every width.</summary>
    public static DType[] Floats =>
        [DType.Float32, DType.Float64, DType.Float16, DType.BFloat16];
}
