using Nabla.Kernels;

namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>
    /// Runs one recurrent layer over all time steps of <paramref name="input"/> (T, N, G·H), the
    /// input's share of the gates. Written are the hidden states h (T, N, H), an LSTM's cell states
    /// c, and what an LSTM or GRU keeps for backward (T, N, 4·H).
    /// </summary>
    void Recurrent(RecurrentCell cell, bool reverse, Tensor input, Tensor weight, Tensor? bias,
        Tensor h0, Tensor? c0, Tensor h, Tensor? c, Tensor? kept);

    /// <summary>
    /// The gradients of <see cref="Recurrent"/> from those of h and, if given, c: for the input's
    /// share, a GRU's hidden share, h0 and an LSTM's c0; and, if given, the sums (G·H) of both
    /// shares' over all steps and samples, which are the biases'.
    /// </summary>
    void RecurrentBackward(RecurrentCell cell, bool reverse, Tensor gh, Tensor? gc, Tensor h,
        Tensor? c, Tensor? kept, Tensor weight, Tensor h0, Tensor? c0, Tensor ginput,
        Tensor? ghidden, Tensor gh0, Tensor? gc0, Tensor? ginputSum = null,
        Tensor? ghiddenSum = null);
}
