namespace Nabla.Kernels.Cpu;

/// <summary>Runs an optimizer's arithmetic over a parameter, chunk by chunk; or over a matrix tile
/// by tile, as its gradient comes out of the product that makes it.</summary>
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

    /// <summary>Updates a float or double matrix with the gradient A·B, which is never stored: C
    /// is the new parameter, and the product has no epilogue. The bits are those of the product and
    /// then the update.</summary>
    public static void Run<T>(in TProblem problem, in GemmProblem<T> product) where T : unmanaged
    {
        fixed (TProblem* p = &problem)
        {
            LaneWork.Run<T, ProductWork<T>>(new(p, product));
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

    private readonly struct ProductWork<T>(TProblem* p, GemmProblem<T> product) : ILaneWork
        where T : unmanaged
    {
        public void Run<V>() where V : unmanaged, ILanes<V>
        {
            delegate*<TProblem*, UpdateTile*, void> step = &TUpdate.Step<V>;
            var update = new GemmUpdate
            {
                Run = (delegate*<void*, UpdateTile*, void>)step,
                Problem = p,
                Origin = (byte*)product.C,
                Beside = TUpdate.Beside(p),
            };
            var updating = product;
            updating.Epilogue.Update = &update;
            GemmLevel.Run(updating);
        }
    }

    private readonly struct Body<V>(TProblem* p) : IChunkBody
        where V : unmanaged, ILanes<V>
    {
        public void Run(int chunk)
        {
            var first = (nint)chunk * TUpdate.PerChunk;
            var at = first * LaneWork.Size<V>();
            var tile = new UpdateTile
            {
                At = at,
                Gradient = TUpdate.Gradient(p) + at,
                Rows = 1,
                Columns = nint.Min(TUpdate.PerChunk, TUpdate.Count(p) - first),
            };
            TUpdate.Step<V>(p, &tile);
        }
    }
}
