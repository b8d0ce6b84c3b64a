namespace Nabla.Tensors;

/// <summary>
/// The gradient of a parameter as an optimizer's step takes it: a tensor; or, for a matrix, the
/// product of two, which is then used up while it is made and never stored.
/// </summary>
/// <param name="Left">The gradient; or the product's left factor (M, K), with any strides.</param>
/// <param name="Right">The right factor (K, N), with any strides; or null.</param>
public readonly record struct GradientSource(Tensor Left, Tensor? Right = null);
