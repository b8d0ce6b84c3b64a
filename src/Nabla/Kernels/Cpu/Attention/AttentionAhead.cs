using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Asks for the rows of the head that a core is likely to take next, while the products of this one
/// keep it busy: a head's rows are short and lie far apart, so that the hardware does not guess
/// them. Heads of several tiles keep a core busy for long, and are left alone.
/// </summary>
internal readonly unsafe struct AttentionAhead<T>(AttentionProblem<T>* p, long head)
    where T : unmanaged
{
    private const int Line = 64;

    private readonly bool _isWanted = Sse.IsSupported && head < p->Batch * p->Heads
        && p->Queries <= Attention.TileQueries && p->Keys <= Attention.TileKeys;
    private readonly long _batch = head / Math.Max(1, p->Heads);
    private readonly long _head = head % Math.Max(1, p->Heads);

    /// <summary>Asks for the same tokens of an operand in that head.</summary>
    public void Rows(in AttentionOperand<T> operand, int token, int count, int width)
    {
        if (!_isWanted || (operand.Feature != 1 && width > 1))
        {
            return;
        }
        var row = (byte*)operand.At(_batch, _head, token);
        for (var end = token + count; token < end; token++)
        {
            for (nint i = 0; i < width * sizeof(T); i += Line)
            {
                Sse.Prefetch1(row + i);
            }
            row += operand.Token * sizeof(T);
        }
    }
}
