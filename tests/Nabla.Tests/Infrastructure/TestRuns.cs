using System.Reflection;
using Xunit.Sdk;

namespace Nabla.Tests.Infrastructure;

/// <summary>
/// The tests of an op that has no op case, because a pass or an optimizer makes it: those of its
/// mirror, and of the passes.
/// </summary>
internal static class TestRuns
{
    /// <summary>The test that passes, but fails while something is spoilt; or null.</summary>
    /// <param name="op">The op.</param>
    /// <param name="spoil">Makes the op wrong.</param>
    /// <param name="mend">Makes it right again.</param>
    public static string? Catching(Type op, Action spoil, Action mend)
    {
        foreach (var type in Classes(op))
        {
            foreach (var method in type.GetMethods().Where(IsTest))
            {
                foreach (var arguments in Arguments(method))
                {
                    if (!Passes(type, method, arguments))
                    {
                        continue;
                    }
                    spoil();
                    try
                    {
                        if (!Passes(type, method, arguments))
                        {
                            return $"{type.Name}: {method.Name}";
                        }
                    }
                    finally
                    {
                        mend();
                    }
                }
            }
        }
        return null;
    }

    private static IEnumerable<Type> Classes(Type op) => typeof(TestRuns).Assembly.GetTypes()
        .Where(type => type.Name == op.Name + "Tests"
            || type.Namespace == "Nabla.Tests.Graphs.Passes")
        .Where(type => type is { IsPublic: true, IsAbstract: false }
            && type.GetConstructor([]) is not null)
        .OrderByDescending(type => type.Name == op.Name + "Tests")
        .ThenBy(type => type.Name, StringComparer.Ordinal);

    private static bool IsTest(MethodInfo method) =>
        method.GetCustomAttribute<FactAttribute>() is { Skip: null };

    private static IEnumerable<object?[]> Arguments(MethodInfo method) =>
        method.GetParameters().Length == 0
            ? [[]]
            : method.GetCustomAttributes<DataAttribute>().SelectMany(data => data.GetData(method));

    private static bool Passes(Type type, MethodInfo method, object?[] arguments)
    {
        var tests = Activator.CreateInstance(type);
        try
        {
            (method.Invoke(tests, arguments) as Task)?.GetAwaiter().GetResult();
            return true;
        }
        catch (Exception)
        {
            return false;
        }
        finally
        {
            (tests as IDisposable)?.Dispose();
        }
    }
}
