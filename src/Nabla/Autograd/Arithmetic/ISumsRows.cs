namespace Nabla.Autograd.Arithmetic;

/// <summary>
/// An op that can also add up the rows of what it computes, in the pass that writes them: most
/// often the gradient of a bias.
/// </summary>
internal interface ISumsRows
{
    /// <summary>How many last dimensions are a row of an output whose rows it can add up; 0 if it
    /// cannot. The sum has the shape of a row.</summary>
    int RowRank(int output);

    /// <summary>The op with more outputs: the sums of those whose bits are set, in their order.
    /// </summary>
    Op WithRowSums(uint outputs);
}
