namespace Nabla.Kernels.Cpu;

/// <summary>What a cross-entropy does besides the plain loss.</summary>
/// <param name="IgnoreIndex">The target that counts for nothing.</param>
/// <param name="Smoothing">
/// Label smoothing ε in [0, 1]: the share of the target that is spread over all classes.
/// </param>
internal readonly record struct CrossEntropyOptions(long IgnoreIndex, double Smoothing = 0)
{
    /// <summary>PyTorch's defaults: −100 is ignored, nothing is smoothed.</summary>
    public CrossEntropyOptions()
        : this(-100)
    {
    }
}
