namespace Nabla.Kernels.Cpu;

/// <summary>Runs an optimizer's arithmetic over a parameter, chunk by chunk.</summary>
internal static unsafe class UpdateLoop<TUpdate, TProblem>
    where TUpdate : struct, IParameterUpdate<TProblem>
    where TProblem : unmanaged
{
    /// <summary>Updates float or double parameters.</summary>
    public static void Run<T>(in TProblem problem) where T : unmanaged
    {
        fixed (TProblem* p = &problem)
        {
            LaneWork.Run<T, Work>(new(p));
        }
    }

    private readonly struct Work(TProblem* p) : ILaneWork
    {
        public void Run<V>() where V : unmanaged, ILanes<V>
        {
            var chunks = (TUpdate.Count(p) + TUpdate.PerChunk - 1) / TUpdate.PerChunk;
            var body = new Body<V>(p);
            WorkerTeam.For(checked((int)chunks), ref body);
        }
    }

    private readonly struct Body<V>(TProblem* p) : IChunkBody
        where V : unmanaged, ILanes<V>
    {
        public void Run(int chunk)
        {
            var first = (nint)chunk * TUpdate.PerChunk;
            var count = nint.Min(TUpdate.PerChunk, TUpdate.Count(p) - first);
            TUpdate.Step<V>(p, first * LaneWork.Size<V>(), count);
        }
    }
}
