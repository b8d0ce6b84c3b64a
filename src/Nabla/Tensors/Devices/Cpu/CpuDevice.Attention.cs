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
                gy, gq, gk, gv, settings.TokensFirst);
        }
        else
        {
            AttentionBackward(Problem<double>(q, k, v, mask, y, logSum, settings, key),
                gy, gq, gk, gv, settings.TokensFirst);
        }
        KeepAlive(q, k, v, mask, y, logSum);
        KeepAlive(gq, gk, gv, null, gy, gy);
    }

    private static void AttentionBackward<T>(AttentionProblem<T> problem, Tensor gy, Tensor gq,
        Tensor gk, Tensor gv, bool tokensFirst)
        where T : unmanaged
    {
        problem.Gy = Operand<T>(gy, tokensFirst);
        problem.Gq = Operand<T>(gq, tokensFirst);
        problem.Gk = Operand<T>(gk, tokensFirst);
        problem.Gv = Operand<T>(gv, tokensFirst);
        Kernels.Cpu.Attention.Backward(problem);
    }

    private static AttentionProblem<T> Problem<T>(Tensor q, Tensor k, Tensor v, Tensor? mask,
        Tensor y, Tensor logSum, in AttentionSettings settings, in PhiloxKey key)
        where T : unmanaged
    {
        var (head, token) = settings.TokensFirst ? (2, 1) : (1, 2);
        return new AttentionProblem<T>
        {
            Batch = q.Shape[0],
            Heads = q.Shape[head],
            Queries = checked((int)q.Shape[token]),
            Keys = checked((int)k.Shape[token]),
            Width = checked((int)q.Shape[3]),
            ValueWidth = checked((int)v.Shape[3]),
            Q = Operand<T>(q, settings.TokensFirst),
            K = Operand<T>(k, settings.TokensFirst),
            V = Operand<T>(v, settings.TokensFirst),
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

    private static AttentionOperand<T> Operand<T>(Tensor x, bool tokensFirst) where T : unmanaged
    {
        nint Stride(int d) => x.Shape[d] == 1 && d < 3 ? 0 : (nint)x.Strides[d];
        var (head, token) = tokensFirst ? (2, 1) : (1, 2);
        return new((nint)x.Pointer, Stride(0), Stride(head), Stride(token), Stride(3));
    }

    private static void KeepAlive(Tensor a, Tensor b, Tensor c, Tensor? d, Tensor e, Tensor f)
    {
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(c);
        GC.KeepAlive(d);
        GC.KeepAlive(e);
        GC.KeepAlive(f);
    }
}
