namespace Nabla.Kernels.Cpu;

/// <summary>What an input of a chain between a convolution and its pooling reads.</summary>
public readonly unsafe struct ConvPoolInput
{
    private ConvPoolInput(float* kept, float? constant)
    {
        Kept = kept;
        Constant = constant;
    }

    /// <summary>What flows through: the convolution's sums, or the gradient that comes out of the
    /// pooling.</summary>
    public static ConvPoolInput Flow => default;

    internal float* Kept { get; }

    internal float? Constant { get; }

    internal bool IsFlow => Kept == null && Constant is null;

    /// <summary>Values that the forward pass kept.</summary>
    public static ConvPoolInput Of(float* kept) => new(kept, null);

    /// <summary>A number.</summary>
    public static ConvPoolInput Of(float constant) => new(null, constant);

    /// <summary>Writes a tile of <paramref name="length"/> numbers for each constant, one after
    /// another; there is room for as many as there are inputs.</summary>
    internal static void Fill(ConvPoolInput* inputs, int count, int length, float* tiles)
    {
        for (var i = 0; i < count; i++)
        {
            if (inputs[i].Constant is { } constant)
            {
                new Span<float>(tiles + (i * (nint)length), length).Fill(constant);
            }
        }
    }
}
