using Nabla.Tensors;

namespace Nabla.Autograd;

/// <summary>An op that is mostly products, and knows how many.</summary>
internal interface ICountsWork
{
    /// <summary>Multiply-adds of a forward.</summary>
    long MultiplyAdds(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y);
}
