namespace Nabla.Optim.Schedules;

/// <summary>The schedules by name, each with its usual settings.</summary>
[Registry(typeof(Schedule))]
public static partial class ScheduleList;
