using Nabla.Nn;

namespace Nabla.Tests.Nn;

public class ModuleTreeTests
{
    [Theory]
    [InlineData("", "a", "a")]
    [InlineData("a", "", "a")]
    [InlineData("a.b", "0", "a.b.0")]
    public void Names_are_joined_by_dots(string outer, string inner, string expected) =>
        Assert.Equal(expected, ModuleTree.Join(outer, inner));

    [Fact]
    public void Tensors_come_with_a_modules_own_parameters_before_its_buffers() =>
        Assert.Equal(["weight", "seen"],
            ModuleTree.Tensors(new Shift(1)).Select(entry => entry.Name));

    [Fact]
    public void A_walk_starts_with_the_given_name() =>
        Assert.Equal(["net", "net.first", "net.second"],
            ModuleTree.Walk(new TwoShifts(), "net").Select(entry => entry.Name));
}
