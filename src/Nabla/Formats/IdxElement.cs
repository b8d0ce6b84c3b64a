namespace Nabla.Formats;

/// <summary>
/// The element type of an IDX file: the third byte of its magic number
/// (LeCun, Cortes and Burges, "The MNIST database of handwritten digits", file formats).
/// </summary>
public enum IdxElement : byte
{
    /// <summary>Unsigned byte: images and labels.</summary>
    UInt8 = 0x08,

    /// <summary>Signed byte.</summary>
    Int8 = 0x09,

    /// <summary>16-bit signed integer.</summary>
    Int16 = 0x0B,

    /// <summary>32-bit signed integer.</summary>
    Int32 = 0x0C,

    /// <summary>IEEE 754 binary32.</summary>
    Float32 = 0x0D,

    /// <summary>IEEE 754 binary64.</summary>
    Float64 = 0x0E,
}
