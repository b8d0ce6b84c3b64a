using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>What a <see cref="TileLoop"/> does with one tile of every operand.</summary>
public unsafe interface ITileBody
{
    /// <summary>
    /// Computes one tile: <paramref name="tiles"/>[i] points at <paramref name="count"/> contiguous
    /// elements of operand i in its tile type. Several threads call this at once.
    /// </summary>
    void Run(void** tiles, nint count);
}

/// <summary>
/// A loop over strided operands of one shape, cut into tiles that stay in the L1 cache. A tile that
/// is contiguous and of the wanted type is used in place; any other is gathered, converted or
/// filled into a buffer first (a broadcast one only once), and scattered back after.
/// </summary>
/// <remarks>
/// Dimensions are reordered by the first output's strides and merged where all operands allow, so
/// tiles come in an order that only sizes and strides decide. An output may be exactly an input.
/// </remarks>
public unsafe partial struct TileLoop
{
    /// <summary>The most dimensions a loop has.</summary>
    public const int MaxRank = 8;

    /// <summary>The most operands a loop has.</summary>
    public const int MaxOperands = 16;

    /// <summary>The most elements of a tile that needs a buffer.</summary>
    public const int TileLength = 1024;

    /// <summary>Elements of a share of work that one thread takes.</summary>
    internal const int ChunkLength = 16384;

    private int _rank;
    private int _operands;
    private int _primary;
    private fixed long _sizes[MaxRank];
    private fixed long _strides[MaxOperands * MaxRank];
    private fixed long _data[MaxOperands];
    private fixed byte _types[MaxOperands];
    private fixed byte _tileTypes[MaxOperands];
    private fixed bool _isOutput[MaxOperands];

    // A tile is _block steps of dimension _blockDim times everything inside it (_inner elements).
    private int _blockDim;
    private long _inner;
    private long _block;
    private long _blocks;
    private long _tiles;
    private long _tilesPerChunk;
    private nint _scratch;
    private nint _rawScratch;
    private fixed long _tileStrides[MaxRank];
    private fixed bool _dense[MaxOperands];
    private fixed bool _buffered[MaxOperands];

    /// <summary>Starts a loop over a shape of at most <see cref="MaxRank"/> dimensions.</summary>
    [SkipLocalsInit]
    public TileLoop(ReadOnlySpan<long> shape)
    {
        if (shape.Length > MaxRank)
        {
            throw new ArgumentException(
                $"A loop has at most {MaxRank} dimensions but got {shape.Length}.", nameof(shape));
        }

        Unsafe.SkipInit(out this);
        _rank = shape.Length;
        _operands = 0;
        _primary = -1;
        for (var d = 0; d < _rank; d++)
        {
            _sizes[d] = shape[d];
        }
    }

    /// <summary>Adds an operand that is read, as tiles of the given type.</summary>
    public void AddInput(in Operand operand, DType tileType) => Add(operand, tileType, false);

    /// <summary>Adds an operand that is written, as tiles of the given type.</summary>
    public void AddOutput(in Operand operand, DType tileType)
    {
        _primary = _primary < 0 ? _operands : _primary;
        Add(operand, tileType, true);
    }

    private void Add(in Operand operand, DType tileType, bool isOutput)
    {
        var i = _operands++;
        _data[i] = (long)operand.Data;
        _types[i] = (byte)operand.Type;
        _tileTypes[i] = (byte)tileType;
        _isOutput[i] = isOutput;
        for (var d = 0; d < _rank; d++)
        {
            _strides[(i * MaxRank) + d] = operand.Strides[d];
        }
    }

    /// <summary>Runs the body over all tiles, on several threads when there are many.</summary>
    public void Run<TBody>(ref TBody body) where TBody : struct, ITileBody
    {
        if (!Plan())
        {
            return;
        }

        fixed (TileLoop* self = &this)
        {
            var work = new Work<TBody> { Loop = self, Body = body };
            var chunks = (_tiles + _tilesPerChunk - 1) / _tilesPerChunk;
            if (chunks == 1)
            {
                work.Run(0);
            }
            else
            {
                WorkerTeam.For((int)chunks, ref work);
            }

            body = work.Body;
        }
    }

    private struct Work<TBody> : IChunkBody where TBody : struct, ITileBody
    {
        public TileLoop* Loop;
        public TBody Body;

        public void Run(int chunk) => Loop->RunChunk(chunk, ref Body);
    }
}
