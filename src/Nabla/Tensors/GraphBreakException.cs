namespace Nabla.Tensors;

/// <summary>
/// A step that is being captured did what a static graph can't: it read a value, or chose its ops
/// by chance. The step runs eagerly instead.
/// </summary>
/// <param name="message">What it did.</param>
public sealed class GraphBreakException(string message) : InvalidOperationException(message);
