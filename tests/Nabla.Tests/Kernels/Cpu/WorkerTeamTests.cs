using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed class WorkerTeamTests : IDisposable
{
    private readonly int _threads = WorkerTeam.Threads;

    public void Dispose() => WorkerTeam.Threads = _threads;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void EveryChunkRunsExactlyOnce(int threads)
    {
        WorkerTeam.Threads = threads;
        foreach (var chunks in new[] { 0, 1, 2, 3, 10, 1000 })
        {
            var body = new Count { Hits = new int[chunks] };
            WorkerTeam.For(chunks, ref body);
            Assert.All(body.Hits, hits => Assert.Equal(1, hits));
        }
    }

    [Theory]
    [InlineData(1, 16)]
    [InlineData(4, 16)]
    [InlineData(64, 256)]
    public void SomeChunksAreWantedForEachThread(int threads, int expected)
    {
        WorkerTeam.Threads = threads;
        Assert.Equal(expected, WorkerTeam.Wanted(16));
    }

    [Fact]
    public void ManyShortCallsLoseNoChunk()
    {
        WorkerTeam.Threads = 3;
        var body = new Count { Hits = new int[5] };
        for (var call = 1; call <= 20_000; call++)
        {
            WorkerTeam.For(5, ref body);
            Assert.Equal(5 * call, body.Hits.Sum());
        }
    }

    [Fact]
    public void AWorkerThatWentToSleepHelpsAgain()
    {
        WorkerTeam.Threads = 2;
        var body = new Meet { Arrived = new CountdownEvent(2) };
        for (var i = 0; i < 3; i++)
        {
            Thread.Sleep(20);
            body.Arrived.Reset();
            WorkerTeam.For(2, ref body);
            Assert.True(body.Arrived.IsSet);
        }
    }

    [Fact]
    public void WhatAChunkThrowsReachesTheCallerAndTheTeamLivesOn()
    {
        foreach (var threads in new[] { 1, 3 })
        {
            WorkerTeam.Threads = threads;
            var body = new Throw { At = 13 };
            var error = Assert.Throws<InvalidOperationException>(
                () => WorkerTeam.For(100, ref body));
            Assert.Equal("chunk 13", error.Message);

            var next = new Count { Hits = new int[10] };
            WorkerTeam.For(10, ref next);
            Assert.All(next.Hits, hits => Assert.Equal(1, hits));
        }
    }

    [Fact]
    public void NestedCallsRunInline()
    {
        WorkerTeam.Threads = 3;
        var body = new Nest { Hits = new int[6, 40] };
        WorkerTeam.For(6, ref body);
        Assert.All(body.Hits.Cast<int>(), hits => Assert.Equal(1, hits));
    }

    [Fact]
    public void CallersFromSeveralThreadsDoNotDisturbEachOther()
    {
        WorkerTeam.Threads = 3;
        var failures = 0;
        var callers = new Thread[4];
        for (var i = 0; i < callers.Length; i++)
        {
            callers[i] = new Thread(() =>
            {
                var body = new Count { Hits = new int[8] };
                for (var call = 1; call <= 2000; call++)
                {
                    WorkerTeam.For(8, ref body);
                    if (body.Hits.Sum() != 8 * call)
                    {
                        Interlocked.Increment(ref failures);
                    }
                }
            });
            callers[i].Start();
        }

        foreach (var caller in callers)
        {
            caller.Join();
        }

        Assert.Equal(0, failures);
    }

    [Fact]
    public void TheNumberOfThreadsCanChangeBetweenCalls()
    {
        for (var round = 0; round < 50; round++)
        {
            WorkerTeam.Threads = (round % 5) + 1;
            var body = new Count { Hits = new int[20] };
            WorkerTeam.For(20, ref body);
            Assert.All(body.Hits, hits => Assert.Equal(1, hits));
        }
    }

    [Fact]
    public void AWarmCallAllocatesNothing()
    {
        WorkerTeam.Threads = 2;
        var body = new Count { Hits = new int[4] };
        WorkerTeam.For(4, ref body);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            WorkerTeam.For(4, ref body);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void TheBodyKeepsWhatItsChunksWroteIntoItsFields()
    {
        WorkerTeam.Threads = 2;
        var body = default(Sum);
        WorkerTeam.For(100, ref body);
        Assert.Equal(4950, body.Total);
    }

    [Fact]
    public void ThreadCountsBelowOneAreRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WorkerTeam.Threads = 0);

    [Theory]
    [InlineData(null, 8)]
    [InlineData("", 8)]
    [InlineData("3", 3)]
    [InlineData(" 12 ", 12)]
    public void TheEnvironmentChoosesTheThreadCount(string? value, int expected) =>
        Assert.Equal(expected, WorkerTeam.ParseThreads(value, 8));

    [Theory]
    [InlineData("0")]
    [InlineData("-2")]
    [InlineData("two")]
    public void AThreadCountThatIsNoneIsNamed(string value)
    {
        var error = Assert.Throws<FormatException>(() => WorkerTeam.ParseThreads(value, 8));
        Assert.Contains($"NABLA_THREADS is '{value}'", error.Message);
    }

    private struct Count : IChunkBody
    {
        public int[] Hits;

        public readonly void Run(int chunk) => Interlocked.Increment(ref Hits[chunk]);
    }

    private struct Sum : IChunkBody
    {
        public int Total;

        public void Run(int chunk) => Interlocked.Add(ref Total, chunk);
    }

    private struct Throw : IChunkBody
    {
        public int At;

        public readonly void Run(int chunk)
        {
            if (chunk == At)
            {
                throw new InvalidOperationException($"chunk {chunk}");
            }
        }
    }

    private struct Nest : IChunkBody
    {
        public int[,] Hits;

        public readonly void Run(int chunk)
        {
            var inner = new NestInner { Hits = Hits, Row = chunk };
            WorkerTeam.For(40, ref inner);
        }
    }

    private struct NestInner : IChunkBody
    {
        public int[,] Hits;
        public int Row;

        public readonly void Run(int chunk) => Interlocked.Increment(ref Hits[Row, chunk]);
    }

    /// <summary>Each chunk waits for the other, so both must run at the same time.</summary>
    private struct Meet : IChunkBody
    {
        public CountdownEvent Arrived;

        public readonly void Run(int chunk)
        {
            Arrived.Signal();
            Arrived.Wait(TimeSpan.FromSeconds(10));
        }
    }
}
