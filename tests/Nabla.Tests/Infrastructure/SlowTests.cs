namespace Nabla.Tests.Infrastructure;

/// <summary>Whether this run includes the slow tests.</summary>
public static class SlowTests
{
    /// <summary>True under <c>./test --all</c>.</summary>
    public static bool Wanted { get; } =
        Environment.GetEnvironmentVariable("NABLA_TEST_ALL") == "1";
}
