namespace Nabla;

/// <summary>
/// A float32 cut to 8 exponent and 7 fraction bits: for storage, computed with in float32.
/// </summary>
/// <param name="Bits">Sign, exponent and fraction: the upper half of the float32.</param>
public readonly record struct BFloat16(ushort Bits)
{
    /// <summary>The exact float32 value.</summary>
    public static explicit operator float(BFloat16 value) =>
        BitConverter.Int32BitsToSingle(value.Bits << 16);

    /// <summary>The nearest bfloat16, ties to even; a NaN stays a NaN.</summary>
    public static explicit operator BFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value)
            ? new((ushort)((bits >> 16) | 0x40))
            : new((ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16));
    }

    /// <inheritdoc/>
    public override string ToString() => ((float)this).ToString();
}
