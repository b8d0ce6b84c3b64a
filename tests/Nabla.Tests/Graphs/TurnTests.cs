using Nabla.Graphs;

namespace Nabla.Tests.Graphs;

public class TurnTests
{
    [Fact]
    public void One_thread_at_a_time_is_inside()
    {
        var (turn, sum, inside) = (new Turn(), 0, 0);
        Parallel.For(0, 8, _ =>
        {
            for (var run = 0; run < 1000; run++)
            {
                turn.Enter();
                Assert.Equal(1, ++inside);
                sum++;
                inside--;
                turn.Leave();
            }
        });
        Assert.Equal(8000, sum);
    }

    [Fact]
    public void Entering_twice_is_an_error_and_no_deadlock()
    {
        var turn = new Turn();
        turn.Enter();
        Assert.Contains("inside of itself",
            Assert.Throws<InvalidOperationException>(turn.Enter).Message);
        turn.Leave();
        turn.Enter();
    }
}
