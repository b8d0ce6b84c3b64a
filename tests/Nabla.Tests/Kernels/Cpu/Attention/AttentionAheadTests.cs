using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Attention;

public unsafe class AttentionAheadTests
{
    private const int Row = 240;

    [Fact]
    public void Lines_come_in_pairs_token_by_token_and_operand_by_operand()
    {
        var problem = Problem();
        var ahead = new AttentionAhead<float>(&problem);
        ahead.Add(problem.Q, 4, problem.Queries, 40);
        ahead.Add(problem.K, 5, 3, 20);
        // Head 4 is the second one of the second batch.
        var q = problem.Q.Pointer + (4 * 540) + (4 * 20);
        foreach (var pair in new[] { q, q + 128 })
        {
            Next(12, pair, Row);
            Next(5, pair + (6 * Row), Row);
        }
        Next(64, problem.K.Pointer + (4 * 540) + (4 * 40), Row);
        Next(64, (nint)(&problem), 0);

        void Next(int lines, nint expected, nint step)
        {
            ahead.Take(lines, out var at, out var between);
            Assert.Equal((expected, step), ((nint)at, between));
        }
    }

    /// <summary>Heads that are not there, operands whose rows are no lines, and problems of many
    /// tiles.</summary>
    [Theory]
    [InlineData(6, 9, 9, 1)]
    [InlineData(long.MaxValue, 9, 9, 1)]
    [InlineData(0, 0, 9, 1)]
    [InlineData(0, 9, 9, 2)]
    [InlineData(0, 9, 300, 1)]
    public void There_may_be_nothing_to_ask_for(long head, int tokens, int keys, int feature)
    {
        var problem = Problem();
        problem.Keys = keys;
        var ahead = new AttentionAhead<float>(&problem);
        ahead.Add(problem.Q with { Feature = feature }, head, tokens, 20);
        ahead.Take(8, out var at, out var step);
        Assert.Equal(((nint)(&problem), 0), ((nint)at, step));
    }

    private static AttentionProblem<float> Problem() => new()
    {
        Batch = 2,
        Heads = 3,
        Queries = 9,
        Keys = 9,
        Width = 20,
        Q = new AttentionOperand<float>(1 << 20, 540, 20, 60, 1),
        K = new AttentionOperand<float>(1 << 21, 540, 20, 60, 1),
    };
}
