namespace Nabla.Kernels;

/// <summary>Which recurrent cell.</summary>
public enum RecurrentCell : byte
{
    /// <summary>h = tanh(x + W·h′ + b); 1 gate, nothing kept.</summary>
    Tanh,

    /// <summary>h = max(x + W·h′ + b, 0); 1 gate, nothing kept.</summary>
    Relu,

    /// <summary>Long short-term memory; gates i, f, g, o, all kept.</summary>
    Lstm,

    /// <summary>Gated recurrent unit; gates r, z, n, kept with n's hidden share.</summary>
    Gru,
}
