using Nabla.Autograd;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Elman's recurrent network: h = act(input + W·h′ + b).</summary>
/// <param name="IsRelu">max(x, 0) in place of tanh.</param>
/// <param name="IsReverse">From the last time step to the first.</param>
public sealed record RnnOp(bool IsRelu, bool IsReverse)
    : RecurrentOp(IsRelu ? RecurrentCell.Relu : RecurrentCell.Tanh, IsReverse)
{
    /// <inheritdoc/>
    protected override Tensor[] Step(Tensor input, Tensor hidden, Tensor[] states) =>
        [IsRelu ? (input + hidden).Relu() : (input + hidden).Tanh()];
}

/// <summary><see cref="RnnOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class RnnOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// Runs a plain recurrent layer over time from the input's share (T, N, H)
        /// (Elman, Finding Structure in Time, 1990).
        /// </summary>
        /// <param name="h0">The first hidden state, (N, H).</param>
        /// <param name="weight">The recurrent weight, (H, H).</param>
        /// <param name="bias">Its bias, (H).</param>
        /// <param name="relu">max(x, 0) in place of tanh.</param>
        /// <param name="reverse">From the last time step to the first.</param>
        /// <returns>All hidden states, (T, N, H).</returns>
        /// <exception cref="ArgumentException">Shapes or dtypes do not fit.</exception>
        public Tensor Rnn(
            Tensor h0, Tensor weight, Tensor bias, bool relu = false, bool reverse = false) =>
            new RnnOp(relu, reverse).ApplyAll(x, h0, weight, bias)[0];
    }
}
