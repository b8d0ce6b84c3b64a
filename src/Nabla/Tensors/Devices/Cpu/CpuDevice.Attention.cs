using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void Attention(Tensor q, Tensor k, Tensor v, Tensor? mask, Tensor y, Tensor logSum,
        in AttentionSettings settings, in PhiloxKey key)
    {
        if (q.DType == DType.Float32)
        {
            Kernels.Cpu.Attention.Forward(
                Problem<float>(q, k, v, mask, y, logSum, settings, key));
        }
        else
        {
            Kernels.Cpu.Attention.Forward(
                Problem<double>(q, k, v, mask, y, logSum, settings, key));
        }
        KeepAlive(q, k, v, mask, y, logSum);
    }

    /// <inheritdoc/>
    public void AttentionBackward(Tensor gy, Tensor q, Tensor k, Tensor v, Tensor? mask, Tensor y,
        Tensor logSum, Tensor gq, Tensor gk, Tensor gv, in AttentionSettings settings,
        in PhiloxKey key)
    {
        if (q.DType == DType.Float32)
        {
            AttentionBackward(Problem<float>(q, k, v, mask, y, logSum, settings, key),
                gy, gq, gk, gv, settings);
        }
        else
        {
            AttentionBackward(Problem<double>(q, k, v, mask, y, logSum, settings, key),
                gy, gq, gk, gv, settings);
        }
        KeepAlive(q, k, v, mask, y, logSum, gq, gk, gv, gy);
    }

    private static void AttentionBackward<T>(AttentionProblem<T> problem, Tensor gy, Tensor gq,
        Tensor gk, Tensor gv, in AttentionSettings settings)
        where T : unmanaged
    {
        problem.Gy = Operand<T>(gy, settings.TokensFirst);
        problem.Gq = Operand<T>(gq, settings, 0);
        problem.Gk = Operand<T>(gk, settings, 1);
        problem.Gv = Operand<T>(gv, settings, 2);
        Kernels.Cpu.Attention.Backward(problem);
    }

    private static AttentionProblem<T> Problem<T>(Tensor q, Tensor k, Tensor v, Tensor? mask,
        Tensor y, Tensor logSum, in AttentionSettings settings, in PhiloxKey key)
        where T : unmanaged
    {
        var (head, token) = settings.TokensFirst ? (2, 1) : (1, 2);
        return new AttentionProblem<T>
        {
            Batch = y.Shape[0],
            Heads = y.Shape[head],
            Queries = checked((int)y.Shape[token]),
            Keys = checked((int)k.Shape[token]),
            Width = checked((int)q.Shape[^1]),
            ValueWidth = checked((int)y.Shape[3]),
            Q = Operand<T>(q, settings, 0),
            K = Operand<T>(k, settings, 1),
            V = Operand<T>(v, settings, 2),
            Mask = mask is null ? default : Operand<T>(mask, tokensFirst: false),
            Y = Operand<T>(y, settings.TokensFirst),
            LogSum = new((nint)logSum.Pointer,
                (nint)logSum.Strides[0], (nint)logSum.Strides[1], (nint)logSum.Strides[2], 1),
            Scale = settings.Scale,
            IsCausal = settings.IsCausal,
            Keep = 1 - settings.Dropout,
            Key = key,
        };
    }

    /// <summary>q, k or v (0, 1, 2) or its gradient.</summary>
    private static AttentionOperand<T> Operand<T>(
        Tensor x, in AttentionSettings settings, int part)
        where T : unmanaged =>
        settings.IsPacked
            ? new((nint)((T*)x.Pointer + (part * x.Strides[2])), (nint)x.Strides[0],
                (nint)x.Strides[3], (nint)x.Strides[1], (nint)x.Strides[4])
            : Operand<T>(x, settings.TokensFirst);

    private static AttentionOperand<T> Operand<T>(Tensor x, bool tokensFirst) where T : unmanaged
    {
        nint Stride(int d) => x.Shape[d] == 1 && d < 3 ? 0 : (nint)x.Strides[d];
        var (head, token) = tokensFirst ? (2, 1) : (1, 2);
        return new((nint)x.Pointer, Stride(0), Stride(head), Stride(token), Stride(3));
    }
}
