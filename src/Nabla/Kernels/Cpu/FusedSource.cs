using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// A fused chain as what a reduction reads: each tile is computed when it is asked for. The chain's
/// first output is reduced; the others are stored on the way.
/// </summary>
internal readonly unsafe struct FusedSource : ITileSource
{
    private readonly FusedProgram _program;
    private readonly OperandSource* _inputs;
    private readonly float** _outputs;

    /// <summary>Joins a chain and its operands, which must stay where they are.</summary>
    /// <param name="program">The chain.</param>
    /// <param name="inputs">Its inputs, as float32.</param>
    /// <param name="outputs">Its outputs, row-major; the first is not used.</param>
    public FusedSource(FusedProgram program, OperandSource* inputs, float** outputs)
    {
        _program = program;
        _inputs = inputs;
        _outputs = outputs;
    }

    [SkipLocalsInit]
    public void* Fetch(long start, nint count, void* scratch)
    {
        var room = ((count * sizeof(float)) + 63) & ~63;
        using var lease = Scratch.Rent(room * _program.Inputs);
        var tiles = stackalloc void*[TileLoop.MaxOperands];
        for (var i = 0; i < _program.Inputs; i++)
        {
            tiles[i] = _inputs[i].Fetch(start, count, (byte*)lease.Pointer + (i * room));
        }

        var outputs = tiles + _program.Inputs;
        outputs[0] = scratch;
        for (var i = 1; i < _program.Outputs.Length; i++)
        {
            outputs[i] = _outputs[i] + start;
        }

        _program.Run(tiles, count);
        return scratch;
    }
}
