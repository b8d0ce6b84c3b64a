using Nabla.Nn;
using Nabla.Tensors;

namespace Nabla.Tests.Nn;

public class ReceptiveFieldTests
{
    [Fact]
    public void Three_windows_of_3_see_7_pixels_and_stride_spreads_what_follows()
    {
        var three = ReceptiveField.Window(3, 1, 1);
        Assert.Equal(new ReceptiveField(7, 1), three.Then(three).Then(three));
        // AlexNet's first layers: 11 / 4, pool 3 / 2, 5 / 1.
        Assert.Equal(new ReceptiveField(51, 8), ReceptiveField.Window(11, 4, 1)
            .Then(ReceptiveField.Window(3, 2, 1)).Then(ReceptiveField.Window(5, 1, 1)));
    }

    [Fact]
    public void Dilation_widens_a_window_and_axes_differ() => Assert.Equal(
        new ReceptiveField(new Size2d(5, 3), new Size2d(1, 2)),
        ReceptiveField.Window(3, new Size2d(1, 2), new Size2d(2, 1)));

    [Fact]
    public void Branches_join_to_the_larger() => Assert.Equal(new ReceptiveField(5, 2),
        ReceptiveField.Window(5, 1, 1).And(ReceptiveField.Window(3, 2, 1)));

    [Fact]
    public void A_pixel_changes_nothing()
    {
        var window = ReceptiveField.Window(3, 2, 1);
        Assert.Equal(window, ReceptiveField.Pixel.Then(window));
        Assert.Equal(window, window.Then(ReceptiveField.Pixel));
    }
}
