using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>Copies between strided layouts and element types.</summary>
public static unsafe class Copy
{
    /// <summary>Copies, and converts where the types differ (<see cref="Cast"/>).</summary>
    /// <param name="shape">The shape of both, of at most 8 dimensions.</param>
    /// <param name="source">What to copy; strides of 0 repeat.</param>
    /// <param name="destination">Where to; must not overlap the source, unless it is it.</param>
    [SkipLocalsInit]
    public static void Strided(
        ReadOnlySpan<long> shape, in Operand source, in Operand destination)
    {
        if (Elementwise.Contiguous(source, shape) && Elementwise.Contiguous(destination, shape))
        {
            Contiguous(source, destination, Elementwise.Count(shape));
            return;
        }

        if (CopyTransposed.TryRun(shape, source, destination))
        {
            return;
        }

        var loop = new TileLoop(shape);
        loop.AddInput(source, destination.Type);
        loop.AddOutput(destination, destination.Type);
        var body = new CopyBody { Size = Cast.SizeOf(destination.Type) };
        loop.Run(ref body);
    }

    /// <summary>Sets every element of a strided layout to a value, converted to its type.</summary>
    [SkipLocalsInit]
    public static void Fill(ReadOnlySpan<long> shape, double value, in Operand destination)
    {
        Span<long> zeros = stackalloc long[shape.Length];
        zeros.Clear();
        Strided(shape, new(&value, DType.Float64, zeros), destination);
    }

    private static void Contiguous(in Operand source, in Operand destination, nint n)
    {
        var work = new CastWork
        {
            Source = (byte*)source.Data,
            Destination = (byte*)destination.Data,
            SourceSize = Cast.SizeOf(source.Type),
            DestinationSize = Cast.SizeOf(destination.Type),
            Count = n,
            Kernel = Cast.Tile(source.Type, destination.Type),
        };
        var chunks = (int)((n + CastWork.Length - 1) / CastWork.Length);
        if (chunks == 1)
        {
            work.Run(0);
        }
        else if (chunks > 1)
        {
            WorkerTeam.For(chunks, ref work);
        }
    }

    private struct CastWork : IChunkBody
    {
        public const int Length = 65536;
        public byte* Source;
        public byte* Destination;
        public int SourceSize;
        public int DestinationSize;
        public nint Count;
        public delegate*<void*, void*, nint, void> Kernel;

        public readonly void Run(int chunk)
        {
            var start = (nint)chunk * Length;
            Kernel(Source + (start * SourceSize), Destination + (start * DestinationSize),
                Math.Min(Length, Count - start));
        }
    }

    private struct CopyBody : ITileBody
    {
        public int Size;

        public readonly void Run(void** tiles, nint count) =>
            Buffer.MemoryCopy(tiles[0], tiles[1], count * Size, count * Size);
    }
}
