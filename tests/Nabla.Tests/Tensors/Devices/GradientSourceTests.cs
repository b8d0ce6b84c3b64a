using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Tensors;

public class GradientSourceTests
{
    /// <summary>Factors with any strides do what their product does.</summary>
    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void A_product_updates_as_its_result_does(DType type)
    {
        Tensor a = Tensor.Randn(7, 30).To(type).T, b = Tensor.Randn(41, 7).To(type).T;
        Tensor x = Tensor.Randn(30, 41).To(type), v = Tensor.Randn(30, 41).To(type);
        Assert.Equal(
            Step(x, v, new GradientSource(a.MatMul(b))), Step(x, v, new GradientSource(a, b)));
    }

    private static double[] Step(Tensor x, Tensor v, GradientSource gradient)
    {
        var settings = new SgdSettings(0.9, 0.1, true, 0.01);
        Tensor newX = Tensor.ZerosLike(x), newV = Tensor.ZerosLike(v);
        Tensor rate = Tensor.From(0.5).Reshape(), step = Tensor.From(2.0).Reshape();
        x.Device.SgdUpdate(settings, x, gradient, v, rate, step, newX, newV);
        return [.. newX.To(DType.Float64).ToArray<double>(),
            .. newV.To(DType.Float64).ToArray<double>()];
    }
}
