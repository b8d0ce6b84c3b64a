using Xunit.Abstractions;
using Xunit.Sdk;

namespace Nabla.Tests.Infrastructure;

/// <summary>A theory that runs only under <c>./test --all</c>; see <see cref="SlowFactAttribute"/>.
/// </summary>
[XunitTestCaseDiscoverer("Nabla.Tests.Infrastructure.SlowTheoryDiscoverer", "Nabla.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class SlowTheoryAttribute : TheoryAttribute;

/// <summary>Finds <see cref="SlowTheoryAttribute"/> tests when slow tests are wanted.</summary>
public sealed class SlowTheoryDiscoverer(IMessageSink messages) : TheoryDiscoverer(messages)
{
    /// <inheritdoc/>
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo theory) =>
        SlowTests.Wanted ? base.Discover(options, method, theory) : [];
}
