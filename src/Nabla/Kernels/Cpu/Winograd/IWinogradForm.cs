namespace Nabla.Kernels.Cpu;

/// <summary>
/// F(m, r): the maps of a line between m outputs, r weights, m + r − 1 neighbours of the input, and
/// the products at as many points. Each reads registers that lie sourceStep apart and writes
/// registers that lie targetStep apart.
/// </summary>
/// <remarks>The forms are written out, alike as they are: one text that asks a form for its points
/// was a fifth slower in a ResNet's step (<c>nabla bench --filter resnet18-cifar-32</c>).
/// </remarks>
internal unsafe interface IWinogradForm
{
    /// <summary>m.</summary>
    static abstract int Tile { get; }

    /// <summary>r.</summary>
    static abstract int Taps { get; }

    /// <summary>m + r − 1; a literal, as sums of the others use up what the JIT would inline.
    /// </summary>
    static abstract int Points { get; }

    /// <summary>Distance of the neighbours in the input. Of 2, the input's even and odd rows and
    /// columns are four images, its phases, and the weights have as many.</summary>
    static abstract int Stride { get; }

    /// <summary>Distance of the outputs in the target. Of 2, the target's even and odd rows and
    /// columns are its phases, and each leaves one tap of a line out.</summary>
    static abstract int TargetStride { get; }

    /// <summary>Bᵀ: neighbours d of the input to the points, row p the coefficients of ∏ (x − q)
    /// over the other points q.</summary>
    static abstract void Input<V>(
        float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V>;

    /// <summary>G: the weights as a polynomial, evaluated at the points and normalized.</summary>
    static abstract void Weights<V>(
        float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V>;

    /// <summary>Aᵀ: products m at the points to the outputs, yⱼ = Σ pʲ·m.</summary>
    static abstract void Output<V>(
        float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V>;

    /// <summary>A: the outputs' gradient to the points.</summary>
    static abstract void OutputGrad<V>(
        float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V>;

    /// <summary>Gᵀ: from the points to the weights' gradient.</summary>
    static abstract void WeightsGrad<V>(
        float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V>;
}
