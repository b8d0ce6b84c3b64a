using Nabla.Optim;

namespace Nabla.Tests.Optim;

public class SGDTests
{
    public static TheoryData<double, double, bool, double, float[]> Ends => new()
    {
        { 0, 0, false, 0, [0.36935285f, -0.82024103f, 1.3763644f, 0.057276618f] },
        { 0.9, 0, false, 0, [-0.031343602f, -0.47486109f, 0.40825215f, 0.15508291f] },
        { 0.9, 0.3, false, 0, [0.069127232f, -0.66875821f, 0.6037541f, 0.12806809f] },
        { 0.8, 0, true, 0, [0.11038975f, -0.46810022f, 0.45320907f, 0.043539364f] },
        { 0.9, 0, false, 0.2, [-0.11512846f, -0.1994075f, -0.029874194f, 0.10687065f] },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void It_ends_where_PyTorchs_ends(
        double momentum, double dampening, bool nesterov, double weightDecay, float[] end) =>
        Trajectory.Equal(
            end, groups => new SGD(groups, 0.1, momentum, dampening, nesterov, weightDecay));

    [Fact]
    public void Nesterov_needs_momentum() => Assert.Contains("momentum above 0",
        Assert.Throws<ArgumentException>(() => Trajectory.Of(
            groups => new SGD(groups, 0.1, nesterov: true))).Message);

    [Fact]
    public void A_negative_momentum_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Trajectory.Of(
            groups => new SGD(groups, 0.1, momentum: -0.9)));
}
