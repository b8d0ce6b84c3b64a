namespace Nabla.Kernels.Cpu;

/// <summary>Converts sixteen elements at a time.</summary>
internal unsafe interface ICastStep
{
    /// <summary>Bytes of a source element.</summary>
    static abstract int From { get; }

    /// <summary>Bytes of a destination element.</summary>
    static abstract int To { get; }

    static abstract void Sixteen(byte* source, byte* destination);
}
