using System.Text;

namespace Nabla.Kernels.Cpu;

/// <summary>One scalar primitive of a fused chain, over registers that each hold a tile.</summary>
/// <param name="Tile">The primitive's loop over contiguous numbers, a function pointer.</param>
/// <param name="Arity">The number of operands: 1, 2 or 3.</param>
/// <param name="A">The first operand's register.</param>
/// <param name="B">The second operand's register.</param>
/// <param name="C">The third operand's register.</param>
public readonly record struct FusedStep(nint Tile, int Arity, int A, int B, int C);

/// <summary>Emitted code for a chain: tiles of the inputs, then of the outputs; elements a tile.
/// </summary>
public unsafe delegate void FusedKernel(void** tiles, nint count);

/// <summary>
/// A chain of scalar primitives over tiles in L1. Registers 0 … inputs − 1 are the inputs; step i
/// writes register inputs + i; some registers are outputs.
/// </summary>
/// <remarks>
/// The interpreter calls each primitive's loop on a whole tile; code emitted at run time
/// (<see cref="Compiled"/>) keeps all registers in the processor's. Both run the same functions on
/// the same bits.
/// </remarks>
public sealed unsafe class FusedProgram
{
    private readonly FusedStep[] _steps;
    private readonly int[] _outputs;
    private readonly int[] _slots;
    private readonly int _temporaries;

    /// <summary>Makes a program.</summary>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="steps">The primitives, in order.</param>
    /// <param name="outputs">Which registers are outputs.</param>
    public FusedProgram(int inputs, FusedStep[] steps, int[] outputs)
    {
        Inputs = inputs;
        _steps = steps;
        _outputs = outputs;
        _slots = Assign(inputs, steps, outputs, out _temporaries);
    }

    /// <summary>The number of inputs.</summary>
    public int Inputs { get; }

    /// <summary>The primitives.</summary>
    public ReadOnlySpan<FusedStep> Steps => _steps;

    /// <summary>Which registers are outputs.</summary>
    public ReadOnlySpan<int> Outputs => _outputs;

    /// <summary>Emitted code, once there is some.</summary>
    public FusedKernel? Compiled { get; set; }

    /// <summary>The primitive of each step, for the emitter.</summary>
    public ILaneOp[] Ops { get; init; } = [];

    /// <summary>Programs with the same key do the same.</summary>
    public string Key
    {
        get
        {
            var text = new StringBuilder().Append(Inputs);
            foreach (var step in _steps)
            {
                text.Append($";{step.Tile:x},{step.A},{step.B},{step.C}");
            }
            return text.Append('>').AppendJoin(',', _outputs).ToString();
        }
    }

    /// <summary>Computes one tile of every output from one tile of every input.</summary>
    internal void Run(void** tiles, nint count)
    {
        if (Compiled is { } compiled)
        {
            compiled(tiles, count);
            return;
        }
        using var lease = Scratch.Rent((nint)_temporaries * count * sizeof(float) + 64);
        var temporaries = (float*)lease.Pointer;
        var registers = stackalloc void*[Inputs + _steps.Length];
        for (var i = 0; i < Inputs; i++)
        {
            registers[i] = tiles[i];
        }
        for (var i = 0; i < _steps.Length; i++)
        {
            ref readonly var step = ref _steps[i];
            void* y = temporaries + (_slots[i] * count);
            registers[Inputs + i] = y;
            switch (step.Arity)
            {
                case 1:
                    ((delegate*<void*, void*, nint, void>)step.Tile)(
                        registers[step.A], y, count);
                    break;
                case 2:
                    ((delegate*<void*, void*, void*, nint, void>)step.Tile)(
                        registers[step.A], registers[step.B], y, count);
                    break;
                default:
                    ((delegate*<void*, void*, void*, void*, nint, void>)step.Tile)(
                        registers[step.A], registers[step.B], registers[step.C], y, count);
                    break;
            }
        }
        // Stored last: an output may be an input's memory, which any step may still read.
        for (var i = 0; i < _outputs.Length; i++)
        {
            Buffer.MemoryCopy(registers[_outputs[i]], tiles[Inputs + i],
                count * sizeof(float), count * sizeof(float));
        }
    }

    /// <summary>Gives each step a temporary tile, reused once its last reader has run.</summary>
    private static int[] Assign(int inputs, FusedStep[] steps, int[] outputs, out int count)
    {
        var last = new int[inputs + steps.Length];
        for (var i = 0; i < steps.Length; i++)
        {
            last[steps[i].A] = i;
            last[steps[i].B] = i;
            last[steps[i].C] = i;
        }
        foreach (var output in outputs)
        {
            last[output] = int.MaxValue;
        }
        var slots = new int[steps.Length];
        var free = new Stack<int>();
        count = 0;
        for (var i = 0; i < steps.Length; i++)
        {
            slots[i] = free.TryPop(out var slot) ? slot : count++;
            for (var j = 0; j < i; j++)
            {
                if (last[inputs + j] == i)
                {
                    free.Push(slots[j]);
                }
            }
        }
        return slots;
    }
}
