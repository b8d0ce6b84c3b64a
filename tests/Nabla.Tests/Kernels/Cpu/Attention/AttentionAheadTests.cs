using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Attention;

public unsafe class AttentionAheadTests
{
    /// <summary>Addresses that nobody may read, in heads that are there and heads that are not.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(long.MaxValue)]
    public void Asking_for_rows_reads_nothing(long head)
    {
        var problem = new AttentionProblem<float>
        {
            Batch = 2,
            Heads = 3,
            Queries = 9,
            Keys = 9,
            Width = 20,
            Q = new AttentionOperand<float>(1 << 20, 540, 20, 60, 1),
        };
        var ahead = new AttentionAhead<float>(&problem, head);
        ahead.Rows(problem.Q, 0, 9, problem.Width);
        ahead.Rows(problem.Q, 9, -3, problem.Width);
        Assert.Equal(9, problem.Queries);
    }
}
