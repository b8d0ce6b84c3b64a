using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>
    /// y = dropout(softmax(q·kᵀ·scale + mask))·v by heads; logSum (N, heads, queries) gets the
    /// logarithms of the softmax's sums. q, k, v may have any strides; the mask is contiguous, of
    /// four dimensions with sizes of 1 where it is the same for all but keys, or null.
    /// </summary>
    void Attention(Tensor q, Tensor k, Tensor v, Tensor? mask, Tensor y, Tensor logSum,
        in AttentionSettings settings, in PhiloxKey key);

    /// <summary>The gradients of q, k and v, with the same dropout for the same key.</summary>
    void AttentionBackward(Tensor gy, Tensor q, Tensor k, Tensor v, Tensor? mask, Tensor y,
        Tensor logSum, Tensor gq, Tensor gk, Tensor gv, in AttentionSettings settings,
        in PhiloxKey key);
}
