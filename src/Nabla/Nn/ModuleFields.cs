using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>A parameter, buffer or module that a module holds, and its name there.</summary>
internal readonly record struct ModuleMember(string Name, object Value);

/// <summary>Finds what a module's fields hold.</summary>
internal static class ModuleFields
{
    private static readonly ConcurrentDictionary<Type, Field[]> Known = new();

    /// <summary>
    /// What a module holds directly, in the order of its fields, those of base classes first.
    /// </summary>
    /// <exception cref="InvalidOperationException">Two fields have one name, a name has a dot, or a
    /// field holds parameters in a way that cannot be registered.</exception>
    public static List<ModuleMember> Of(Module module)
    {
        if (!Known.TryGetValue(module.GetType(), out var fields))
        {
            fields = FieldsOf(module.GetType());
            Known[module.GetType()] = fields;
        }
        var members = new List<ModuleMember>();
        foreach (var field in fields)
        {
            Collect(module, field, field.Name, field.Info.GetValue(module), members);
        }
        CheckNames(module, members);
        return members;
    }

    /// <summary>Looks at the fields of parameters, buffers and modules now; the result says later
    /// which one was replaced, or null. It allocates nothing.</summary>
    public static Func<string?> Watch(Module module)
    {
        Of(module);
        var fields = Known[module.GetType()].Where(field => IsMember(field.Info.FieldType)
            || typeof(IList).IsAssignableFrom(field.Info.FieldType)).ToArray();
        var values = Array.ConvertAll(fields, field => field.Info.GetValue(module));
        var items = Array.ConvertAll(values, value => (value as IList)?.Cast<object?>().ToArray());
        return () =>
        {
            for (var i = 0; i < fields.Length; i++)
            {
                var value = fields[i].Info.GetValue(module);
                if (!ReferenceEquals(value, values[i])
                    || (items[i] is { } before && !SameItems((IList)value!, before)))
                {
                    return $"{module.GetType().Name}: {fields[i].Name} was replaced";
                }
            }
            return null;
        };
    }

    private static bool SameItems(IList list, object?[] before)
    {
        if (list.Count != before.Length)
        {
            return false;
        }
        for (var i = 0; i < before.Length; i++)
        {
            if (IsMember(before[i]) && !ReferenceEquals(list[i], before[i]))
            {
                return false;
            }
        }
        return true;
    }

    private static Field[] FieldsOf(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.AllFields)] Type type)
    {
        const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public
            | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var fields = new List<Field>();
        for (var level = type; level is not null && !IsRoot(level); level = level.BaseType)
        {
            fields.InsertRange(0, level.GetFields(Declared)
                .Where(field => CanHold(field.FieldType))
                .Where(field => !field.IsDefined(typeof(NotRegisteredAttribute)))
                .OrderBy(field => field.HasMetadataToken() ? field.MetadataToken : 0)
                .Select(field => new Field(field,
                    field.GetCustomAttribute<NameAttribute>()?.Name ?? SnakeCase.Of(field.Name))));
        }
        return [.. fields];
    }

    private static bool IsRoot(Type type) => type == typeof(Module)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Module<,>));

    /// <summary>False for fields that need no look, e.g. numbers and lists of numbers.</summary>
    private static bool CanHold(Type type)
    {
        if (IsMember(type))
        {
            return true;
        }
        if (type.IsPrimitive || type.IsEnum || type.IsPointer || type == typeof(string)
            || typeof(Delegate).IsAssignableFrom(type))
        {
            return false;
        }
        if (type.IsArray)
        {
            return CanHold(type.GetElementType()!);
        }
        if (type.IsGenericType && IsOfPlatform(type))
        {
            return type.GetGenericTypeDefinition() != typeof(WeakReference<>)
                && type.GetGenericArguments().Any(CanHold);
        }
        return !type.IsValueType || !IsOfPlatform(type);
    }

    private static bool IsMember(Type type) => typeof(Module).IsAssignableFrom(type)
        || type == typeof(Parameter) || type == typeof(ModuleBuffer);

    private static bool IsOfPlatform(Type type) => type.Assembly == typeof(Module).Assembly
        || type.Assembly.GetName().Name is "System" or "System.Private.CoreLib"
        || type.Namespace is "System" || type.Namespace?.StartsWith("System.") == true;

    private static void Collect(
        Module module, Field field, string name, object? value, List<ModuleMember> members)
    {
        switch (value)
        {
            case null or string:
                return;
            case Parameter or ModuleBuffer or Module:
                members.Add(new ModuleMember(name, value));
                return;
            case Tensor:
                return;
            case IDictionary dictionary:
                foreach (DictionaryEntry entry in dictionary)
                {
                    Collect(module, field, ModuleTree.Join(name, $"{entry.Key}"), entry.Value,
                        members);
                }
                return;
            case IList list:
                var i = 0;
                foreach (var item in list)
                {
                    Collect(module, field, ModuleTree.Join(name, $"{i++}"), item, members);
                }
                return;
            default:
                if (HoldsInside(value))
                {
                    throw new InvalidOperationException($"{module.GetType().Name}: the field "
                        + $"{SnakeCase.Source(field.Info.Name)} holds parameters or modules inside "
                        + $"a {value.GetType().Name}, where they cannot be registered. Use a "
                        + "field, an array, a List or a Dictionary of them, or a Module of its "
                        + "own; or mark the field [NotRegistered] if they are no part of the "
                        + "module");
                }
                return;
        }
    }

    /// <summary>Whether a value that cannot be registered holds what should be.</summary>
    private static bool HoldsInside(object value)
    {
        var type = value.GetType();
        return value switch
        {
            IEnumerable<Module> or IEnumerable<Parameter> or IEnumerable<ModuleBuffer> => true,
            ITuple tuple => Enumerable.Range(0, tuple.Length).Any(i => IsMember(tuple[i])),
            _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Lazy<>) =>
                IsMember(type.GetGenericArguments()[0]),
            _ => !IsOfPlatform(type) && OwnFieldsHold(value),
        };
    }

    private static bool IsMember(object? value) => value is Parameter or ModuleBuffer or Module;

    [UnconditionalSuppressMessage("Trimming", "IL2075",
        Justification = "A field that was trimmed away holds nothing; only a diagnosis is lost.")]
    private static bool OwnFieldsHold(object value) => value.GetType()
        .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Select(field => field.GetValue(value))
        .Any(inner => IsMember(inner) || inner is IEnumerable<Module> or IEnumerable<Parameter>);

    private static void CheckNames(Module module, List<ModuleMember> members)
    {
        var names = new HashSet<string>();
        foreach (var member in members)
        {
            if (member.Name.Length == 0)
            {
                throw new InvalidOperationException($"{module.GetType().Name}: a single parameter "
                    + "or module needs a name; [Name(\"\")] is for arrays, lists and dictionaries");
            }
            if (!names.Add(member.Name))
            {
                throw new InvalidOperationException($"{module.GetType().Name}: two members are "
                    + $"named \"{member.Name}\"; rename a field or give it [Name(\"…\")]");
            }
        }
    }

    private readonly record struct Field(FieldInfo Info, string Name);
}
