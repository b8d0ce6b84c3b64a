using Nabla.Nn;
using Nabla.Tensors;

namespace Nabla.Tests.Nn;

public class ModuleTests
{
    [Fact]
    public void Children_are_found_in_the_order_of_the_fields_base_first()
    {
        var module = new ThreeShifts(new Shift(5, 5));
        var names = module.NamedChildren().Select(child => child.Name).ToArray();
        Assert.Equal(["first", "second"], names[..2]);
        // Where a captured parameter stands among a class's own fields is the compiler's affair.
        Assert.Equal(["captured", "zero"], names[2..].Order());
    }

    [Fact]
    public void Parameters_and_buffers_have_dotted_names()
    {
        var module = new TwoShifts();
        Assert.Equal(["first.weight", "second.weight"],
            module.NamedParameters().Select(parameter => parameter.Name));
        Assert.Equal(["first.seen", "second.seen"],
            module.NamedBuffers().Select(buffer => buffer.Name));
        Assert.Equal([1f, 2f], module.Parameters().First().ToArray<float>());
        Assert.Equal(2, module.Buffers().Count());
    }

    [Fact]
    public void Modules_are_listed_parents_first_and_the_root_without_name()
    {
        var module = new TwoShifts();
        Assert.Equal(["", "first", "second"], module.NamedModules().Select(inner => inner.Name));
        Assert.Same(module, module.Modules().First());
    }

    [Fact]
    public void A_module_trains_until_told_otherwise() => Assert.True(new TwoShifts().IsTraining);

    [Fact]
    public void A_shared_parameter_counts_once()
    {
        var module = new Tied();
        Assert.Single(module.Parameters());
        Assert.Equal(["decoder"], module.NamedParameters().Select(parameter => parameter.Name));
    }

    [Fact]
    public void A_shared_module_counts_once()
    {
        var shared = new Shift(1, 2);
        var module = new Pair(shared, shared);
        Assert.Single(module.Children());
        Assert.Single(module.Parameters());
    }

    [Fact]
    public void A_module_prints_as_a_tree() => Assert.Equal(
        "TwoShifts(\n  (first): Shift(2)\n  (second): Shift(2)\n)", new TwoShifts().ToString());

    [Fact]
    public void A_module_multiplies_nothing_unless_it_says_so() =>
        Assert.Equal(0, new TwoShifts().MultiplyAdds(new Shape(1, 2), new Shape(1, 2)));

    private sealed class Tied : Module
    {
        private readonly Shift _encoder;

        public Tied()
        {
            _encoder = new Shift(1);
            Decoder = _encoder.Weight;
        }

        public Parameter Decoder { get; }
    }

    private sealed class Pair(Module a, Module b) : Module
    {
        public Module A { get; } = a;

        public Module B { get; } = b;
    }
}
