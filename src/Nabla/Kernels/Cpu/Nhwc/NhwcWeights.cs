namespace Nabla.Kernels.Cpu;

/// <summary>
/// A convolution's weights and bias as the tiles of <see cref="NhwcTile"/> read them: per group and
/// panel of output channels [tap][channel], taps in the order row, column, input channel; then the
/// biases of all panels. What a last panel lacks is 0.
/// </summary>
internal readonly unsafe struct NhwcWeights
{
    private readonly int _rows;
    private readonly int _channels;
    private readonly int _kernel;
    private readonly int _groups;
    private readonly int _width;

    private NhwcWeights(in Conv2dShape s, int width)
    {
        _groups = s.Groups;
        _rows = s.K / s.Groups;
        _channels = s.C / s.Groups;
        _kernel = s.R * s.S;
        _width = width;
    }

    public static NhwcWeights Of<V>(in Conv2dShape s) where V : unmanaged, IF32Lanes<V> =>
        Of(in s, NhwcTiles.Panel<V>());

    /// <summary>The same for panels of so many channels.</summary>
    public static NhwcWeights Of(in Conv2dShape s, int width) => new(in s, width);

    /// <summary>Panels of a group.</summary>
    public int GroupPanels => (_rows + _width - 1) / _width;

    /// <summary>Panels of all groups.</summary>
    public int Panels => _groups * GroupPanels;

    /// <summary>Numbers of a panel of weights.</summary>
    public nint PanelSize => (nint)_kernel * _channels * _width;

    /// <summary>Where the biases begin.</summary>
    public nint Biases => Panels * PanelSize;

    /// <summary>Numbers that the packed form takes.</summary>
    public nint Size => Biases + (Panels * (nint)_width);

    /// <summary>Output channels of a panel that are there.</summary>
    public int Columns(int panel) =>
        Math.Min(_width, _rows - (panel % GroupPanels * _width));

    /// <summary>The first output channel of a panel, of all groups.</summary>
    public int Row(int panel) =>
        (panel / GroupPanels * _rows) + (panel % GroupPanels * _width);

    /// <summary>The first input channel that a panel reads.</summary>
    public int Channel(int panel) => panel / GroupPanels * _channels;

    /// <summary>Packs weights (K, C/Groups, R, S) and a bias (K), or null for zeros.</summary>
    public void Pack(float* weights, float* bias, float* packed)
    {
        new Span<float>(packed, checked((int)Size)).Clear();
        for (var panel = 0; panel < Panels; panel++)
        {
            var to = packed + (panel * PanelSize);
            var columns = Columns(panel);
            var row = Row(panel);
            for (var k = 0; k < columns; k++)
            {
                var from = weights + ((row + k) * (nint)_channels * _kernel);
                for (var c = 0; c < _channels; c++)
                {
                    for (var tap = 0; tap < _kernel; tap++)
                    {
                        to[(((tap * (nint)_channels) + c) * _width) + k] = *from++;
                    }
                }

                packed[Biases + (panel * (nint)_width) + k] = bias == null ? 0 : bias[row + k];
            }
        }
    }
}
