namespace Nabla.Autograd;

/// <summary>Which of an op's inputs and outputs its gradient needs to see again.</summary>
/// <param name="InputMask">One bit an input.</param>
/// <param name="OutputMask">One bit an output.</param>
public readonly record struct Saves(ulong InputMask, ulong OutputMask)
{
    /// <summary>Neither.</summary>
    public static Saves None => default;

    /// <summary>Every input.</summary>
    public static Saves Inputs => new(ulong.MaxValue, 0);

    /// <summary>Every output.</summary>
    public static Saves Outputs => new(0, ulong.MaxValue);

    /// <summary>Inputs and outputs.</summary>
    public static Saves All => new(ulong.MaxValue, ulong.MaxValue);

    /// <summary>One input.</summary>
    public static Saves Input(int i) => new(1UL << i, 0);

    /// <summary>One output.</summary>
    public static Saves Output(int i) => new(0, 1UL << i);

    /// <summary>Both.</summary>
    public static Saves operator +(Saves a, Saves b) =>
        new(a.InputMask | b.InputMask, a.OutputMask | b.OutputMask);

    internal bool HasInput(int i) => (InputMask >> Math.Min(i, 63) & 1) != 0;

    internal bool HasOutput(int i) => (OutputMask >> Math.Min(i, 63) & 1) != 0;
}
