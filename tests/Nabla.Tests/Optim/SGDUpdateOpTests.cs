using Nabla.Optim;

namespace Nabla.Tests.Optim;

public class SGDUpdateOpTests
{
    public static TheoryData<Func<ParameterGroup[], Optimizer>> Optimizers =>
    [
        groups => new SGD(groups, 0.1, weightDecay: 0.1),
        groups => new SGD(groups, 0.1, 0.9, 0.3, weightDecay: 0.1),
        groups => new SGD(groups, 0.1, 0.9, nesterov: true),
    ];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Single_ops_do_the_same_for_other_layouts_and_types(
        Func<ParameterGroup[], Optimizer> make) => UpdateCheck.SingleOpsAgree(make);

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_captured_update_has_the_bits_of_an_eager_one(
        Func<ParameterGroup[], Optimizer> make) => UpdateCheck.CapturedIsEager(make);

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_parameter_saved_before_its_update_is_missed_in_backward(
        Func<ParameterGroup[], Optimizer> make) => UpdateCheck.WritesAreNoticed(make);
}
