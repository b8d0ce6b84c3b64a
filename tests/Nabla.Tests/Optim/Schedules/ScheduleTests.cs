using Nabla.Optim.Schedules;

namespace Nabla.Tests.Optim.Schedules;

public class ScheduleTests
{
    [Fact]
    public void A_run_has_the_steps_of_all_its_epochs() =>
        Assert.Equal(12, new RunLength(3, 4).Steps);

    [Fact]
    public void Every_schedule_stays_in_0_to_1() => Assert.All(
        new Schedule[] { new ConstantSchedule(0.5), new StepSchedule(), new CosineSchedule(1) },
        schedule => Assert.All(Enumerable.Range(0, 30),
            t => Assert.InRange(schedule.Factor(t, new RunLength(10, 3)), 0, 1)));
}
