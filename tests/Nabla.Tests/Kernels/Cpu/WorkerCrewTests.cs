using System.Runtime.CompilerServices;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed class WorkerCrewTests
{
    [Fact]
    public void ACrewHelpsUntilItIsDismissed()
    {
        var crew = new WorkerCrew(2);
        var body = new Who { Threads = new int[3], Arrived = new CountdownEvent(3) };
        crew.Run(3, ref body);
        crew.Dismiss();
        Assert.Equal(3, body.Threads.Distinct().Count());
        Assert.Contains(Environment.CurrentManagedThreadId, body.Threads);
    }

    [Fact]
    public void ADismissedCrewIsCollected()
    {
        var crew = HireAndDismiss();
        for (var i = 0; i < 200 && crew.IsAlive; i++)
        {
            Thread.Sleep(5);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(crew.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference HireAndDismiss()
    {
        var crew = new WorkerCrew(2);
        var body = new Who { Threads = new int[3], Arrived = new CountdownEvent(3) };
        crew.Run(3, ref body);
        crew.Dismiss();
        return new WeakReference(crew);
    }

    /// <summary>Each chunk waits for the others, so each needs a thread of its own.</summary>
    private struct Who : IChunkBody
    {
        public int[] Threads;
        public CountdownEvent Arrived;

        public readonly void Run(int chunk)
        {
            Threads[chunk] = Environment.CurrentManagedThreadId;
            Arrived.Signal();
            Arrived.Wait(TimeSpan.FromSeconds(10));
        }
    }
}
