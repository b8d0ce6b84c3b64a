namespace Nabla.Tensors;

/// <summary>A height and a width; one number stands for both.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public readonly record struct Size2d(int Height, int Width)
{
    /// <summary>The same number of rows and columns.</summary>
    public static implicit operator Size2d(int size) => new(size, size);

    /// <summary>Rows and columns.</summary>
    public static implicit operator Size2d((int Height, int Width) size) =>
        new(size.Height, size.Width);

    /// <summary>As PyTorch prints it: <c>(3, 5)</c>.</summary>
    public override string ToString() => $"({Height}, {Width})";
}
