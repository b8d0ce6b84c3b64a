using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// A fixed number of background threads that help one caller at a time through its chunks.
/// </summary>
/// <remarks>
/// A call publishes its job by making the phase odd and withdraws it by making it even. A worker
/// counts itself in before it looks at the phase, and the caller withdraws the job before it looks
/// at that count, so either the caller waits for the worker or the worker sees that it came too
/// late. A worker still asleep is therefore never waited for.
/// </remarks>
internal sealed unsafe class WorkerCrew
{
    private static readonly long s_spinTicks = Stopwatch.Frequency / 20_000;

    private readonly object _gate = new();
    private readonly Segment[] _segments;
    private delegate*<WorkerCrew, void*, int, void> _drain;
    private void* _body;
    private bool _dismissed;
    private Exception? _failure;
    private Flags _flags;

    public WorkerCrew(int workers)
    {
        Workers = workers;
        _segments = new Segment[workers + 1];
        for (var i = 1; i <= workers; i++)
        {
            var segment = i;
            var thread = new Thread(() => Work(segment));
            thread.IsBackground = true;
            thread.Name = "Nabla worker " + i;
            thread.UnsafeStart();
        }
    }

    public int Workers { get; }

    public void Run<TBody>(int chunks, ref TBody body) where TBody : struct, IChunkBody
    {
        // On this frame the body cannot move while others hold its address.
        var pinned = body;
        _body = Unsafe.AsPointer(ref pinned);
        _drain = &Drain<TBody>;
        Deal(chunks);
        Publish(chunks - 1);
        Drain<TBody>(this, _body, 0);
        Withdraw();
        body = pinned;

        if (_failure is { } failure)
        {
            _failure = null;
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Lets the threads end. No job may be running, and none may follow.</summary>
    public void Dismiss()
    {
        Volatile.Write(ref _dismissed, true);
        Publish(Workers);
    }

    /// <summary>
    /// Runs the chunks of the thread's own segment, then what the others have left of theirs.
    /// </summary>
    private static void Drain<TBody>(WorkerCrew crew, void* address, int own)
        where TBody : struct, IChunkBody
    {
        ref var body = ref Unsafe.AsRef<TBody>(address);
        var segments = crew._segments;
        try
        {
            for (var i = 0; i < segments.Length; i++)
            {
                var at = own + i;
                ref var segment = ref segments[at < segments.Length ? at : at - segments.Length];
                long chunk;
                while (Volatile.Read(ref segment.Next) < segment.End
                    && (chunk = Interlocked.Increment(ref segment.Next) - 1) < segment.End)
                {
                    body.Run((int)chunk);
                }
            }
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref crew._failure, failure, null);
            foreach (ref var segment in segments.AsSpan())
            {
                Volatile.Write(ref segment.Next, segment.End);
            }
        }
    }

    private static void Pause()
    {
        if (X86Base.IsSupported)
        {
            X86Base.Pause();
        }
        else if (ArmBase.IsSupported)
        {
            ArmBase.Yield();
        }
        else
        {
            Thread.SpinWait(1);
        }
    }

    /// <summary>
    /// Gives each thread a run of neighbouring chunks, the same one for the same number of chunks:
    /// what one kernel left in a core's cache, the next one is likely to find there.
    /// </summary>
    private void Deal(long chunks)
    {
        var count = _segments.Length;
        for (var i = 0; i < count; i++)
        {
            _segments[i].Next = i * chunks / count;
            _segments[i].End = (i + 1) * chunks / count;
        }
    }

    private void Publish(int wanted)
    {
        Interlocked.Increment(ref _flags.Phase);
        var parked = Volatile.Read(ref _flags.Parked);
        if (parked > 0)
        {
            Wake(Math.Min(parked, wanted));
        }
    }

    private void Wake(int count)
    {
        lock (_gate)
        {
            for (var i = 0; i < count; i++)
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    private void Withdraw()
    {
        Interlocked.Increment(ref _flags.Phase);
        var start = 0L;
        while (Volatile.Read(ref _flags.Busy) != 0)
        {
            Pause();
            start = start == 0 ? Stopwatch.GetTimestamp() : start;
            if (Stopwatch.GetTimestamp() - start > s_spinTicks)
            {
                // A worker without a processor of its own needs ours to finish.
                Thread.Yield();
            }
        }
    }

    private void Work(int segment)
    {
        var seen = 0;
        while (true)
        {
            seen = AwaitJob(seen);
            Interlocked.Increment(ref _flags.Busy);
            var open = IsOpen(Volatile.Read(ref _flags.Phase));
            if (Volatile.Read(ref _dismissed))
            {
                return;
            }

            if (open)
            {
                _drain(this, _body, segment);
            }

            Interlocked.Decrement(ref _flags.Busy);
        }
    }

    /// <summary>The phase of the next open job.</summary>
    /// <remarks>
    /// A thread that sees only that jobs came and went, whether spinning or just awake, spins on
    /// from there: the next one is likely to come as soon. Parked again, it would cost the caller
    /// of each short job a wake-up and help with none.
    /// </remarks>
    private int AwaitJob(int seen)
    {
        while (true)
        {
            var last = Spin(seen);
            if (IsNew(last, seen))
            {
                return last;
            }

            lock (_gate)
            {
                Interlocked.Increment(ref _flags.Parked);
                while (Volatile.Read(ref _flags.Phase) == last)
                {
                    Monitor.Wait(_gate);
                }

                Interlocked.Decrement(ref _flags.Parked);
            }
        }
    }

    /// <summary>Waits for an open job, or until no job has come for a while.</summary>
    private int Spin(int seen)
    {
        int phase = seen, last;
        long now, start = Stopwatch.GetTimestamp();
        do
        {
            last = phase;
            for (var i = 0; i < 32; i++)
            {
                phase = Volatile.Read(ref _flags.Phase);
                if (IsNew(phase, seen))
                {
                    return phase;
                }

                Pause();
            }

            now = Stopwatch.GetTimestamp();
            start = phase == last ? start : now;
        }
        while (now - start < s_spinTicks);
        return phase;
    }

    private static bool IsNew(int phase, int seen) => phase != seen && IsOpen(phase);

    private static bool IsOpen(int phase) => (phase & 1) != 0;

    /// <summary>What threads write while others read, each on cache lines of its own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 512)]
    private struct Flags
    {
        [FieldOffset(128)]
        public int Phase;

        [FieldOffset(256)]
        public int Busy;

        [FieldOffset(384)]
        public int Parked;
    }

    /// <summary>A thread's share of the chunks, on cache lines of its own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Segment
    {
        [FieldOffset(0)]
        public long Next;

        [FieldOffset(8)]
        public long End;
    }
}
