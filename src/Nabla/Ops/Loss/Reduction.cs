namespace Nabla.Ops;

/// <summary>What a loss makes of the losses of its elements.</summary>
public enum Reduction
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Themselves.</summary>
    None,
}
