namespace Nabla.Tensors;

/// <summary>Facts about element types.</summary>
public static class DTypes
{
    extension(DType type)
    {
        /// <summary>The name that NumPy and PyTorch give it, as in <c>float32</c>: for messages and
        /// listings.</summary>
        public string Name => type switch
        {
            DType.Float32 => "float32",
            DType.Float64 => "float64",
            DType.Int64 => "int64",
            DType.Int32 => "int32",
            DType.UInt8 => "uint8",
            DType.Bool => "bool",
            DType.Float16 => "float16",
            DType.BFloat16 => "bfloat16",
            _ => $"DType({(int)type})",
        };

        /// <summary>Bytes an element takes.</summary>
        public int Size => type switch
        {
            DType.Float64 or DType.Int64 => 8,
            DType.Float32 or DType.Int32 => 4,
            DType.Float16 or DType.BFloat16 => 2,
            _ => 1,
        };

        /// <summary>Floating point of any width.</summary>
        public bool IsFloat =>
            type is DType.Float32 or DType.Float64 or DType.Float16 or DType.BFloat16;

        /// <summary>An integer (bool is not one).</summary>
        public bool IsInteger => type is DType.Int64 or DType.Int32 or DType.UInt8;

        /// <summary>What arithmetic on this type computes in: 16-bit floats compute in
        /// float32.</summary>
        public DType Compute =>
            type is DType.Float16 or DType.BFloat16 ? DType.Float32 : type;
    }

    /// <summary>The element type of a C# type.</summary>
    /// <exception cref="ArgumentException">No element type is stored as that C# type.</exception>
    public static DType Of<T>() where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            return DType.Float32;
        }
        if (typeof(T) == typeof(double))
        {
            return DType.Float64;
        }
        if (typeof(T) == typeof(long))
        {
            return DType.Int64;
        }
        if (typeof(T) == typeof(int))
        {
            return DType.Int32;
        }
        if (typeof(T) == typeof(byte))
        {
            return DType.UInt8;
        }
        if (typeof(T) == typeof(bool))
        {
            return DType.Bool;
        }
        if (typeof(T) == typeof(Half))
        {
            return DType.Float16;
        }
        if (typeof(T) == typeof(BFloat16))
        {
            return DType.BFloat16;
        }
        throw new ArgumentException($"no tensor holds elements of type {typeof(T).Name}; use "
            + "float, double, long, int, byte, bool, Half or BFloat16");
    }
}
