using System.Reflection;

namespace Nabla.Kernels;

/// <summary>A scalar primitive as a method over one bundle of lanes, for emitted code.</summary>
public interface ILaneOp
{
    /// <summary>The primitive's <c>Invoke</c>, closed over one kind of lanes.</summary>
    MethodInfo Lane<V>() where V : unmanaged, ILanes<V>;
}
