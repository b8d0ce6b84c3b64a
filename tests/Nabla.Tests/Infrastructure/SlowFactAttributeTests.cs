namespace Nabla.Tests.Infrastructure;

public class SlowFactAttributeTests
{
    [SlowFact]
    public void A_slow_fact_runs_only_when_slow_tests_are_wanted() => Assert.True(SlowTests.Wanted);

    [SlowTheory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_slow_theory_runs_only_when_slow_tests_are_wanted(int row)
    {
        Assert.True(SlowTests.Wanted);
        Assert.InRange(row, 1, 2);
    }
}
