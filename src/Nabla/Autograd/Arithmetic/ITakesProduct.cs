namespace Nabla.Autograd.Arithmetic;

/// <summary>
/// An optimizer's step of a parameter, input 0, with its gradient, input 1. Where the gradient is a
/// product of two matrices, it can make it itself, so that it is never stored: then inputs 1 and 2
/// are the factors, and the others come behind them.
/// </summary>
internal interface ITakesProduct
{
    /// <summary>Whether inputs 1 and 2 are the gradient's factors.</summary>
    bool TakesProduct { get; }

    /// <summary>The op that takes factors.</summary>
    Op WithProduct();
}
