using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Optim;

/// <summary>
/// Bounds on gradients, applied between the backward pass and the optimizer's step. Source:
/// Pascanu, Mikolov and Bengio (2013), "On the difficulty of training recurrent neural networks".
/// </summary>
public static class GradientClipping
{
    extension(Optimizer optimizer)
    {
        /// <summary>Scales all gradients by min(1, max / (‖g‖₂ + 10⁻⁶)), where ‖g‖₂ is the norm of
        /// all of them together.</summary>
        /// <param name="max">The largest norm.</param>
        /// <returns>The norm before, ().</returns>
        /// <exception cref="ArgumentOutOfRangeException">The bound is not above 0.</exception>
        public Tensor ClipGradNorm(double max)
        {
            Check(max);
            using (GradMode.NoGrad())
            {
                var norm = optimizer.GradNorm();
                var scale = (max / (norm + 1e-6)).Minimum(1);
                foreach (var (_, tensor) in optimizer.Parameters)
                {
                    if (GradState.Of(tensor) is { } state && state.PeekGrad() is { } gradient)
                    {
                        state.ReplaceGrad(tensor, gradient * scale, isOwn: true);
                    }
                }
                return norm;
            }
        }

        /// <summary>Moves each element of each gradient into [−max, max].</summary>
        /// <param name="max">The largest absolute value.</param>
        /// <exception cref="ArgumentOutOfRangeException">The bound is not above 0.</exception>
        public void ClipGradValue(double max)
        {
            Check(max);
            using (GradMode.NoGrad())
            {
                foreach (var (_, tensor) in optimizer.Parameters)
                {
                    if (GradState.Of(tensor) is { } state && state.PeekGrad() is { } gradient)
                    {
                        state.ReplaceGrad(tensor, gradient.Clamp(-max, max), isOwn: true);
                    }
                }
            }
        }

        /// <summary>‖g‖₂ of all gradients together, (); 0 when there is none.</summary>
        public Tensor GradNorm()
        {
            using (GradMode.NoGrad())
            {
                Tensor? sum = null;
                foreach (var (_, tensor) in optimizer.Parameters)
                {
                    if (GradState.Of(tensor)?.PeekGrad() is { } gradient)
                    {
                        var squares = gradient.Square().Sum();
                        sum = sum is null ? squares : sum + squares;
                    }
                }
                return (sum ?? Tensor.Scalar(0f)).Sqrt();
            }
        }
    }

    private static void Check(double max)
    {
        if (!(max > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(max),
                $"gradients are clipped to a bound above 0, but got {max}");
        }
    }
}
