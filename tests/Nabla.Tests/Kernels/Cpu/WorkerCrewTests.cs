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
    public void AThreadThatFinishesEarlyTakesOverChunksOfTheOthers()
    {
        // Chunk 0 blocks its thread: the rest of that thread's share falls to the other one.
        var crew = new WorkerCrew(1);
        var body = new Late { Done = new CountdownEvent(9) };
        crew.Run(10, ref body);
        crew.Dismiss();
        Assert.Equal(0, body.Done.CurrentCount);
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

    /// <summary>Chunk 0 waits until all others have run.</summary>
    private struct Late : IChunkBody
    {
        public CountdownEvent Done;

        public readonly void Run(int chunk)
        {
            if (chunk == 0)
            {
                Done.Wait(TimeSpan.FromSeconds(10));
            }
            else
            {
                Done.Signal();
            }
        }
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
