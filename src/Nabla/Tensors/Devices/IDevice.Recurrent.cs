using Nabla.Kernels;

namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>
    /// Runs one recurrent layer over all time steps of <paramref name="input"/> (T, N, G·H), the
    /// input's share of the gates. Written are the hidden states h (T, N, H), an LSTM's cell states
    /// c, what an LSTM or GRU keeps for backward (T, N, G·H), and the hidden share of a GRU's last
    /// gate (T, N, H). What is kept may take the memory of the input, and without gates h may; but
    /// not where the input is a table (V, G·H), whose rows an index (T, N) of checked int64 names.
    /// </summary>
    void Recurrent(RecurrentCell cell, bool reverse, Tensor input, Tensor weight, Tensor? bias,
        Tensor h0, Tensor? c0, Tensor h, Tensor? c, Tensor? kept, Tensor? share,
        Tensor? index = null);

    /// <summary>
    /// The gradients of <see cref="Recurrent"/> from those of h and, if given, c: for the input's
    /// share, the hidden share of a GRU's last gate, h0 and an LSTM's c0; and, if given, the sums
    /// of both shares' over all steps and samples, which are the biases'. The gradients may take
    /// the memory of what was kept, and without gates that of gh.
    /// </summary>
    void RecurrentBackward(RecurrentCell cell, bool reverse, Tensor gh, Tensor? gc, Tensor h,
        Tensor? c, Tensor? kept, Tensor? share, Tensor weight, Tensor h0, Tensor? c0,
        Tensor ginput, Tensor? gshare, Tensor gh0, Tensor? gc0, Tensor? ginputSum = null,
        Tensor? gshareSum = null);
}
