namespace Nabla.Kernels;

/// <summary>
/// A scalar primitive of one operand: a struct whose <c>Invoke</c> the drivers inline. Mark it
/// <c>AggressiveInlining</c>; a call that stays a call costs more than most functions.
/// </summary>
public interface IUnaryFn
{
    /// <summary>The function, lane by lane.</summary>
    static abstract V Invoke<V>(V x) where V : unmanaged, ILanes<V>;
}

/// <summary>A scalar primitive of two operands.</summary>
public interface IBinaryFn
{
    /// <summary>The function, lane by lane.</summary>
    static abstract V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V>;
}

/// <summary>A scalar primitive of three operands.</summary>
public interface ITernaryFn
{
    /// <summary>The function, lane by lane.</summary>
    static abstract V Invoke<V>(V x, V y, V z) where V : unmanaged, ILanes<V>;
}
