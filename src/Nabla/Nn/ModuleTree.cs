using System.Text;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>Walks a module and what is inside it.</summary>
internal static class ModuleTree
{
    /// <summary>The module and all inside it, each once, parents first.</summary>
    public static IEnumerable<(string Name, Module Module)> Walk(Module root, string name) =>
        Walk(root, name, new HashSet<Module>(ReferenceEqualityComparer.Instance));

    /// <summary>
    /// All parameters and buffers with dotted names, under every name they have: parameters of a
    /// module, then its buffers, then its children's.
    /// </summary>
    public static IEnumerable<(string Name, Tensor Tensor)> Tensors(Module root) =>
        Tensors(root, "", []);

    /// <summary>A name inside a module's.</summary>
    public static string Join(string outer, string inner) =>
        outer.Length == 0 ? inner : inner.Length == 0 ? outer : $"{outer}.{inner}";

    /// <summary>The tree in lines.</summary>
    public static string Print(Module root)
    {
        var text = new StringBuilder();
        Print(root, text, 0, []);
        return text.ToString();
    }

    private static IEnumerable<(string Name, Module Module)> Walk(
        Module module, string name, HashSet<Module> seen)
    {
        if (!seen.Add(module))
        {
            yield break;
        }
        yield return (name, module);
        foreach (var (childName, child) in module.NamedChildren())
        {
            foreach (var inner in Walk(child, Join(name, childName), seen))
            {
                yield return inner;
            }
        }
    }

    private static IEnumerable<(string Name, Tensor Tensor)> Tensors(
        Module module, string name, List<Module> path)
    {
        // A shared child is listed under each of its names; a child that leads back to its parent
        // is not followed.
        if (path.Contains(module))
        {
            yield break;
        }
        path.Add(module);
        var members = ModuleFields.Of(module);
        foreach (var member in members.Where(member => member.Value is Parameter)
            .Concat(members.Where(member => member.Value is ModuleBuffer)))
        {
            yield return (Join(name, member.Name), (Tensor)member.Value);
        }
        foreach (var member in members)
        {
            if (member.Value is Module child)
            {
                foreach (var inner in Tensors(child, Join(name, member.Name), path))
                {
                    yield return inner;
                }
            }
        }
        path.RemoveAt(path.Count - 1);
    }

    private static void Print(Module module, StringBuilder text, int depth, List<Module> path)
    {
        text.Append(NameOf(module)).Append('(').Append(module.Describe());
        path.Add(module);
        var hasChildren = false;
        foreach (var (name, child) in module.NamedChildren())
        {
            hasChildren = true;
            text.Append('\n').Append(' ', 2 * (depth + 1)).Append('(').Append(name).Append("): ");
            if (path.Contains(child))
            {
                text.Append("…");
            }
            else
            {
                Print(child, text, depth + 1, path);
            }
        }
        path.RemoveAt(path.Count - 1);
        if (hasChildren)
        {
            text.Append('\n').Append(' ', 2 * depth);
        }
        text.Append(')');
    }

    private static string NameOf(Module module)
    {
        var name = module.GetType().Name;
        var tick = name.IndexOf('`');
        return tick < 0 ? name : name[..tick];
    }
}
