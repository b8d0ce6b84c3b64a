namespace Nabla.Ops;

/// <summary>What <c>Pad</c> puts around a tensor; the modes of
/// <c>torch.nn.functional.pad</c>.</summary>
public enum PadMode
{
    /// <summary>One value: x x | a b c | x x.</summary>
    Constant,

    /// <summary>The elements mirrored at the edge, which is not repeated: c b | a b c | b a.
    /// </summary>
    Reflect,

    /// <summary>The edge's element: a a | a b c | c c.</summary>
    Replicate,

    /// <summary>The elements from the other end: b c | a b c | a b.</summary>
    Circular,
}
