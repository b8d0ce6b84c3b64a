using System.Collections.Concurrent;
using Nabla.Autograd;

namespace Nabla.Tests.Infrastructure;

/// <summary>All test classes with op cases, and all ops.</summary>
internal static class OpCatalog
{
    private static readonly ConcurrentDictionary<Type, SortedDictionary<string, Golden>> Goldens =
        [];

    /// <summary>An object of each class that derives from <see cref="OpTests"/>.</summary>
    public static IReadOnlyList<OpTests> Tests { get; } =
    [
        .. typeof(OpCatalog).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(OpTests)) && !type.IsAbstract)
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (OpTests)Activator.CreateInstance(type)!),
    ];

    /// <summary>Every op that the framework has.</summary>
    public static IReadOnlyList<Type> Ops { get; } =
    [
        .. typeof(Op).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Op)) && !type.IsAbstract
                && !type.IsNestedPrivate)
            .OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];

    /// <summary>The reference values of a test class, read once.</summary>
    public static SortedDictionary<string, Golden> GoldensOf(Type tests) =>
        Goldens.GetOrAdd(tests, GoldenFile.Read);
}
