using Xunit.Abstractions;
using Xunit.Sdk;

namespace Nabla.Tests.Infrastructure;

/// <summary>
/// A test that exists only where an environment variable asks for it: it changes what other tests
/// see, so it runs alone.
/// </summary>
/// <param name="variable">The variable, which is then 1.</param>
[XunitTestCaseDiscoverer("Nabla.Tests.Infrastructure.OnDemandFactDiscoverer", "Nabla.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnDemandFactAttribute(string variable) : FactAttribute
{
    /// <summary>The variable.</summary>
    public string Variable { get; } = variable;
}

/// <summary>A theory that exists only on demand; see <see cref="OnDemandFactAttribute"/>.</summary>
/// <param name="variable">The variable, which is then 1.</param>
[XunitTestCaseDiscoverer("Nabla.Tests.Infrastructure.OnDemandTheoryDiscoverer", "Nabla.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnDemandTheoryAttribute(string variable) : TheoryAttribute
{
    /// <summary>The variable.</summary>
    public string Variable { get; } = variable;
}

/// <summary>Finds <see cref="OnDemandFactAttribute"/> tests when they are wanted.</summary>
public sealed class OnDemandFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    /// <inheritdoc/>
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo fact) =>
        IsWanted(fact) ? base.Discover(options, method, fact) : [];

    internal static bool IsWanted(IAttributeInfo attribute) => Environment.GetEnvironmentVariable(
        (string)attribute.GetConstructorArguments().First()) == "1";
}

/// <summary>Finds <see cref="OnDemandTheoryAttribute"/> tests when they are wanted.</summary>
public sealed class OnDemandTheoryDiscoverer(IMessageSink messages) : TheoryDiscoverer(messages)
{
    /// <inheritdoc/>
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo theory) =>
        OnDemandFactDiscoverer.IsWanted(theory) ? base.Discover(options, method, theory) : [];
}
