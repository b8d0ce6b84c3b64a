using Nabla.Data;
using Nabla.Data.Sources;

namespace Nabla.Tests.Data;

public class ImageDataTests
{
    private static readonly LabelledImages All = DigitsSource.LoadAll();

    private static readonly ImageSplits Splits = new(All[..^360], All[^360..]);

    [Fact]
    public void Validation_images_are_taken_from_training_and_never_from_test()
    {
        var data = ImageData.From(Splits, 0.1, seed: 1);
        Assert.Equal((1293, 144, 360), (data.Train.Count, data.Validation.Count, data.Test.Count));
        var train = ((Subset)data.Train).Indices.ToArray();
        var validation = ((Subset)data.Validation).Indices.ToArray();
        Assert.Empty(train.Intersect(validation));
        Assert.Equal(All[^1..].Labels[0], data.Test[359][1].Item<byte>());
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void A_share_out_of_range_is_refused(double share) => Assert.Contains(
        $"the share of training images to validate on is 0 to below 1, not {share}",
        Assert.Throws<ArgumentOutOfRangeException>(
            () => ImageData.From(Splits, share, 0)).Message);
}
