namespace Nabla.Tensors;

/// <summary>
/// Where tensors live and ops run. A device implements the scalar-primitive drivers and the
/// structural primitives, one a file (<c>IDevice.*.cs</c>), and nothing else: every op is made of
/// these. All arguments have been checked and all outputs allocated by the floors above.
/// </summary>
public partial interface IDevice
{
    /// <summary>The device's name, as in PyTorch: <c>cpu</c>.</summary>
    string Name { get; }
}
