using Xunit.Abstractions;
using Xunit.Sdk;

namespace Nabla.Tests.Infrastructure;

/// <summary>
/// A test that takes long, such as a training to the end: it exists only under
/// <c>./test --all</c> (<c>NABLA_TEST_ALL=1</c>), so the fast suite does not count it as skipped.
/// </summary>
[XunitTestCaseDiscoverer("Nabla.Tests.Infrastructure.SlowFactDiscoverer", "Nabla.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class SlowFactAttribute : FactAttribute;

/// <summary>Finds <see cref="SlowFactAttribute"/> tests when slow tests are wanted.</summary>
public sealed class SlowFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    /// <inheritdoc/>
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo fact) =>
        SlowTests.Wanted ? base.Discover(options, method, fact) : [];
}
