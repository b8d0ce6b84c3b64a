using Nabla.Autograd;
using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// A source of random numbers. Every number is a pure function of (seed, stream, step, ordinal,
/// element): Philox, equal for any number of threads, and equal eagerly and captured.
/// </summary>
/// <remarks>
/// The ordinal counts the random ops since the step began. Seed, stream, step and the ordinal at
/// which a captured step starts are elements of <see cref="State"/>, a tensor that random ops read.
/// </remarks>
public sealed class Generator
{
    [ThreadStatic]
    private static Generator? _default;

    private int _ordinal;
    private bool _tracing;

    static Generator()
    {
        TraceHooks.Register(() => Default.BeginTrace());
        TraceHooks.OnReplayed = count => Default.Advance(count);
    }

    /// <summary>A generator of a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">Which of the seed's independent streams.</param>
    public Generator(long seed = 0, long stream = 0) =>
        State = Capture(() => Tensor.From<long>([seed, stream, 0, 0], new Shape(4)));

    /// <summary>The current thread's generator.</summary>
    public static Generator Default => _default ??= new Generator();

    /// <summary>Seed, stream, step and base ordinal (int64).</summary>
    public Tensor State { get; }

    /// <summary>The seed.</summary>
    public long Seed
    {
        get => Read(0);
        set
        {
            Set(0, value);
            BeginStep(0);
        }
    }

    /// <summary>The step.</summary>
    public long Step => Read(2);

    /// <summary>How many random ops have drawn since the step began.</summary>
    public int Ordinal => _ordinal;

    /// <summary>Starts a step: what follows depends on the seed and the step only.</summary>
    public void BeginStep(long step)
    {
        Set(2, step);
        Set(3, 0);
        _ordinal = 0;
    }

    /// <summary>Sets the default generator's seed, as <c>torch.manual_seed</c>.</summary>
    public static void ManualSeed(long seed) => Default.Seed = seed;

    /// <summary>The ordinal of the next random op, relative to the state's base.</summary>
    internal int TakeOrdinal()
    {
        if (_tracing)
        {
            return _ordinal++;
        }
        // The base is always the number of draws so far, also when a replay comes next.
        Advance(1);
        return -1;
    }

    /// <summary>The key of an op with an ordinal, from a state tensor.</summary>
    internal static PhiloxKey Key(Tensor state, int ordinal)
    {
        Span<long> values = stackalloc long[4];
        Read(state, values);
        return new PhiloxKey((ulong)values[0], (ulong)values[1], (uint)values[2],
            (uint)(values[3] + ordinal));
    }

    /// <summary>During a trace ordinals count from 0; the state gives their base at each replay.
    /// </summary>
    private Action BeginTrace()
    {
        var before = _ordinal;
        _ordinal = 0;
        _tracing = true;
        return () =>
        {
            _ordinal = before;
            _tracing = false;
            Set(3, before);
        };
    }

    private void Advance(int count)
    {
        _ordinal += count;
        Set(3, _ordinal);
    }

    private static Tensor Capture(Func<Tensor> make)
    {
        var tracer = Tracer.Current;
        Tracer.Current = null;
        try
        {
            return make();
        }
        finally
        {
            Tracer.Current = tracer;
        }
    }

    private long Read(int i)
    {
        Span<long> values = stackalloc long[4];
        Read(State, values);
        return values[i];
    }

    private static unsafe void Read(Tensor state, Span<long> values)
    {
        new ReadOnlySpan<long>(state.Pointer, 4).CopyTo(values);
        GC.KeepAlive(state);
    }

    private unsafe void Set(int i, long value)
    {
        ((long*)State.Pointer)[i] = value;
        GC.KeepAlive(State);
    }
}
