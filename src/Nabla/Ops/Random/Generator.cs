using Nabla.Autograd;
using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// A source of random numbers. Every number is a pure function of (seed, stream, step, ordinal,
/// element), by Philox: equal for any number of threads, and equal eagerly and captured.
/// </summary>
/// <remarks>
/// The ordinal counts the random ops since the step began. All four are elements of
/// <see cref="State"/>, a tensor that random ops read: an op's key is (seed, stream, step,
/// base + the op's own ordinal). An eager op takes the next ordinal and moves the base; while a
/// step is captured ordinals count from 0 and the state stays, so that two traces are equal; after
/// a replay the base moves by as many ops as were captured. Not for several threads at a time.
/// </remarks>
public sealed class Generator
{
    private const int SeedAt = 0;
    private const int StreamAt = 1;
    private const int StepAt = 2;
    private const int BaseAt = 3;

    [ThreadStatic]
    private static Generator? _default;

    /// <summary>The trace that this generator counts for, and how far.</summary>
    private readonly WeakReference<Tracer?> _tracer = new(null);
    private int _traced;

    static Generator() => TraceHooks.OnReplayed = (state, draws) => Set(state, BaseAt,
        Get(state, BaseAt) + draws);

    /// <summary>A generator of a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">Which of the seed's independent streams.</param>
    public Generator(long seed = 0, long stream = 0)
    {
        // Real memory, also where a captured step makes its generator.
        State = Tensor.Empty(new Shape(4), DType.Int64);
        Set(State, SeedAt, seed);
        Set(State, StreamAt, stream);
        Set(State, StepAt, 0);
        Set(State, BaseAt, 0);
    }

    /// <summary>The current thread's generator: seed 0, unless <see cref="ManualSeed"/> was called.
    /// Threads that must not draw the same numbers get generators of different streams.</summary>
    public static Generator Default => _default ??= new Generator();

    /// <summary>Seed, stream, step and base: int64 of shape (4,).</summary>
    public Tensor State { get; }

    /// <summary>The seed; setting it starts over at step 0.</summary>
    public long Seed
    {
        get => Get(State, SeedAt);
        set
        {
            BeginStep(0);
            Set(State, SeedAt, value);
        }
    }

    /// <summary>Which of the seed's independent streams.</summary>
    public long Stream
    {
        get => Get(State, StreamAt);
        set => Set(State, StreamAt, value);
    }

    /// <summary>The step.</summary>
    public long Step => Get(State, StepAt);

    /// <summary>How many random ops have drawn since the step began.</summary>
    public long Base
    {
        get => Get(State, BaseAt);
        set => Set(State, BaseAt, value);
    }

    /// <summary>Starts a step: what follows depends on the seed, the stream and the step only.
    /// </summary>
    /// <exception cref="GraphBreakException">Called inside a captured step.</exception>
    public void BeginStep(long step)
    {
        if (Tracer.Current is not null)
        {
            throw new GraphBreakException("Generator: a captured step cannot set the seed or begin "
                + "a step, which would happen once and not at each replay; do it before the step");
        }
        Set(State, StepAt, step);
        Set(State, BaseAt, 0);
    }

    /// <summary>Seeds the current thread's generator, as <c>torch.manual_seed</c>.</summary>
    public static void ManualSeed(long seed) => Default.Seed = seed;

    /// <summary>The ordinal of the next random op, relative to the base when it runs.</summary>
    public int TakeOrdinal()
    {
        if (Tracer.Current is not { } tracer)
        {
            Base++;
            return -1;
        }
        if (!_tracer.TryGetTarget(out var counted) || counted != tracer)
        {
            _tracer.SetTarget(tracer);
            _traced = 0;
        }
        return _traced++;
    }

    /// <summary>The key of an op with an ordinal, from a state tensor.</summary>
    internal static PhiloxKey Key(Tensor state, int ordinal) => new(
        (ulong)Get(state, SeedAt), (ulong)Get(state, StreamAt), (uint)Get(state, StepAt),
        (uint)(Get(state, BaseAt) + ordinal));

    private static unsafe long Get(Tensor state, int i)
    {
        var value = ((long*)state.Pointer)[i];
        GC.KeepAlive(state);
        return value;
    }

    private static unsafe void Set(Tensor state, int i, long value)
    {
        ((long*)state.Pointer)[i] = value;
        GC.KeepAlive(state);
    }
}
