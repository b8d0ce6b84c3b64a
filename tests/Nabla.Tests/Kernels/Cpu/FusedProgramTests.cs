using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class FusedProgramTests
{
    private static nint Add => (nint)Elementwise.BinaryTile<AddFn>(DType.Float32);

    private static nint Square => (nint)Elementwise.UnaryTile<SquareFn>(DType.Float32);

    private static nint Select => (nint)Elementwise.TernaryTile<SelectFn>(DType.Float32);

    [Fact]
    public void Steps_run_in_order_over_registers_for_every_length()
    {
        // r2 = a², r3 = r2 + b, r4 = r3² ; outputs r3 and r4
        var program = new FusedProgram(2,
            [new(Square, 1, 0, 0, 0), new(Add, 2, 2, 1, 1), new(Square, 1, 3, 3, 3)], [3, 4]);
        void** tiles = stackalloc void*[4];
        for (var n = 1; n <= 70; n++)
        {
            var (a, b) = (NdIndex.Floats(n, 1), NdIndex.Floats(n, 2));
            var (y, z) = (new float[n + 1], new float[n + 1]);
            (y[n], z[n]) = (42, 42);
            fixed (float* pa = a, pb = b, py = y, pz = z)
            {
                tiles[0] = pa;
                tiles[1] = pb;
                tiles[2] = py;
                tiles[3] = pz;
                program.Run(tiles, n);
            }
            for (var i = 0; i < n; i++)
            {
                var sum = (a[i] * a[i]) + b[i];
                Assert.Equal(sum, y[i]);
                Assert.Equal(sum * sum, z[i]);
            }
            Assert.Equal((42, 42), (y[n], z[n]));
        }
    }

    [Fact]
    public void An_output_may_lie_on_an_input_that_a_later_step_reads()
    {
        // r1 = a², r2 = r1 + a: the first output is written over a.
        var program = new FusedProgram(
            1, [new(Square, 1, 0, 0, 0), new(Add, 2, 1, 0, 0)], [1, 2]);
        var a = new float[] { 2, 3 };
        var y = new float[2];
        fixed (float* pa = a, py = y)
        {
            void** tiles = stackalloc void*[] { pa, pa, py };
            program.Run(tiles, 2);
        }
        Assert.Equal([4f, 9], a);
        Assert.Equal([6f, 12], y);
    }

    [Fact]
    public void Three_operands_reach_the_primitive_in_order()
    {
        var program = new FusedProgram(3, [new(Select, 3, 0, 1, 2)], [3]);
        float[] c = [1, 0], a = [5, 6], b = [7, 8], y = new float[2];
        fixed (float* pc = c, pa = a, pb = b, py = y)
        {
            void** tiles = stackalloc void*[] { pc, pa, pb, py };
            program.Run(tiles, 2);
        }
        Assert.Equal([5f, 8], y);
    }

    [Fact]
    public void A_temporary_is_reused_but_never_while_it_is_read()
    {
        // A long chain where every step also reads the value two steps before.
        var steps = new List<FusedStep> { new(Square, 1, 0, 0, 0), new(Add, 2, 1, 0, 0) };
        for (var i = 2; i < 12; i++)
        {
            steps.Add(new FusedStep(Add, 2, i, i - 1, i - 1));
        }
        var program = new FusedProgram(1, [.. steps], [12]);
        float x = 1.5f, y;
        void** tiles = stackalloc void*[] { &x, &y };
        program.Run(tiles, 1);
        var (before, last) = (x * x, (x * x) + x);
        for (var i = 2; i < 12; i++)
        {
            (before, last) = (last, last + before);
        }
        Assert.Equal(last, y);
    }

    [Fact]
    public void The_key_tells_programs_apart()
    {
        FusedStep square = new(Square, 1, 0, 0, 0), add = new(Add, 2, 0, 1, 1);
        string[] keys =
        [
            new FusedProgram(1, [square], [1]).Key,
            new FusedProgram(2, [square], [2]).Key,
            new FusedProgram(2, [add], [2]).Key,
            new FusedProgram(2, [add with { B = 0 }], [2]).Key,
            new FusedProgram(2, [add, square], [3]).Key,
            new FusedProgram(2, [add, square], [2, 3]).Key,
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(keys[0], new FusedProgram(1, [square], [1]).Key);
    }

    [Fact]
    public void Emitted_code_takes_over_once_it_is_there()
    {
        var program = new FusedProgram(1, [new(Square, 1, 0, 0, 0)], [1])
        {
            Compiled = (tiles, count) => *(float*)tiles[1] = count,
        };
        float x = 1, y = 0;
        void** tiles = stackalloc void*[] { &x, &y };
        program.Run(tiles, 1);
        Assert.Equal(1, y);
    }
}
