using Nabla.Optim.Schedules;

namespace Nabla.Tests.Optim.Schedules;

public class ConstantScheduleTests
{
    private static readonly RunLength Run = new(10, 4);

    [Fact]
    public void It_is_1_throughout() => Assert.Equal(1, new ConstantSchedule().Factor(17, Run));

    [Fact]
    public void A_warm_up_rises_linearly()
    {
        var schedule = new ConstantSchedule(warmUp: 1);
        Assert.Equal([0.25, 0.5, 0.75, 1, 1],
            Enumerable.Range(0, 5).Select(t => schedule.Factor(t, Run)));
    }

    [Fact]
    public void A_negative_warm_up_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantSchedule(-1));
}
