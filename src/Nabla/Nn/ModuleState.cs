using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>What a state dict lacked and what it had too much.</summary>
/// <param name="Missing">Names of the module that the state dict lacks.</param>
/// <param name="Unexpected">Names of the state dict that the module lacks.</param>
public sealed record LoadResult(
    IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected);

/// <summary>Saving and loading what a module has learned.</summary>
public static class ModuleState
{
    extension(Module module)
    {
        /// <summary>
        /// All parameters and persistent buffers by dotted name, in PyTorch's order. The tensors
        /// are the module's own memory, without gradients; shared ones have every name.
        /// </summary>
        /// <exception cref="InvalidOperationException">A parameter has no shape yet, or was
        /// discarded.</exception>
        public OrderedDictionary<string, Tensor> StateDict()
        {
            var state = new OrderedDictionary<string, Tensor>();
            foreach (var (name, tensor) in Entries(module))
            {
                tensor.Storage.ThrowIfDiscarded();
                if (tensor is Parameter { IsDeferred: true })
                {
                    throw new InvalidOperationException($"StateDict: {name} has no shape before "
                        + "the first input; call the module once, or load a state dict");
                }
                state.Add(name, tensor.Detach());
            }
            return state;
        }

        /// <summary>
        /// Copies a state dict into the module, converting element types. All mismatches are found
        /// before anything is written.
        /// </summary>
        /// <param name="state">Tensors by dotted name.</param>
        /// <param name="strict">False to leave what is missing as it is and to ignore what is
        /// unexpected. A wrong shape is an error in any case.</param>
        /// <returns>What was missing and unexpected.</returns>
        /// <exception cref="ArgumentException">The message lists every mismatch.</exception>
        /// <exception cref="InvalidOperationException">A parameter was discarded.</exception>
        public LoadResult LoadStateDict(
            IReadOnlyDictionary<string, Tensor> state, bool strict = true)
        {
            var entries = Entries(module).ToList();
            entries.ForEach(entry => entry.Tensor.Storage.ThrowIfDiscarded());
            var names = entries.Select(entry => entry.Name).ToHashSet();
            var result = new LoadResult(
                [.. entries.Where(entry => IsMissing(entry, state)).Select(entry => entry.Name)],
                [.. state.Keys.Where(name => !names.Contains(name))]);
            Check(module, entries, state, result, strict);
            using (GradMode.NoGrad())
            {
                foreach (var (name, tensor) in entries)
                {
                    if (state.TryGetValue(name, out var value))
                    {
                        Copy(value, tensor);
                    }
                }
            }
            return result;
        }
    }

    private static IEnumerable<(string Name, Tensor Tensor)> Entries(Module module) =>
        ModuleTree.Tensors(module).Where(entry =>
            entry.Tensor is not ModuleBuffer { IsPersistent: false });

    private static bool IsMissing(
        (string Name, Tensor Tensor) entry, IReadOnlyDictionary<string, Tensor> state) =>
        entry.Tensor is not ModuleBuffer { IsOptional: true } && !state.ContainsKey(entry.Name);

    private static void Copy(Tensor value, Tensor target)
    {
        if (target is Parameter { IsDeferred: true } deferred)
        {
            // A copy: the module must not share memory with the state dict.
            deferred.Materialize(Parameter.Converted(value, deferred.DType));
        }
        else
        {
            target.Assign(value);
        }
    }

    private static void Check(Module module, List<(string Name, Tensor Tensor)> entries,
        IReadOnlyDictionary<string, Tensor> state, LoadResult result, bool strict)
    {
        var wrong = new List<string>();
        if (strict && result.Missing.Count > 0)
        {
            wrong.Add($"missing: {string.Join(", ", result.Missing)}");
        }
        if (strict && result.Unexpected.Count > 0)
        {
            wrong.Add($"unexpected: {string.Join(", ", result.Unexpected)}");
        }
        foreach (var (name, tensor) in entries)
        {
            if (tensor is not Parameter { IsDeferred: true }
                && state.TryGetValue(name, out var value) && value.Shape != tensor.Shape)
            {
                wrong.Add($"shape of {name}: the module has {tensor.Shape}, the state dict "
                    + $"{value.Shape}");
            }
        }
        if (wrong.Count > 0)
        {
            var hint = result.Missing.Count + result.Unexpected.Count > 0 && strict
                ? "\nPass strict: false to load what fits by name."
                : "";
            throw new ArgumentException($"LoadStateDict: the state dict does not fit "
                + $"{module.GetType().Name}:\n  {string.Join("\n  ", wrong)}{hint}");
        }
    }
}
