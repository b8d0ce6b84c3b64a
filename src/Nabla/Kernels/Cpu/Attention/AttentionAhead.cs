namespace Nabla.Kernels.Cpu;

/// <summary>
/// Which lines of memory to ask for while products run: the rows of the head that a core is likely
/// to take next. A head's rows are short and lie far apart, so that the hardware does not guess
/// them. Heads of several tiles keep a core busy for long, and are left alone.
/// </summary>
internal unsafe struct AttentionAhead<T>
    where T : unmanaged
{
    private const int Most = 8;
    private const int Line = 64;

    private readonly AttentionProblem<T>* _p;
    private readonly bool _isWanted;
    private fixed long _at[Most];
    private fixed long _step[Most];
    private fixed int _tokens[Most];
    private fixed int _pairs[Most];
    private int _count;
    private int _next;
    private int _pair;
    private int _token;

    /// <summary>Nothing yet.</summary>
    public AttentionAhead(AttentionProblem<T>* p)
    {
        _p = p;
        _isWanted = p->IsSmall;
    }

    /// <summary>Queues all tokens of an operand in a head, counted over all batches; one that does
    /// not exist is never asked for.</summary>
    public void Add(in AttentionOperand<T> operand, long head, int tokens, int width)
    {
        if (!_isWanted || head >= _p->Batch * _p->Heads || tokens == 0 || width == 0
            || (operand.Feature != 1 && width > 1))
        {
            return;
        }
        (var batch, head) = Math.DivRem(head, _p->Heads);
        _at[_count] = (nint)operand.At(batch, head, 0);
        _step[_count] = operand.Token * sizeof(T);
        _tokens[_count] = tokens;
        _pairs[_count] = ((width * sizeof(T)) + (2 * Line) - 1) / (2 * Line);
        _count++;
    }

    /// <summary>
    /// The next <paramref name="lines"/> lines: the one at <paramref name="at"/> and the one behind
    /// it, and such pairs in steps of so many bytes. What is asked for too often, or lies where
    /// nothing is, does no harm.
    /// </summary>
    public void Take(int lines, out byte* at, out nint step)
    {
        if (_next == _count)
        {
            at = (byte*)_p;
            step = 0;
            return;
        }
        step = (nint)_step[_next];
        at = (byte*)_at[_next] + (_token * step) + (_pair * 2 * Line);
        _token += (lines + 1) / 2;
        if (_token < _tokens[_next])
        {
            return;
        }
        _token = 0;
        if (++_pair == _pairs[_next])
        {
            (_pair, _next) = (0, _next + 1);
        }
    }
}
