using Nabla.Autograd;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// Gated recurrent unit: r, z = σ(input + u), n = tanh(input + r·u), h = (1 − z)·n + z·h′ with
/// u = W·h′ + b, gates in the order r, z, n.
/// </summary>
/// <param name="IsReverse">From the last time step to the first.</param>
public sealed record GruOp(bool IsReverse) : RecurrentOp(RecurrentCell.Gru, IsReverse)
{
    /// <inheritdoc/>
    protected override Tensor[] Step(Tensor input, Tensor hidden, Tensor[] states)
    {
        var (x, u) = (input.Chunk(3, 1), hidden.Chunk(3, 1));
        var r = (x[0] + u[0]).Sigmoid();
        var z = (x[1] + u[1]).Sigmoid();
        var n = (x[2] + (r * u[2])).Tanh();
        return [n + (z * (states[0] - n))];
    }
}

/// <summary><see cref="GruOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class GruOps
{
    extension(Tensor gates)
    {
        /// <summary>
        /// Runs a GRU layer over time from the input's share of the gates (T, N, 3·H)
        /// (Cho et al., Learning Phrase Representations using RNN Encoder–Decoder, 2014; the reset
        /// gate after the product, as PyTorch and cuDNN have it).
        /// </summary>
        /// <param name="h0">The first hidden state, (N, H).</param>
        /// <param name="weight">The recurrent weight, (3·H, H).</param>
        /// <param name="bias">Its bias, (3·H).</param>
        /// <param name="reverse">From the last time step to the first.</param>
        /// <returns>All hidden states, (T, N, H).</returns>
        /// <exception cref="ArgumentException">Shapes or dtypes do not fit.</exception>
        public Tensor Gru(Tensor h0, Tensor weight, Tensor bias, bool reverse = false) =>
            new GruOp(reverse).ApplyAll(gates, h0, weight, bias)[0];
    }
}
