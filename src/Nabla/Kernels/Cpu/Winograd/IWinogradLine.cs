namespace Nabla.Kernels.Cpu;

/// <summary>A linear map of a few numbers, applied to every lane of a register at once.</summary>
internal unsafe interface IWinogradLine
{
    /// <summary>How many numbers it reads.</summary>
    static abstract int From { get; }

    /// <summary>How many it writes.</summary>
    static abstract int To { get; }

    /// <summary>Distance of the pixels that it reads in an image.</summary>
    static abstract int Stride { get; }

    /// <summary>Reads registers that lie <paramref name="sourceStep"/> apart and writes registers
    /// that lie <paramref name="targetStep"/> apart.</summary>
    static abstract void Run<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V>;
}
