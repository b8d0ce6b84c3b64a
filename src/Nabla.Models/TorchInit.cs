using Nabla.Nn;

namespace Nabla.Models;

/// <summary>First weights as torchvision's networks have them.</summary>
internal static class TorchInit
{
    /// <summary>Convolutions from N(0, 2 / fan out) with zero bias (He, Zhang, Ren, Sun 2015), and,
    /// where a spread is given, linear layers from N(0, spread²) with zero bias.</summary>
    public static void Apply(Module network, double? linear = null)
    {
        foreach (var module in network.Modules())
        {
            switch (module)
            {
                case Conv2d conv:
                    Init.KaimingNormal(conv.Weight, fanOut: true, nonlinearity: "relu");
                    if (conv.Bias is { } shift)
                    {
                        Init.Zeros(shift);
                    }
                    break;
                case Linear layer when linear is { } spread:
                    Init.Normal(layer.Weight, 0, spread);
                    if (layer.Bias is { } bias)
                    {
                        Init.Zeros(bias);
                    }
                    break;
            }
        }
    }
}
