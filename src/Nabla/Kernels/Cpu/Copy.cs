using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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

        if (IsOne(source, shape) && Elementwise.Contiguous(destination, shape))
        {
            Repeat(source, destination, Elementwise.Count(shape));
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

    /// <summary>Whether one number is repeated everywhere.</summary>
    private static bool IsOne(in Operand source, ReadOnlySpan<long> shape)
    {
        for (var d = 0; d < shape.Length; d++)
        {
            if (shape[d] != 1 && source.Strides[d] != 0)
            {
                return false;
            }
        }

        return true;
    }

    private static void Repeat(in Operand source, in Operand destination, nint n)
    {
        if (n == 0)
        {
            return;
        }

        var bits = 0L;
        Cast.Tile(source.Type, destination.Type)(source.Data, &bits, 1);
        var size = Cast.SizeOf(destination.Type);
        var work = new FillWork((byte*)destination.Data, n * size, bits, size);
        var chunks = (int)((work.Bytes + FillWork.Length - 1) / FillWork.Length);
        WorkerTeam.For(chunks, ref work);
    }

    private readonly struct FillWork(byte* to, nint bytes, long bits, int size) : IChunkBody
    {
        // Long enough for the platform to write zeros without reading what was there.
        public const int Length = 1 << 18;

        public nint Bytes => bytes;

        public void Run(int chunk)
        {
            var from = to + ((nint)chunk * Length);
            var length = (int)Math.Min(Length, bytes - ((nint)chunk * Length));
            if (bits == 0)
            {
                NativeMemory.Clear(from, (nuint)length);
                return;
            }

            switch (size)
            {
                case 1:
                    new Span<byte>(from, length).Fill((byte)bits);
                    break;
                case 2:
                    new Span<ushort>(from, length / 2).Fill((ushort)bits);
                    break;
                case 4:
                    new Span<uint>(from, length / 4).Fill((uint)bits);
                    break;
                default:
                    new Span<long>(from, length / 8).Fill(bits);
                    break;
            }
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
