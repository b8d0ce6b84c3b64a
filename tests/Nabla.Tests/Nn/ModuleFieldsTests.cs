using Nabla.Nn;
using Nabla.Tensors;

namespace Nabla.Tests.Nn;

public class ModuleFieldsTests
{
    [Fact]
    public void Arrays_lists_and_dictionaries_are_looked_into()
    {
        Assert.Equal(
            ["scales.0", "array.0.weight", "array.1.weight", "list.0.weight", "map.left.weight",
                "nested.0.0.weight", "0.weight"],
            Names(new Containers()));
    }

    [Fact]
    public void Private_inherited_property_and_captured_fields_are_found_base_first() =>
        Assert.Equal(["hidden", "shown", "own"], Names(new Derived(Weight())));

    [Fact]
    public void An_attribute_names_or_leaves_out_a_field() =>
        Assert.Equal(["fc"], Names(new Attributed()));

    [Fact]
    public void Fields_that_hold_other_things_do_not_matter() =>
        Assert.Empty(Names(new Unrelated()));

    [Fact]
    public void A_module_of_a_generic_type_is_found() =>
        Assert.Equal(["typed.weight"], Names(new HoldsGeneric()));

    [Fact]
    public void A_back_reference_does_not_loop()
    {
        var parent = new Parent();
        Assert.Equal(["child.weight"], parent.NamedParameters().Select(p => p.Name));
        Assert.Equal(2, parent.Modules().Count());
        Assert.Contains("(parent): …", parent.ToString());
    }

    [Fact]
    public void Two_fields_of_one_name_are_an_error()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Names(new Clash()));
        Assert.Equal("Clash: two members are named \"weight\"; rename a field or give it "
            + "[Name(\"…\")]", error.Message);
    }

    [Fact]
    public void A_single_member_needs_a_name()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Names(new Nameless()));
        Assert.Contains("Nameless: a single parameter or module needs a name; [Name(\"\")] is for "
            + "arrays, lists and dictionaries", error.Message);
    }

    public static TheoryData<Module, string> Unregistrable => new()
    {
        { new Holder<HashSet<Shift>>([new Shift(1)]), "HashSet" },
        { new Holder<(Shift, Shift)>((new Shift(1), new Shift(2))), "ValueTuple" },
        { new Holder<Lazy<Shift>>(new Lazy<Shift>(() => new Shift(1))), "Lazy" },
        { new Holder<Block>(new Block(new Shift(1), "a")), "Block" },
        { new Holder<object>(new HashSet<Parameter> { Weight() }), "HashSet" },
    };

    [Theory]
    [MemberData(nameof(Unregistrable))]
    public void What_cannot_be_registered_is_an_error(Module module, string type)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Names(module));
        Assert.Contains("the field Held holds parameters or modules inside a " + type,
            error.Message);
        Assert.Contains("[NotRegistered]", error.Message);
    }

    private static string[] Names(Module module) =>
        [.. module.NamedParameters().Select(parameter => parameter.Name)];

    private static Parameter Weight() => new(Tensor.From(1f));

    private sealed class Containers : Module
    {
        private readonly Shift[] _array = [new(1), new(2)];
        private readonly List<Module> _list = [new Shift(3)];
        private readonly Dictionary<string, Shift> _map = new() { ["left"] = new Shift(4) };
        private readonly List<List<Shift>> _nested = [[new Shift(5)]];
        private readonly Parameter[] _scales = [Weight()];

        [Name("")]
        private readonly Shift[] _level = [new(6)];

        // Used, so that the compiler keeps quiet about unread fields.
        protected override string Description =>
            $"{_array.Length}{_list.Count}{_map.Count}{_nested.Count}{_scales.Length}"
            + $"{_level.Length}";
    }

    private class Base
        : Module
    {
        private readonly Parameter _hidden = Weight();

        public Parameter Shown { get; } = Weight();

        protected override string Description => $"{_hidden.Count}";
    }

    private sealed class Derived(Parameter own) : Base
    {
        protected override string Description => $"{own.Count}";
    }

    private sealed class Attributed : Module
    {
        [field: Name("fc")]
        public Parameter Classifier { get; } = Weight();

        [field: NotRegistered]
        public HashSet<Parameter> Others { get; } = [Weight()];
    }

    private sealed class Unrelated : Module
    {
        public List<int> Numbers { get; } = [1, 2];

        public object Anything { get; } = "text";

        public Tensor Plain { get; } = Tensor.From(1f);

        public Random Random { get; } = new(1);

        public HashSet<string> Words { get; } = ["a"];

        public Func<Module> Factory { get; } = () => new Shift(1);

        public WeakReference<Module> Weak { get; } = new(new Shift(1));

        public Shape Shape { get; } = new(1, 2);

        public Module? Nothing { get; }
    }

    private sealed class Typed<T>(T scale) : Module
    {
        public Parameter Weight { get; } = ModuleFieldsTests.Weight();

        protected override string Description => $"{scale}";
    }

    private sealed class HoldsGeneric : Module
    {
        public Typed<int> Typed { get; } = new(1);
    }

    private sealed class Parent : Module
    {
        public Parent() => Child = new Child(this);

        public Child Child { get; }
    }

    private sealed class Child(Module parent) : Module
    {
        public Parameter Weight { get; } = ModuleFieldsTests.Weight();

        public Module Parent { get; } = parent;
    }

    private sealed class Clash : Module
    {
        private readonly Parameter _weight = ModuleFieldsTests.Weight();

        public Parameter Weight { get; } = ModuleFieldsTests.Weight();

        protected override string Description => $"{_weight.Count}";
    }

    private sealed class Nameless : Module
    {
        [field: Name("")]
        public Parameter Weight { get; } = ModuleFieldsTests.Weight();
    }

    private sealed class Holder<T>(T held) : Module
    {
        public T Held { get; } = held;
    }

    private sealed record Block(Shift A, string Name);
}
