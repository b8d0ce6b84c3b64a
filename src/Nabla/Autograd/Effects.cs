namespace Nabla.Autograd;

/// <summary>What an op does beyond computing its outputs from its inputs.</summary>
public enum Effects
{
    /// <summary>Nothing: it may be merged with an equal one, moved, or dropped.</summary>
    None,

    /// <summary>It draws random numbers: never merged.</summary>
    Random,
}
