namespace Nabla.Kernels.Cpu;

/// <summary>A fused chain over whole operands: a tile loop added up operand by operand.</summary>
public unsafe struct FusedLoop
{
    private readonly FusedProgram _program;
    private TileLoop _loop;

    /// <summary>Starts a loop over the outputs' shape.</summary>
    public FusedLoop(FusedProgram program, ReadOnlySpan<long> shape)
    {
        _program = program;
        _loop = new TileLoop(shape);
    }

    /// <summary>Adds the next input; it is converted to float32.</summary>
    public void AddInput(scoped in Operand operand) => _loop.AddInput(operand, DType.Float32);

    /// <summary>Adds the next output; it is converted from float32.</summary>
    public void AddOutput(scoped in Operand operand) => _loop.AddOutput(operand, DType.Float32);

    /// <summary>Computes every output.</summary>
    public void Run()
    {
        var body = new Body { Program = _program };
        _loop.Run(ref body);
    }

    private struct Body : ITileBody
    {
        public FusedProgram Program;

        public readonly void Run(void** tiles, nint count) => Program.Run(tiles, count);
    }
}
