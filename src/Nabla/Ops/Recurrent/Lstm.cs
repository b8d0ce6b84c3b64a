using Nabla.Autograd;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// Long short-term memory: i, f, o = σ(a), g = tanh(a), c = f·c′ + i·g, h = o·tanh c with
/// a = input + W·h′ + b, gates in the order i, f, g, o.
/// </summary>
/// <param name="IsReverse">From the last time step to the first.</param>
public sealed record LstmOp(bool IsReverse) : RecurrentOp(RecurrentCell.Lstm, IsReverse)
{
    /// <inheritdoc/>
    protected override Tensor[] Step(Tensor input, Tensor hidden, Tensor[] states)
    {
        var gates = (input + hidden).Chunk(4, 1);
        var c = (gates[1].Sigmoid() * states[1]) + (gates[0].Sigmoid() * gates[2].Tanh());
        return [gates[3].Sigmoid() * c.Tanh(), c];
    }
}

/// <summary><see cref="LstmOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class LstmOps
{
    extension(Tensor gates)
    {
        /// <summary>
        /// Runs an LSTM layer over time from the input's share of the gates (T, N, 4·H)
        /// (Hochreiter and Schmidhuber, Long Short-Term Memory, 1997).
        /// </summary>
        /// <param name="h0">The first hidden state, (N, H).</param>
        /// <param name="c0">The first cell state, (N, H).</param>
        /// <param name="weight">The recurrent weight, (4·H, H).</param>
        /// <param name="bias">Its bias, (4·H).</param>
        /// <param name="reverse">From the last time step to the first.</param>
        /// <returns>All hidden and all cell states, (T, N, H).</returns>
        /// <exception cref="ArgumentException">Shapes or dtypes do not fit.</exception>
        public (Tensor H, Tensor C) Lstm(
            Tensor h0, Tensor c0, Tensor weight, Tensor bias, bool reverse = false)
        {
            var y = new LstmOp(reverse).ApplyAll(gates, h0, weight, bias, c0);
            return (y[0], y[1]);
        }
    }
}
