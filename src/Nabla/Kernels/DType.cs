namespace Nabla;

/// <summary>The type of a tensor's elements.</summary>
public enum DType : byte
{
    /// <summary>IEEE 754 binary32: the default, and what the fast kernels are written
    /// for.</summary>
    Float32,

    /// <summary>IEEE 754 binary64, for gradient checks.</summary>
    Float64,

    /// <summary>64-bit signed integer: indices, class labels.</summary>
    Int64,

    /// <summary>32-bit signed integer.</summary>
    Int32,

    /// <summary>8-bit unsigned integer: images.</summary>
    UInt8,

    /// <summary>One byte, 0 or 1: masks.</summary>
    Bool,

    /// <summary>IEEE 754 binary16, storage only: computed in float32.</summary>
    Float16,

    /// <summary>bfloat16 (8 exponent bits), storage only: computed in float32.</summary>
    BFloat16,
}
