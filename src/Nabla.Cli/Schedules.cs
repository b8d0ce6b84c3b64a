using Nabla.Optim.Schedules;

namespace Nabla.Cli;

/// <summary>A schedule of the learning rate that can be asked for by name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Create">Makes it.</param>
internal sealed record ScheduleEntry(string Name, Func<Schedule> Create);

/// <summary>The schedules by name.</summary>
internal static class Schedules
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ScheduleEntry> All { get; } =
    [
        new("constant", () => new ConstantSchedule()),
        new("step", () => new StepSchedule()),
        new("cosine", () => new CosineSchedule()),
    ];

    /// <summary>The schedule of a name.</summary>
    /// <exception cref="UsageException">There is none; near names are listed.</exception>
    public static ScheduleEntry Find(string name) =>
        Choice.Find("schedule", name, All, entry => entry.Name);
}
