using Nabla.Optim.Schedules;

namespace Nabla.Tests.Optim.Schedules;

public class ScheduleListTests
{
    [Fact]
    public void Schedules_are_made_by_name()
    {
        Assert.Equal(["constant", "cosine", "step"], ScheduleList.All.Select(entry => entry.Name));
        Assert.Equal([typeof(ConstantSchedule), typeof(CosineSchedule), typeof(StepSchedule)],
            ScheduleList.All.Select(entry => entry.Create().GetType()));
    }
}
