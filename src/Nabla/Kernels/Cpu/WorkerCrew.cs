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
    private delegate*<WorkerCrew, void*, void> _drain;
    private void* _body;
    private int _chunks;
    private bool _dismissed;
    private Exception? _failure;
    private Flags _flags;

    public WorkerCrew(int workers)
    {
        Workers = workers;
        for (var i = 0; i < workers; i++)
        {
            new Thread(Work) { IsBackground = true, Name = "Nabla worker " + i }.UnsafeStart();
        }
    }

    public int Workers { get; }

    public void Run<TBody>(int chunks, ref TBody body) where TBody : struct, IChunkBody
    {
        // On this frame the body cannot move while others hold its address.
        var pinned = body;
        _body = Unsafe.AsPointer(ref pinned);
        _drain = &Drain<TBody>;
        _chunks = chunks;
        _flags.Next = 0;
        Publish(chunks - 1);
        Drain<TBody>(this, _body);
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

    private static void Drain<TBody>(WorkerCrew crew, void* address)
        where TBody : struct, IChunkBody
    {
        ref var body = ref Unsafe.AsRef<TBody>(address);
        long chunks = crew._chunks;
        try
        {
            long chunk;
            while ((chunk = Interlocked.Increment(ref crew._flags.Next) - 1) < chunks)
            {
                body.Run((int)chunk);
            }
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref crew._failure, failure, null);
            Volatile.Write(ref crew._flags.Next, chunks);
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

    private void Work()
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
                _drain(this, _body);
            }

            Interlocked.Decrement(ref _flags.Busy);
        }
    }

    private int AwaitJob(int seen)
    {
        int phase;
        var start = Stopwatch.GetTimestamp();
        do
        {
            for (var i = 0; i < 32; i++)
            {
                phase = Volatile.Read(ref _flags.Phase);
                if (phase != seen && IsOpen(phase))
                {
                    return phase;
                }

                Pause();
            }
        }
        while (Stopwatch.GetTimestamp() - start < s_spinTicks);

        lock (_gate)
        {
            Interlocked.Increment(ref _flags.Parked);
            while ((phase = Volatile.Read(ref _flags.Phase)) == seen || !IsOpen(phase))
            {
                Monitor.Wait(_gate);
            }

            Interlocked.Decrement(ref _flags.Parked);
        }

        return phase;
    }

    private static bool IsOpen(int phase) => (phase & 1) != 0;

    /// <summary>What threads write while others read, each on cache lines of its own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 640)]
    private struct Flags
    {
        [FieldOffset(128)]
        public int Phase;

        [FieldOffset(256)]
        public long Next;

        [FieldOffset(384)]
        public int Busy;

        [FieldOffset(512)]
        public int Parked;
    }
}
