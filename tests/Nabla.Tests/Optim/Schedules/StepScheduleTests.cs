using Nabla.Optim.Schedules;

namespace Nabla.Tests.Optim.Schedules;

public class StepScheduleTests
{
    [Fact]
    public void It_falls_by_gamma_every_so_many_epochs()
    {
        var schedule = new StepSchedule(every: 2, gamma: 0.5);
        Assert.Equal([1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25],
            Enumerable.Range(0, 9).Select(t => schedule.Factor(t, new RunLength(5, 2))));
    }

    [Fact]
    public void Without_a_length_it_has_three_stairs()
    {
        var schedule = new StepSchedule();
        var factors = Enumerable.Range(0, 10).Select(t => schedule.Factor(t, new RunLength(10, 1)));
        Assert.Equal(3, factors.Distinct().Count());
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepSchedule(every: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepSchedule(gamma: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepSchedule(warmUp: -1));
    }

    [Fact]
    public void A_factor_that_is_no_number_is_refused()
    {
        Fails("StepSchedule: gamma is above 0, but got NaN",
            () => new StepSchedule(1, double.NaN));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
