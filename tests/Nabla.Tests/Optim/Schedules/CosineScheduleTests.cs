using Nabla.Optim.Schedules;

namespace Nabla.Tests.Optim.Schedules;

public class CosineScheduleTests
{
    private static readonly RunLength Run = new(10, 10);

    [Fact]
    public void It_falls_from_1_over_one_half_to_the_floor()
    {
        var schedule = new CosineSchedule(floor: 0.2);
        Assert.Equal(1, schedule.Factor(0, Run));
        Assert.Equal(0.6, schedule.Factor(50, Run), 1e-12);
        Assert.Equal(0.2, schedule.Factor(100, Run), 1e-12);
        Assert.Equal(0.2, schedule.Factor(1000, Run), 1e-12);
    }

    [Fact]
    public void The_warm_up_comes_first()
    {
        var schedule = new CosineSchedule(warmUp: 2);
        Assert.Equal(0.05, schedule.Factor(0, Run), 1e-12);
        Assert.Equal(1, schedule.Factor(20, Run), 1e-12);
        Assert.Equal(0.5, schedule.Factor(60, Run), 1e-12);
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineSchedule(warmUp: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineSchedule(floor: 2));
    }
}
