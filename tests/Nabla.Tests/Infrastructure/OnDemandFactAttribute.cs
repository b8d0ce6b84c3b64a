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

/// <summary>Finds <see cref="OnDemandFactAttribute"/> tests when they are wanted.</summary>
public sealed class OnDemandFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    /// <inheritdoc/>
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo fact) =>
        Environment.GetEnvironmentVariable((string)fact.GetConstructorArguments().First()) == "1"
            ? base.Discover(options, method, fact)
            : [];
}
