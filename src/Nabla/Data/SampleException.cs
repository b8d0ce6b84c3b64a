namespace Nabla.Data;

/// <summary>A sample could not be read.</summary>
/// <param name="index">Its number in the data set that was asked.</param>
/// <param name="message">What happened.</param>
/// <param name="inner">The cause.</param>
public sealed class SampleException(int index, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The sample's number.</summary>
    public int Index { get; } = index;
}
