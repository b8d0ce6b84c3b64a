using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>What is said to a module and all inside it; each returns the module.</summary>
public static class ModuleModes
{
    extension<T>(T module) where T : Module
    {
        /// <summary>Behave as in training (or, with false, as in use).</summary>
        public T Train(bool mode = true)
        {
            foreach (var inner in module.Modules())
            {
                inner.SetTraining(mode);
            }
            return module;
        }

        /// <summary>Behave as in use: dropout passes, batch norm uses its running statistics.
        /// </summary>
        public T Eval() => module.Train(false);

        /// <summary>Calls a function with every module, children before parents.</summary>
        public T Apply(Action<Module> action)
        {
            foreach (var inner in module.Modules().Reverse())
            {
                action(inner);
            }
            return module;
        }

        /// <summary>Freezes every parameter (false), or lets it learn again.</summary>
        public T RequiresGrad_(bool requiresGrad = true)
        {
            foreach (var parameter in module.Parameters())
            {
                parameter.RequiresGrad = requiresGrad;
            }
            TraceHooks.Invalidate();
            return module;
        }

        /// <summary>
        /// Converts all floating-point parameters and buffers. They stay the same objects, without
        /// their gradients.
        /// </summary>
        /// <exception cref="ArgumentException">The type is not floating point.</exception>
        public T To(DType dtype)
        {
            if (!dtype.IsFloat)
            {
                throw new ArgumentException($"To: parameters are floating point, not {dtype.Name}");
            }
            foreach (var (_, tensor) in ModuleTree.Tensors(module))
            {
                if (tensor.DType.IsFloat && tensor.DType != dtype)
                {
                    tensor.Grad = null;
                    tensor.Become(Parameter.Converted(tensor, dtype));
                }
            }
            TraceHooks.Invalidate();
            return module;
        }

        /// <summary>Forgets all gradients.</summary>
        public T ZeroGrad()
        {
            foreach (var parameter in module.Parameters())
            {
                parameter.Grad = null;
            }
            return module;
        }
    }
}
