using Nabla.Optim.Schedules;

namespace Nabla.Tests.Optim.Schedules;

public class WarmUpTests
{
    [Fact]
    public void A_fraction_of_an_epoch_is_enough() =>
        Assert.Equal(5, new WarmUp(0.5).Steps(new RunLength(3, 10)));

    [Fact]
    public void Without_epochs_the_rate_is_full_at_once() =>
        Assert.Equal(1, new WarmUp(0).Factor(0, new RunLength(3, 10)));
}
