namespace Nabla.Kernels.Cpu;

/// <summary>A loop body whose chunks may run on different threads.</summary>
public interface IChunkBody
{
    /// <summary>Does one chunk of the work. Must not depend on which thread runs it, or when.</summary>
    void Run(int chunk);
}

/// <summary>The threads that share a kernel's work.</summary>
public static class WorkerTeam
{
    /// <summary>Runs chunks 0 … chunks − 1 and returns when all are done.</summary>
    public static void For<TBody>(int chunks, ref TBody body) where TBody : struct, IChunkBody
    {
        for (var i = 0; i < chunks; i++)
        {
            body.Run(i);
        }
    }
}
