using Nabla.Models;
using Nabla.Optim;
using Nabla.Optim.Schedules;

namespace Nabla.Cli;

/// <summary>Names on the command line: an unknown one is wrong usage.</summary>
internal static class Choice
{
    /// <summary>The entry of a name.</summary>
    /// <exception cref="UsageException">There is none; near names are listed.</exception>
    public static T Find<T>(string kind, string name, IEnumerable<T> entries, Func<T, string> of)
    {
        try
        {
            return Names.Find(kind, name, entries, of);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
    }

    /// <summary>The network of a name.</summary>
    /// <exception cref="UsageException">There is none; near names are listed.</exception>
    public static ModelEntry Model(string name) =>
        Find("model", name, ModelZoo.All, entry => entry.Name);

    /// <summary>The optimizer of a name.</summary>
    /// <exception cref="UsageException">There is none; near names are listed.</exception>
    public static OptimizerEntry Optimizer(string name) =>
        Find("optimizer", name, Optimizers.All, entry => entry.Name);

    /// <summary>The schedule of a name.</summary>
    /// <exception cref="UsageException">There is none; near names are listed.</exception>
    public static Registered<Schedule> Schedule(string name) =>
        Find("schedule", name, ScheduleList.All, entry => entry.Name);
}
